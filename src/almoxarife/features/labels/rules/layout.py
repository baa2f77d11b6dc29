"""What stands where on one label.

A label's origin is its upper left corner; lengths are in mm. From top to bottom: the shop, the name in one line or
more, what else there is to say, the bars, and below them their text and the price. A QR code stands at the left of
all that where the label is wide, and below it where it is not. Letters become smaller until everything has room; then
the shop is left out, and at last the name is cut. Bars and price are never cut: the label is refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple, TypeAlias

from almoxarife.errors import DomainError
from almoxarife.features.labels.rules.codes import LEAST_MODULE, LIMITS, Code
from almoxarife.features.labels.rules.sheets import Sheet, mm, snapped
from almoxarife.features.labels.rules.words import Measure, shortened, wrap

POINT = 25.4 / 72
# Of the font's size: what letters take above and below the line on which they stand (Bitstream Vera).
ASCENT, DESCENT = 0.93, 0.24
LINE = ASCENT + DESCENT
# What is left free at the edges of a label, where the cutting may be off; of a high one more.
_EDGE, _WIDE_EDGE, _HIGH = 1.0, 1.5, 20.0
# Of bars alone: what stays white beside them may go as far as this to the edge.
_BARS_EDGE = 0.5
_GAP = 0.5
LEAST_BARS = 4.5
_MOST_BARS = 25.0
_MOST_QR = 30.0
_NAME_SIZES = (11.0, 10.0, 9.0, 8.0, 7.0, 6.0, 5.0)
_PRICE_SIZES = (16.0, 14.0, 12.0, 11.0, 10.0, 9.0, 8.0, 7.0, 6.0)
_SMALL, _SMALLEST = 6.0, 5.0
_CODE_SIZES = (7.0, 6.0, 5.0, 4.0)
# Between two texts side by side.
_APART = 2.0
# A label so much wider than high has room beside a QR code.
_BESIDE = 1.4


class LabelDoesNotFit(DomainError):
    """The code, the price or one line of the name has no room: ``name``, ``width``, ``height``."""


class Label(NamedTuple):
    """What one label says; empty texts are not there."""

    name: str
    code: Code
    detail: str = ""
    price: str = ""
    shop: str = ""


class Copies(NamedTuple):
    """A label and how many of it."""

    label: Label
    how_many: int


class Text(NamedTuple):
    """A line of text; ``x`` is its left end, ``y`` the line on which it stands."""

    x: float
    y: float
    size: float
    bold: bool
    text: str
    width: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """The left, upper, right and lower end of its letters."""
        high = self.size * POINT
        return self.x, self.y - ASCENT * high, self.x + self.width, self.y + DESCENT * high


class Bars(NamedTuple):
    """Where a code's modules are, without what stays white around them."""

    x: float
    y: float
    module: float
    width: float
    height: float


class Layout(NamedTuple):
    """A label, ready to be drawn."""

    texts: list[Text]
    bars: Bars


class _Line(NamedTuple):
    text: str
    size: float
    bold: bool = False


# Rows of one line, or of two at both ends.
_Foot: TypeAlias = list[list[_Line]]


def lay_out(sheet: Sheet, label: Label, shown: str, modules: int, measure: Measure) -> Layout:
    """Return what stands where on a label whose code is ``modules`` wide and reads ``shown``.

    Raises LabelDoesNotFit.
    """
    draw = _Draft(sheet, label, shown, modules, measure)
    found = draw.with_qr() if label.code.kind == "qr" else draw.with_bars()
    if found is None:
        raise LabelDoesNotFit(name=label.name, width=mm(sheet.width), height=mm(sheet.height))
    return found


