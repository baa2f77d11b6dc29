"""Decisions of the screen that registers entries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from almoxarife.client.errors import BadAnswer, ClientError, Refused, SessionExpired, Unavailable, Unreachable
from almoxarife.client.movements import Entry
from almoxarife.client.products import Product
from almoxarife.contract.types import MAX_WHOLE_QUANTITY
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.entry.draft import Draft
from almoxarife.desktop.cadastro.entry.picker import PickerView, ProductPicker
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.formats import NumberError, parse_whole
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _, format_quantity

# After so long without an answer the person is told that it is the server that takes its time.
SLOW_S = 4.0


class EntryApi(Protocol):
    """What the screen asks of the server; each call runs in a thread."""

    def search(self, text: str, limit: int) -> list[Product]:
        """Return products that a text means."""

    def register(self, id: str, product_id: str, quantity: int) -> Entry:
        """Register an entry; the same id again is the same entry."""


class EntryView(PickerView, Protocol):
    """What the presenter tells the screen to do."""

    def focus_product(self) -> None:
        """Put the cursor into the product field."""

    def return_to_product(self) -> None:
        """Put the cursor at the end of the product field, to type on."""

    def focus_quantity(self) -> None:
        """Put the cursor into the quantity field, its text selected."""

    def go_on_to_quantity(self) -> None:
        """Put the cursor into the quantity field unless it is there already."""

    def set_quantity(self, text: str) -> None:
        """Put a text into the quantity field."""

    def show_quantity_error(self, text: str) -> None:
        """Say what is wrong with the quantity; an empty text takes it back."""

    def set_busy(self, busy: bool) -> None:
        """Show that an entry is being registered, and take no other meanwhile."""


class EntryPresenter:
    """Takes product and quantity, registers the entry once, and says what became of it."""

    def __init__(
        self,
        api: EntryApi,
        calls: Jobs,
        timer: Timer,
        view: EntryView,
        *,
        new_id: Callable[[], str],
        say: Callable[[str, MessageKind], None],
        registered: Callable[[Entry], None],
        in_doubt_settled: Callable[[], None],
        create: Callable[[str], None],
    ) -> None:
        self._api = api
        self._calls = calls
        self._timer = timer
        self._view = view
        self._say = say
        self._registered = registered
        self._in_doubt_settled = in_doubt_settled
        self._draft = Draft(new_id)
        self._busy = False
        self._slow_call: object | None = None
        # Whether an entry was sent whose answer never came, and the form as it was then.
        self._in_doubt = False
        self._sent_form: tuple[str, str] = ("", "")
        self._quantity_text = ""
        # What to register as soon as the product is known: quantity and Enter came before the answer.
        self._quantity_waits: str | None = None
        self.picker = ProductPicker(
            api.search,
            calls,
            timer,
            view,
            picked=self._picked,
            waiting=view.go_on_to_quantity,
            undecided=self._undecided,
            create=create,
        )

    def start(self) -> None:
        """Put the cursor where the next keystroke or scan belongs."""
        self.picker.resume()
        if self.picker.chosen is None:
            self._view.focus_product()
        else:
            self._view.focus_quantity()

    @property
    def busy(self) -> bool:
        """Whether an entry is being registered."""
        return self._busy

    def use(self, product: Product) -> None:
        """Have a product chosen that was found elsewhere."""
        if not self._busy:
            self.picker.pick(product)

    def type_quantity(self, text: str) -> None:
        """Take a text typed into the quantity field."""
        self._quantity_text = text
        self._view.show_quantity_error("")

    def submit(self, quantity_text: str) -> None:
        """Register what is filled in; what is missing is said at its field."""
        if self._busy:
            return
        self.type_quantity(quantity_text)
        product = self.picker.chosen
        if product is None:
            self._submit_without_product(quantity_text)
            return
        try:
            quantity = parse_whole(quantity_text, maximum=MAX_WHOLE_QUANTITY)
        except NumberError as error:
            self._view.show_quantity_error(str(error))
            self._view.focus_quantity()
            return
        self._send(product, quantity)

    def clear(self) -> None:
        """Empty the form; an entry whose fate is unknown stays the one that the next press means."""
        if self._busy:
            return
        self.picker.clear()
        self._view.set_quantity("")
        self._view.show_quantity_error("")
        self._view.focus_product()

    def reset(self) -> None:
        """Forget what somebody else had typed and sent."""
        self._calls.drop(self)
        self._set_busy(False)
        self._settle()
        self.clear()

    def notice(self, entries: Sequence[Entry]) -> None:
        """Take note of the last entries in the ledger: one whose answer was lost may be among them."""
        if self._busy:
            return
        arrived = next((entry for entry in entries if entry.id == self._draft.pending), None)
        if arrived is None:
            if not self._in_doubt:
                return
            self._in_doubt = False
            text = _("The server answers again; the entry is not registered yet. Press “Register entry”.")
            self._say(text, "danger")
            return
        self._settle()
        if self._sent_form == (self.picker.text, self._quantity_text):
            self.clear()
        self._say_registered(arrived)

    def _submit_without_product(self, quantity_text: str) -> None:
        if self.picker.enter_waits:
            self._quantity_waits = quantity_text
            return
        self._view.return_to_product()
        self.picker.press_enter()

    def _picked(self, product: Product) -> None:
        quantity_text, self._quantity_waits = self._quantity_waits, None
        if quantity_text is None:
            self._view.go_on_to_quantity()
        else:
            self.submit(quantity_text)

    def _undecided(self) -> None:
        self._quantity_waits = None
        if self.picker.has_found:
            self._view.return_to_product()
        else:
            # The next scan must replace what was not found.
            self._view.focus_product()

    def _send(self, product: Product, quantity: int) -> None:
        id = self._draft.id()
        self._sent_form = (self.picker.text, self._quantity_text)
        self._set_busy(True)
        self._say("", "plain")
        self._slow_call = self._timer.call_later(SLOW_S, self._say_slow)
        self._calls.run(lambda: self._api.register(id, product.id, quantity), self._done, self._failed, self)

    def _done(self, entry: Entry) -> None:
        self._settle()
        self._set_busy(False)
        self.clear()
        self._say_registered(entry)
        self._registered(entry)

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        if isinstance(error, SessionExpired):
            return
        if isinstance(error, (Unreachable, Unavailable, BadAnswer)) or not isinstance(error, ClientError):
            # Whether it was registered is not known, so the id stays.
            self._in_doubt = True
            self._say(
                sentence(error) + " " + _("Press “Register entry” again: it is never counted twice."),
                "danger",
            )
            self._view.focus_quantity()
            return
        self._refused(error)

    def _refused(self, error: ClientError) -> None:
        text = error.message
        code, field = (error.code, error.field) if isinstance(error, Refused) else ("", None)
        if code == "id_em_conflito":
            # An earlier attempt had arrived after all, with what stood in the form then.
            self._settle()
            self._in_doubt_settled()
            text = _("The entry before this one had been registered; see it below. Press again for this one.")
        if field == "quantidade":
            self._view.show_quantity_error(text)
            self._view.focus_quantity()
        elif field == "produto_id" or code == "produto_inexistente":
            self._view.show_product_error(text)
            self._view.focus_product()
        else:
            self._say(text, "danger")
            self._view.focus_quantity()

    def _say_registered(self, entry: Entry) -> None:
        text = _("Entry registered: {quantity} of {product}.")
        self._say(
            text.format(quantity=format_quantity(entry.quantity), product=entry.product_name), "success"
        )

    def _settle(self) -> None:
        self._draft.settle()
        self._in_doubt = False

    def _say_slow(self) -> None:
        self._say(_("The server is slow to answer; still waiting…"), "plain")

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        if self._slow_call is not None:
            self._timer.cancel(self._slow_call)
            self._slow_call = None
        self._view.set_busy(busy)
