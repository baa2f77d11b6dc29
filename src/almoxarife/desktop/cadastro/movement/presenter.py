"""Decisions of the screens that register movements."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol

from almoxarife.client.movements import Entry
from almoxarife.client.partners import Partner
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.lookup.presenter import Lookup, LookupView, LookupWords
from almoxarife.desktop.cadastro.movement.facts import Facts, FactsApi
from almoxarife.desktop.cadastro.movement.fields import Fields, FieldsView
from almoxarife.desktop.cadastro.movement.form import PRODUCT, QUANTITY, MovementForm, registered_text
from almoxarife.desktop.cadastro.movement.reading import FieldError
from almoxarife.desktop.cadastro.movement.sending import Outcome, Sending
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _

PARTNER, PARTNER_ID = "partner", "parceiro_id"


class MovementApi(FactsApi, Protocol):
    """What the screen asks of the server; each call runs in a thread."""

    def search(self, text: str, limit: int) -> list[Product]:
        """Return products that a text means."""

    def partners(self, text: str, limit: int) -> list[Partner]:
        """Return suppliers and customers that a text means."""

    def register(
        self, id: str, product_id: str, quantity: Decimal | int, details: Mapping[str, object]
    ) -> Entry:
        """Register a movement, an entry unless the details say otherwise; the same id again is the same one."""


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
        calls: Jobs,
        timer: Timer,
        view: MovementView,
        form: MovementForm,
        *,
        new_id: Callable[[], str],
        today: Callable[[], date],
        say: Callable[[str, MessageKind], None],
        registered: Callable[[Entry], None],
        in_doubt_settled: Callable[[], None],
        create: Callable[[str], None],
    ) -> None:
        self._api = api
        self._view = view
        self._today = today
        self._say = say
        self._registered = registered
        # The form as it was when it was sent.
        self._sent: dict[str, str] = {}
        # Whether to register as soon as the product is known: quantity and Enter came before the answer.
        self._submit_waits = False
        # Whether what is about more than the product stays when a movement has been registered.
        self.keeps_common: Callable[[], bool] = lambda: False
        self._facts = Facts(api, calls, form, lambda: self.fields.show())
        self.fields = Fields(form, self._facts, view)
        self._sending = Sending(
            calls,
            timer,
            new_id=new_id,
            say=say,
            show_busy=view.set_busy,
            again=_(form.action).replace("&", ""),
            outcome=Outcome(self._done, self._refused, lambda: view.focus_field(QUANTITY), in_doubt_settled),
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

    def start(self) -> None:
        """Put the cursor where the next keystroke or scan belongs."""
        self._facts.load()
        self.picker.resume()
        self._view.focus_field(PRODUCT if self.picker.chosen is None else QUANTITY)

    @property
    def busy(self) -> bool:
        """Whether a movement is being registered."""
        return self._sending.busy

    def use(self, product: Product) -> None:
        """Have a product chosen that was found elsewhere."""
        if not self.busy:
            self.picker.pick(product)

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
        """Empty the form; a movement whose fate is unknown stays the one that the next press means."""
        if self.busy:
            return
        self._submit_waits = False
        self.picker.clear()
        if self.partner is not None:
            self.partner.clear()
        self._forget_product()
        self.fields.clear()
        self._view.focus_field(PRODUCT)

    def clear_product(self) -> None:
        """Empty what is about the product alone."""
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

    def notice(self, entries: Sequence[Entry]) -> None:
        """Take note of the last movements in the ledger: one whose answer was lost may be among them."""
        if self.busy:
            return
        arrived = next((entry for entry in entries if entry.id == self._sending.pending), None)
        if arrived is None:
            if self._sending.in_doubt:
                self._sending.say_not_written()
            return
        self._sending.settle()
        present = self._present()
        # Fields may have appeared since then.
        if all(present.get(name, "") == text for name, text in self._sent.items()):
            self.clear()
        self._say_registered(arrived)

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
        self._sent = self._present()
        self._sending.send(lambda id: self._api.register(id, product.id, quantity, details))

    def _read_partner(self) -> dict[str, object]:
        if self.partner is None or not self.partner.text.strip():
            return {}
        if self.partner.chosen is None:
            raise FieldError(PARTNER, _("Choose one from the list, or leave it empty."))
        return {PARTNER_ID: self.partner.chosen.id}

    def _present(self) -> dict[str, str]:
        return self.fields.texts | {
            PRODUCT: self.picker.text,
            PARTNER: self.partner.text if self.partner else "",
        }

    def _done(self, entry: Entry) -> None:
        if self.keeps_common():
            self.clear_product()
            self._view.focus_field(PRODUCT)
        else:
            self.clear()
        self._say_registered(entry)
        self._registered(entry)

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

    def _say_registered(self, entry: Entry) -> None:
        self._say(registered_text(entry), "success")