class _Draft:
    """Looks for the first arrangement of one label in which everything has room."""

    def __init__(self, sheet: Sheet, label: Label, shown: str, modules: int, measure: Measure) -> None:
        self._sheet = sheet
        self._label = label
        self._shown = shown
        self._modules = modules
        self._measure = measure
        edge = _WIDE_EDGE if sheet.height >= _HIGH else _EDGE
        self._edge = max(edge, sheet.unprinted - sheet.left)
        self._edge_y = max(edge, sheet.unprinted - sheet.top)
        self._bars_edge = max(_BARS_EDGE, sheet.unprinted - sheet.left)
        self._inner = sheet.width - 2 * self._edge

    # -- bars

    def with_bars(self) -> Layout | None:
        """Return name, bars, and below them their text and the price."""
        module = self._module(
            self._sheet.width - 2 * self._bars_edge, LIMITS[self._label.code.kind].most_module
        )
        if module is None:
            return None
        feet = list(self._feet())
        for wanted in (min(_MOST_BARS, max(7.0, 0.3 * self._sheet.height)), LEAST_BARS):
            for foot in feet:
                room = self._sheet.height - 2 * self._edge_y - _height(foot) - 2 * _GAP - wanted
                head = self._head(self._inner, room, cut=wanted == LEAST_BARS)
                if head is not None:
                    return self._stacked(head, foot, module)
        return None

    def _stacked(self, head: list[_Line], foot: _Foot, module: float) -> Layout:
        top = self._edge_y + _height([[line] for line in head]) + _GAP
        bottom = self._sheet.height - self._edge_y - _height(foot) - _GAP
        limits = LIMITS[self._label.code.kind]
        width = self._modules * module
        whole = width + (limits.quiet_left + limits.quiet_right) * module
        x = (self._sheet.width - whole) / 2 + limits.quiet_left * module
        height = min(bottom - top, _MOST_BARS)
        bars = Bars(snapped(x, self._sheet.dot), bottom - height, module, width, height)
        return Layout(
            [*self._set(head, self._edge, self._edge_y, self._inner), *self._set_foot(foot, bottom + _GAP)],
            bars,
        )

    def _feet(self) -> Iterator[_Foot]:
        """Yield how the code's text and the price may stand below the bars: large letters first, one row first."""
        shown = self._shown
        for largest, share in ((7.0, 0.3), (_SMALLEST, 0.2)):
            sizes = tuple(size for size in _CODE_SIZES if size <= largest)
            size = self._fitting(shown, sizes, self._inner)
            if size is None:
                shown, size = self._cut(shown, _SMALLEST, self._inner), _SMALLEST
            code = _Line(shown, size)
            if not self._label.price:
                yield [[code]]
                continue
            most = max(share * self._sheet.height / (POINT * LINE), _PRICE_SIZES[-1])
            prices = tuple(size for size in _PRICE_SIZES if size <= most)
            for row in (True, False):
                left = self._inner - (self._width(code) + _APART if row else 0.0)
                found = self._fitting(self._label.price, prices, left, bold=True)
                if found is not None:
                    price = _Line(self._label.price, found, bold=True)
                    yield [[code, price]] if row else [[price], [code]]

    def _set_foot(self, foot: _Foot, top: float) -> Iterator[Text]:
        for row in foot:
            high = max(line.size for line in row) * POINT
            middle = len(row) == 1
            for place, line in enumerate(row):
                long = self._width(line)
                x = self._edge + (self._inner - long) * (0.5 if middle else place)
                yield Text(x, top + ASCENT * high, line.size, line.bold, line.text, long)
            top += LINE * high

    # -- QR

    def with_qr(self) -> Layout | None:
        """Return all texts beside the code, or above it."""
        sheet, limits = self._sheet, LIMITS["qr"]
        edge_y = max(_BARS_EDGE, sheet.unprinted - sheet.top)
        beside = sheet.width >= _BESIDE * sheet.height
        across = 0.5 * sheet.width if beside else sheet.width - 2 * self._bars_edge
        most = min(across, sheet.height - 2 * edge_y, _MOST_QR)
        for share in (1.0, 0.85, 0.7) if beside else (0.7, 0.6, 0.5, 0.4):
            module = self._module(most * share, limits.most_module)
            if module is None:
                return None
            side, white = self._modules * module, limits.quiet_left * module
            whole = side + 2 * white
            if beside:
                left = max(self._bars_edge + whole, self._edge)
                texts = self._column(left, sheet.width - self._edge - left, sheet.height - 2 * self._edge_y)
                x, y = self._bars_edge + white, (sheet.height - side) / 2
            else:
                texts = self._column(self._edge, self._inner, sheet.height - self._edge_y - edge_y - whole)
                x, y = (sheet.width - side) / 2, sheet.height - edge_y - white - side
            if texts is not None:
                return Layout(texts, Bars(snapped(x, sheet.dot), y, module, side, side))
        return None

    def _column(self, left: float, width: float, height: float) -> list[Text] | None:
        """Return all texts of a label in a column."""
        small = self._fitting(self._shown, (_SMALL, _SMALLEST), width, bold=False) or _SMALLEST
        tail = [_Line(self._cut(self._shown, small, width), small)]
        if self._label.price:
            size = self._fitting(self._label.price, _PRICE_SIZES, width, bold=True)
            if size is None:
                return None
            tail.insert(0, _Line(self._label.price, size, bold=True))
        for cut in (False, True):
            for price in _PRICE_SIZES if self._label.price else (0.0,):
                smaller = [line._replace(size=min(price, line.size)) if line.bold else line for line in tail]
                room = height - _height([[line] for line in smaller])
                head = self._head(width, room, cut=cut) if room > 0 else None
                if head is not None:
                    return list(self._set([*head, *smaller], left, self._edge_y, width, centred=False))
        return None

    # -- what both have

    def _head(self, width: float, room: float, *, cut: bool) -> list[_Line] | None:
        """Return shop, name and detail in as large letters as there is room for; ``cut``: the name may be."""
        detail = [_Line(self._cut(self._label.detail, _SMALL, width), _SMALL)] if self._label.detail else []
        shop = [_Line(self._cut(self._label.shop, _SMALL, width), _SMALL)] if self._label.shop else []
        for before in (shop, []) if shop else ([],):
            for size in _NAME_SIZES:
                high = size * POINT * LINE
                used = _height([[line] for line in (*before, *detail)])
                lines = min(int((room - used) / high + 1e-6), 4)
                if lines < 1:
                    continue
                measure = partial(self._measure, size=size, bold=True)
                name, whole = wrap(self._label.name, width, lines, measure)
                if whole or (cut and size == _NAME_SIZES[-1]):
                    return [*before, *(_Line(line, size, bold=True) for line in name), *detail]
        return None

    def _set(
        self, lines: list[_Line], left: float, top: float, width: float, *, centred: bool = True
    ) -> Iterator[Text]:
        y = top
        for line in lines:
            high = line.size * POINT
            long = self._width(line)
            x = left + (width - long) / 2 if centred else left
            yield Text(x, y + ASCENT * high, line.size, line.bold, line.text, long)
            y += LINE * high

    def _module(self, room: float, most: float) -> float | None:
        """Return the widest module of whole dots with which the code has room."""
        limits = LIMITS[self._label.code.kind]
        across = self._modules + limits.quiet_left + limits.quiet_right
        dot = self._sheet.dot
        dots = int(min(room / across, most) / dot + 1e-6)
        return dots * dot if dots * dot >= LEAST_MODULE else None

    def _fitting(
        self, text: str, sizes: tuple[float, ...], width: float, *, bold: bool = False
    ) -> float | None:
        return next((size for size in sizes if self._measure(text, size, bold=bold) <= width), None)

    def _cut(self, text: str, size: float, width: float) -> str:
        return shortened(text, width, partial(self._measure, size=size, bold=False))

    def _width(self, line: _Line) -> float:
        return self._measure(line.text, line.size, bold=line.bold)


def _height(rows: _Foot) -> float:
    """Return how high some rows are together."""
    return sum(max(line.size for line in row) for row in rows) * POINT * LINE
