"""Sheets and rolls of labels: their measures, and where on a page each label is.

Lengths are in mm; a page's origin is its upper left corner. The measures of the trade's sheets are in ``sheets.csv``,
as their makers print them on the box.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from almoxarife.errors import DomainError, InvalidField

TABLE = Path(__file__).parents[1] / "sheets.csv"

# What a printer may be off by, at the most; more is another sheet.
MOST_SHIFT = 20.0
# Rounding of measures on the box: labels of a full sheet may stand over its edge by so much.
_TOLERANCE = 0.1
LEAST_PAGE, MOST_PAGE = 10.0, 1_200.0
LEAST_LABEL = 5.0
MOST_ACROSS = 100
RESOLUTIONS = (203, 300, 600)
_ROLL_DPI = 203
# A sixth of an inch, as most printers of sheets leave white.
_UNPRINTED = 4.24
_INCH = 25.4


class SheetNotFound(DomainError):
    """There is no such format of sheet: ``sheet_id``."""


class SheetDoesNotFit(DomainError):
    """The labels of a format reach over the page, or over each other: ``needed`` and ``room``, ``field``."""


class Sheet(NamedTuple):
    """A format: labels in columns and rows on a page; a roll's page is what moves on at once."""

    id: str
    name: str
    page_width: float
    page_height: float
    columns: int
    rows: int
    width: float
    height: float
    left: float
    top: float
    pitch_x: float
    pitch_y: float
    # Dots per inch of the printers that print on it; bars are whole dots wide.
    dpi: int

    @property
    def per_page(self) -> int:
        """How many labels are on a page."""
        return self.columns * self.rows

    @property
    def is_roll(self) -> bool:
        """Whether it is for a thermal printer."""
        return self.dpi == _ROLL_DPI

    @property
    def unprinted(self) -> float:
        """How near the paper's edge its printer prints; a thermal one prints up to it."""
        return 0.0 if self.is_roll else _UNPRINTED

    @property
    def dot(self) -> float:
        """The width of a printer's dot."""
        return _INCH / self.dpi

    def corner(self, position: int) -> tuple[float, float]:
        """Return the upper left corner of a label, counted from 0, row by row."""
        row, column = divmod(position, self.columns)
        return self.left + column * self.pitch_x, self.top + row * self.pitch_y


def read_sheets(path: Path) -> dict[str, Sheet]:
    """Return the formats of a table, by their ids, in its order."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [_sheet(row) for row in csv.DictReader(file)]
    return {sheet.id: sheet for sheet in rows}


def find(sheets: Mapping[str, Sheet], sheet_id: str) -> Sheet:
    """Return the format with an id; capital letters do not matter. Raises SheetNotFound."""
    sheet = sheets.get(sheet_id.lower())
    if sheet is None:
        raise SheetNotFound(sheet_id=sheet_id)
    return sheet


def check(sheet: Sheet) -> Sheet:
    """Return a format whose labels have room on the page. Raises InvalidField, SheetDoesNotFit."""
    for field, value in (("pagina_largura", sheet.page_width), ("pagina_altura", sheet.page_height)):
        _between(field, value, LEAST_PAGE, MOST_PAGE)
    for field, count in (("colunas", sheet.columns), ("linhas", sheet.rows)):
        _between(field, count, 1, MOST_ACROSS)
    for field, value in (("largura", sheet.width), ("altura", sheet.height)):
        _between(field, value, LEAST_LABEL, MOST_PAGE)
    for field, value in (("esquerda", sheet.left), ("topo", sheet.top)):
        _between(field, value, 0, MOST_PAGE)
    if sheet.dpi not in RESOLUTIONS:
        raise InvalidField(field=_named("dpi"), reason="not_one_of", options=", ".join(map(str, RESOLUTIONS)))
    _check_along(
        "largura", sheet.left, sheet.columns, sheet.pitch_x, sheet.width, sheet.page_width, "passo_x"
    )
    _check_along("altura", sheet.top, sheet.rows, sheet.pitch_y, sheet.height, sheet.page_height, "passo_y")
    return sheet


def check_first(sheet: Sheet, first: int) -> int:
    """Return how many labels of the first page are used already. Raises InvalidField."""
    if first < 1:
        raise InvalidField(field="posicao", reason="too_small", minimum=1)
    if first > sheet.per_page:
        raise InvalidField(field="posicao", reason="too_large", maximum=sheet.per_page)
    return first - 1


def check_shift(value: float, field: str) -> float:
    """Return by how much everything is moved. Raises InvalidField."""
    if value < -MOST_SHIFT:
        raise InvalidField(field=field, reason="too_small", minimum=-int(MOST_SHIFT))
    if value > MOST_SHIFT:
        raise InvalidField(field=field, reason="too_large", maximum=int(MOST_SHIFT))
    return value


def pages(sheet: Sheet, used: int, labels: int) -> int:
    """Return how many pages some labels take when so many of the first page are used."""
    return -(-(used + labels) // sheet.per_page)


def snapped(length: float, dot: float) -> float:
    """Return the nearest length that is a whole number of dots."""
    return round(length / dot) * dot


def mm(length: float) -> str:
    """Return a length as Brazilians write it: ``66,7 mm``."""
    return f"{round(length, 2):g} mm".replace(".", ",")


def _check_along(
    field: str, start: float, count: int, pitch: float, size: float, page: float, pitch_field: str
) -> None:
    if count > 1 and pitch < size - _TOLERANCE:
        raise SheetDoesNotFit(needed=mm(size), room=mm(pitch), field=_named(pitch_field))
    needed = start + (count - 1) * pitch + size
    if needed > page + _TOLERANCE:
        raise SheetDoesNotFit(needed=mm(needed), room=mm(page), field=_named(field))


def _between(field: str, value: float, least: float, most: float) -> None:
    if value < least:
        raise InvalidField(field=_named(field), reason="too_small", minimum=f"{least:g}")
    if value > most:
        raise InvalidField(field=_named(field), reason="too_large", maximum=f"{most:g}")


def _named(field: str) -> str:
    return f"medidas.{field}"


def _sheet(row: Mapping[str, str]) -> Sheet:
    lengths = ("page_width", "page_height", "width", "height", "left", "top", "pitch_x", "pitch_y")
    counts = ("columns", "rows", "dpi")
    values: dict[str, Any] = {key: float(row[key]) for key in lengths}
    values.update((key, int(row[key])) for key in counts)
    return Sheet(id=row["id"], name=row["name"], **values)
