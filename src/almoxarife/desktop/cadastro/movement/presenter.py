"""Decisions of the screens that register movements."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol

from almoxarife.client.movements import Entry
from almoxarife.client.outbox.rows import Kept
from almoxarife.client.partners import Partner
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.lookup.presenter import Lookup, LookupView, LookupWords
from almoxarife.desktop.cadastro.movement.body import outgoing
from almoxarife.desktop.cadastro.movement.facts import Facts, FactsApi
from almoxarife.desktop.cadastro.movement.fields import Fields, FieldsView
from almoxarife.desktop.cadastro.movement.form import PRODUCT, QUANTITY, MovementForm, registered_text
from almoxarife.desktop.cadastro.movement.reading import FieldError
from almoxarife.desktop.cadastro.movement.sending import Dispatcher, Outcome, Sending
from almoxarife.desktop.cadastro.pending.rows import number_of
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _, format_quantity

PARTNER, PARTNER_ID = "partner", "parceiro_id"


class MovementApi(FactsApi, Protocol):
    """What the screen asks of the server; each call runs in a thread."""

    def search(self, text: str, limit: int) -> list[Product]:
        """Return products that a text means."""

    def partners(self, text: str, limit: int) -> list[Partner]:
        """Return suppliers and customers that a text means."""


class MovementView(FieldsView, Protocol):
    """What the presenter tells the screen to do; fields have the names of the form."""

    @property
    def product(self) -> LookupView:
        """The product field."""

    @property
    def partner(self) -> LookupView | None:
        """The field of supplier or customer, if the form has one."""

    def return_to_product(self) -> None:
        """Put the cursor at the end of the product field, to type on."""

    def focus_field(self, field: str) -> None:
        """Put the cursor into a field, its text selected."""

    def go_on_to_quantity(self) -> None:
        """Put the cursor into the quantity field unless it is there already."""

    def set_busy(self, busy: bool) -> None:
        """Show that a movement is being registered, and take no other meanwhile."""


class MovementPresenter:
    """Takes product, quantity and details, registers the movement once, and says what became of it."""

    def __init__(
        self,
        api: MovementApi,
        dispatch: Dispatcher,
        calls: Jobs,
        timer: Timer,
        view: MovementView,
        form: MovementForm,
        *,
        new_id: Callable[[], str],
        today: Callable[[], date],
        say: Callable[[str, MessageKind], None],
        registered: Callable[[Entry], None],
        create: Callable[[str], None],
    ) -> None:
        self._api = api
        self._form = form
        self._view = view
        self._today = today
        self._say = say
        self._registered = registered
        # Whether to register as soon as the product is known: quantity and Enter came before the answer.
        self._submit_waits = False
        # Whether what is about more than the product stays when a movement has been registered.
        self.keeps_common: Callable[[], bool] = lambda: False
        self._facts = Facts(api, calls, form, lambda: self.fields.show())
        self.fields = Fields(form, self._facts, view)
        self._sending = Sending(
            dispatch,
            timer,
            new_id=new_id,
            say=say,
            show_busy=view.set_busy,
            outcome=Outcome(self._done, self._refused, self._make_ready),
        )
        self.picker: Lookup[Product] = Lookup(
            api.search,
            calls,
            timer,
            view.product,
            LookupWords.of_product(),
            picked=self._picked,
            waiting=view.go_on_to_quantity,
            undecided=self._undecided,
            dropped=self._forget_product,
            create=create,
        )
        self.partner = self._partner_lookup(calls, timer)

    def load(self) -> None:
        """Ask for what can be chosen whatever the product."""
        self._facts.load()

    def start(self) -> None:
        """Put the cursor where the next keystroke or scan belongs."""
        self.load()
        self.picker.resume()
        self._view.focus_field(PRODUCT if self.picker.chosen is None else QUANTITY)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of movement that the form registers."""
        return self._form.kinds

    @property
    def busy(self) -> bool:
        """Whether a movement is being registered."""
        return self._sending.busy

    def use(self, product: Product) -> None:
        """Have a product chosen that was found elsewhere."""
        if not self.busy:
            self.picker.pick(product)

    def correct(self, kept: Kept) -> None:
        """Fill in a movement that was refused; what is registered then takes its place."""
        self.clear()
        self.picker.pick(Product(str(kept.body["produto_id"]), kept.product_name))
        quantity = number_of(kept)
        self.fields.fill("" if quantity is None else format_quantity(quantity), kept.body, every=True)
        self._sending.correct(kept.id)
        if PARTNER_ID in kept.body and self._view.partner is not None:
            # Only its code is known here.
            self._view.partner.show_error(_("Choose it again."))
        problem = kept.problem
        if problem is not None:
            self._refused(problem.message, problem.code, problem.field)

    def type(self, field: str, text: str) -> None:
        """Take a text typed or chosen in a field other than the product's."""
        self.fields.type(field, text)

    def submit(self) -> None:
        """Register what is filled in; what is missing is said at its field."""
        if self.busy:
            return
        product = self.picker.chosen
        if product is None:
            self._submit_without_product()
        else:
            self._send(product)

    def clear(self) -> None:
        """Empty the form."""
        if self.busy:
            return
        self._sending.give_up()
        self._submit_waits = False
        self.picker.clear()
        if self.partner is not None:
            self.partner.clear()
        self._forget_product()
        self.fields.clear()
        self._view.focus_field(PRODUCT)

    def clear_product(self) -> None:
        """Empty what is about the product alone."""
        self._sending.give_up()
        self._submit_waits = False
        self.picker.clear()
        self._forget_product()
        self.fields.clear_product()

    def read_common(self) -> dict[str, object] | None:
        """Return what is about all that is registered together; None when something is wrong, which is said."""
        try:
            return self.fields.read_common(self._today()) | self._read_partner()
        except FieldError as error:
            self._refuse(error.name, str(error))
            return None

    def reset(self) -> None:
        """Forget what somebody else had typed and sent."""
        self._sending.reset()
        self.clear()

    # -- the product

    def _submit_without_product(self) -> None:
        if self.picker.enter_waits:
            self._submit_waits = True
            return
        self._view.return_to_product()
        self.picker.press_enter()

    def _picked(self, product: Product) -> None:
        waited, self._submit_waits = self._submit_waits, False
        self._facts.ask(product.id)
        if waited:
            self.submit()
        else:
            self._view.go_on_to_quantity()

    def _forget_product(self) -> None:
        self._facts.forget()
        self.fields.show()

    def _undecided(self) -> None:
        self._submit_waits = False
        if self.picker.has_found:
            self._view.return_to_product()
        else:
            # The next scan must replace what was not found.
            self._view.focus_field(PRODUCT)

    def _partner_lookup(self, calls: Jobs, timer: Timer) -> Lookup[Partner] | None:
        view = self._view.partner
        if view is None:
            return None
        return Lookup(
            self._api.partners,
            calls,
            timer,
            view,
            LookupWords(
                empty=_("Type part of the name, or the code; or leave it empty."), chosen=_("{id} chosen")
            ),
            picked=lambda partner: None,
            waiting=lambda: None,
            undecided=lambda: None,
        )

    # -- what is sent, and what becomes of it

    def _send(self, product: Product) -> None:
        try:
            quantity, details = self.fields.read(self._today())
            details |= self._read_partner()
        except FieldError as error:
            self._refuse(error.name, str(error))
            return
        self._sending.send(lambda id: outgoing(id, product, quantity, details))

    def _read_partner(self) -> dict[str, object]:
        if self.partner is None or not self.partner.text.strip():
            return {}
        if self.partner.chosen is None:
            raise FieldError(PARTNER, _("Choose one from the list, or leave it empty."))
        return {PARTNER_ID: self.partner.chosen.id}

    def _done(self, entry: Entry) -> None:
        self._make_ready()
        self._say(registered_text(entry), "success")
        self._registered(entry)

    def _make_ready(self) -> None:
        if self.keeps_common():
            self.clear_product()
            self._view.focus_field(PRODUCT)
        else:
            self.clear()

    def _refused(self, text: str, code: str, wire: str) -> None:
        field = PARTNER if wire == PARTNER_ID and self.partner else self.fields.field_of(wire, code)
        if field is None:
            self._say(text, "danger")
        self._refuse(field, text)

    def _refuse(self, field: str | None, text: str) -> None:
        if field == PRODUCT:
            self._view.product.show_error(text)
        elif field == PARTNER and self._view.partner is not None:
            self._view.partner.show_error(text)
        elif field is not None:
            self._view.show_error(field, text)
        self._view.focus_field(field or QUANTITY)
