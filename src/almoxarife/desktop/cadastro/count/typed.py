"""Decisions of the form in which something is counted by typing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Literal, Protocol

from almoxarife.client.counts import OPEN, Item, Line, Seen
from almoxarife.client.errors import Refused, SessionExpired
from almoxarife.client.products import Product
from almoxarife.contract.types import MAX_WHOLE_QUANTITY
from almoxarife.desktop.cadastro.attempt import Attempt
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.count.running import Running
from almoxarife.desktop.cadastro.count.scans import is_definite
from almoxarife.desktop.cadastro.lookup.presenter import Lookup, LookupView, LookupWords
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.formats import NumberError, parse_quantity
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _

FieldName = Literal["quantity", "place", "lot"]
FIELDS: tuple[FieldName, ...] = ("quantity", "place", "lot")
DECIMALS = 4
# The server names its fields otherwise.
_FIELDS: dict[str, FieldName] = {
    "quantidade": "quantity",
    "local_id": "place",
    "lote": "lot",
    "lote.numero": "lot",
    "serie": "lot",
}


class TypedApi(Protocol):
    """What the form asks of the server; each call runs in a thread."""

    def search(self, text: str, limit: int) -> list[Product]:
        """Return products that a text means."""

    def count_line(self, count_id: str, seen: Seen) -> Line:
        """Count something."""


class TypedView(Protocol):
    """What the presenter tells the form to do."""

    @property
    def product(self) -> LookupView:
        """The product field."""

    def set_text(self, field: FieldName, text: str) -> None:
        """Put a text into a field."""

    def show_error(self, field: FieldName, text: str) -> None:
        """Say what is wrong with a field; an empty text takes it back."""

    def focus_product(self) -> None:
        """Put the cursor where the next product belongs."""

    def focus_field(self, field: FieldName) -> None:
        """Put the cursor into a field."""

    def set_busy(self, busy: bool) -> None:
        """Show that something is being counted, and take nothing else meanwhile."""


class ScanLookup(Lookup[Product]):
    """The product field of a count: while ``scanning``, Enter hands over what stands in it, and nothing is searched."""

    scanning = False
    scanned: Callable[[str], object] = staticmethod(lambda text: None)
    _scan = ""

    def type(self, text: str) -> None:
        """Take a text typed or scanned into the field."""
        self._scan = text.strip()
        if not self.scanning:
            super().type(text)

    def press_enter(self) -> None:
        """Hand over what was scanned, or choose what was typed."""
        if not self.scanning:
            super().press_enter()
        elif self._scan:
            scan = self._scan
            # The field is free for the next scan at once.
            self.clear()
            self._scan = ""
            self.scanned(scan)


class Typed:
    """Counts so much of a product; ``counted`` is called with the line.

    The same again after a lost answer is the same line.
    """

    def __init__(
        self,
        api: TypedApi,
        calls: Jobs,
        timer: Timer,
        view: TypedView,
        running: Running,
        *,
        new_id: Callable[[], str],
        say: Callable[[str, MessageKind], None],
        counted: Callable[[Line], None],
    ) -> None:
        self._api = api
        self._calls = calls
        self._view = view
        self._running = running
        self._say = say
        self._counted = counted
        self._attempt = Attempt(new_id)
        self._busy = False
        self.picker = ScanLookup(
            api.search,
            calls,
            timer,
            view.product,
            LookupWords.of_product(),
            picked=lambda product: view.focus_field("quantity"),
            waiting=lambda: None,
            undecided=view.focus_product,
        )

    @property
    def busy(self) -> bool:
        """Whether something is being counted."""
        return self._busy

    def reset(self) -> None:
        """Forget what somebody else had typed."""
        self._calls.drop(self)
        self._attempt.forget()
        self._set_busy(False)
        self._clear()
        for field in FIELDS:
            self._view.show_error(field, "")

    def take(self, item: Item) -> None:
        """Fill in what is to be counted anew; how much there is remains to be typed."""
        self._view.set_text("lot", item.lot)
        self._view.set_text("quantity", "")
        self.picker.pick(Product(item.product_id, item.product_name))

    def submit(self, quantity: str, place_id: str, lot: str) -> None:
        """Count so much of the chosen product."""
        count, product = self._running.chosen, self.picker.chosen
        if count is None or self._busy:
            return
        for field in FIELDS:
            self._view.show_error(field, "")
        if product is None:
            self._view.product.show_error(_("Choose a product first."))
            self._view.focus_product()
            return
        try:
            number = _quantity(quantity)
        except NumberError as error:
            self._refuse("quantity", str(error))
            return
        seen = Seen("", number, product.id, "", place_id, lot.strip(), recount=count.state != OPEN)
        sent = replace(seen, id=self._attempt.id_of(seen))
        self._set_busy(True)
        self._calls.run(lambda: self._api.count_line(count.id, sent), self._done, self._failed, self)

    def _done(self, line: Line) -> None:
        self._attempt.forget()
        self._set_busy(False)
        self._clear()
        self._view.focus_product()
        self._counted(line)

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        if isinstance(error, SessionExpired):
            return
        if isinstance(error, Refused) and is_definite(error):
            self._attempt.forget()
            field = _FIELDS.get(error.field or "")
            if field is not None:
                self._refuse(field, sentence(error))
                return
        self._say(sentence(error), "danger")

    def _clear(self) -> None:
        self.picker.clear()
        self._view.set_text("quantity", "")
        self._view.set_text("lot", "")

    def _refuse(self, field: FieldName, text: str) -> None:
        self._view.show_error(field, text)
        self._view.focus_field(field)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._view.set_busy(busy)


def _quantity(text: str) -> Decimal | int:
    # Nothing is there: that is counted, too.
    if text.strip() == "0":
        return 0
    return parse_quantity(text, decimals=DECIMALS, maximum=MAX_WHOLE_QUANTITY)
