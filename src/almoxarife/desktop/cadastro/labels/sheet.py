"""On what labels are printed and how: format, first free position, kind of code, shift, price and shop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from almoxarife.client.labels import Format, Measures, Order
from almoxarife.desktop.cadastro.labels.lines import Line
from almoxarife.desktop.cadastro.labels.measures import DPI, ROLL
from almoxarife.desktop.cadastro.labels.own_sheet import MeasuresKeeper, MeasuresView, OwnSheet
from almoxarife.desktop.cadastro.labels.shift import SHIFT_X, SHIFT_Y, Shift, ShiftKeeper
from almoxarife.desktop.kit.formats import NumberError, parse_whole
from almoxarife.i18n import N_, _, format_quantity

FORMAT, FIRST, SYMBOL = "format", "first", "symbol"
# By the field of the wire.
SHEET_FIELDS = {"formato": FORMAT, "posicao": FIRST, "desloca_x": SHIFT_X, "desloca_y": SHIFT_Y}
SYMBOLS = {
    "automatico": N_("EAN, else Code 128"),
    "ean13": N_("EAN only"),
    "code128": N_("Code 128"),
    "qr": N_("QR"),
}


class Keeper(ShiftKeeper, MeasuresKeeper, Protocol):
    """What this computer keeps of its printer and its sheets."""


class SheetView(Protocol):
    """What is shown of the sheet; fields have the names above."""

    @property
    def measures(self) -> MeasuresView:
        """The form for a sheet of one's own."""

    def show_measures_button(self, *, shown: bool) -> None:
        """Offer to change the measures of one's own sheet, or do not."""

    def focus_format(self) -> None:
        """Put the keyboard on the format."""

    def set_options(self, field: str, labels: Sequence[str]) -> None:
        """Set what can be chosen in a field."""

    def set_text(self, field: str, text: str) -> None:
        """Put a text into a field."""

    def show_error(self, field: str, text: str) -> None:
        """Say what is wrong with a field; an empty text takes it back."""


class SheetChoice:
    """Follows what is chosen of the sheet; ``changed`` is told of it."""

    def __init__(self, view: SheetView, changed: Callable[[], None], kept: Keeper) -> None:
        self._view = view
        self._shift = Shift(kept, view.show_error)
        self._changed = changed
        self.own = OwnSheet(view.measures, kept, used=self._use_own, left=self._leave_own)
        self._own_name = _("Measures of your own…")
        self._chosen = ""
        self._formats: dict[str, Format] = {}
        self._symbols = {_(label): symbol for symbol, label in SYMBOLS.items()}
        self._symbol = next(iter(SYMBOLS))
        self._shows_price = self._shows_shop = True
        self._first_text = "1"
        self.format: Format | None = None

    def begin(self) -> None:
        """Show what can be chosen before the formats are known."""
        self._view.set_options(SYMBOL, list(self._symbols))
        self._view.set_text(FIRST, self._first_text)
        for field, text in self._shift.texts.items():
            self._view.set_text(field, text)

    @property
    def is_known(self) -> bool:
        """Whether the formats are known."""
        return bool(self._formats)

    def take(self, formats: Sequence[Format]) -> None:
        """Take the formats that there are."""
        self._formats = {_name(one): one for one in formats}
        self._view.set_options(FORMAT, [*self._formats, self._own_name])
        # Who has measured a sheet here prints on it.
        if self.own.measures is not None:
            self._view.set_text(FORMAT, self._own_name)

    def type(self, field: str, text: str) -> None:
        """Take a text typed or chosen."""
        self._view.show_error(field, "")
        if field == FORMAT:
            self._choose(text)
        elif field == SYMBOL:
            self._symbol = self._symbols.get(text, self._symbol)
        elif field in (SHIFT_X, SHIFT_Y):
            self._shift.type(field, text)
        else:
            self._first_text = text
        self._changed()

    def leave(self) -> None:
        """Leave the form for measures, because the page is left."""
        self.own.leave()

    def _choose(self, name: str) -> None:
        is_own = name == self._own_name
        if is_own and self.own.measures is None:
            self.own.open()
            return
        self._chosen = name
        self.format = _own_format(self.own.measures) if is_own else self._formats.get(name)
        self._view.show_measures_button(shown=is_own)

    def _use_own(self) -> None:
        self._choose(self._own_name)
        self._view.focus_format()
        self._changed()

    def _leave_own(self) -> None:
        # Without measures the format is again what it was before.
        self._view.set_text(FORMAT, self._chosen)
        self._view.focus_format()

    def switch(self, *, price: bool, shop: bool) -> None:
        """Show price and shop on the labels, or leave them out."""
        self._shows_price, self._shows_shop = price, shop
        self._changed()

    def read_first(self) -> int | None:
        """Return where on the first sheet the labels begin; None when that or the shift cannot be, which is said."""
        if self._shift.read() is None:
            return None
        per_page = self.format.per_page if self.format is not None else 1
        try:
            return parse_whole(self._first_text, maximum=per_page)
        except NumberError:
            text = _("A place from 1 to {count}, counted row by row.")
            self._view.show_error(FIRST, text.format(count=format_quantity(per_page)))
            return None

    def keep(self) -> None:
        """Keep on this computer by how much labels are moved."""
        self._shift.keep()

    def order(self, lines: Sequence[Line], first: int) -> Order:
        """Return what the server is asked for."""
        assert self.format is not None, "a format comes first"
        shift = self._shift.read()
        assert shift is not None, "it was read with the first place"
        return Order(
            self.format.id,
            [line.item for line in lines],
            first=first,
            symbol=self._symbol,
            shows_price=self._shows_price,
            shows_shop=self._shows_shop,
            shift_x=shift[0],
            shift_y=shift[1],
            own=self.own.measures if self._chosen == self._own_name else None,
        )


def _own_format(own: Measures | None) -> Format:
    assert own is not None, "measures come first"
    return Format("", "", own.dpi == DPI[ROLL], float(own.width), float(own.height), own.columns, own.rows)


def _name(one: Format) -> str:
    """Return a format with the size of its labels, and how many are on a page."""
    size = f"{_millimetres(one.width)} × {_millimetres(one.height)} mm"
    return f"{one.name} — {size} ({one.per_page})"


def _millimetres(length: float) -> str:
    return f"{length:g}".replace(".", ",")
