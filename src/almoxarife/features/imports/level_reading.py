"""From the cells of a file of levels to products, places and quantities, with what is wrong in each row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from almoxarife.features.imports.csv_file import Row, is_unreadable
from almoxarife.features.imports.reading import LONGEST_SHOWN, Wrong, fit
from almoxarife.features.imports.rules import LEVEL_COLUMNS, PLACE_COLUMN, Columns, Fault
from almoxarife.features.locations.rules import MAX_NAME, MOST_DEEP
from almoxarife.ledger.rules import MAX_QUANTITY, OUTSIDE, QUANTITY_SCALE, Location
from almoxarife.names import fold

_SEPARATOR = "/"
_LONGEST_PLACE = MOST_DEEP * (MAX_NAME + 3)
_MAX_WHOLE = MAX_QUANTITY // QUANTITY_SCALE
_DECIMALS = 4
# With points between thousands and a comma before decimals.
_NUMBER = re.compile(r"([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,40})(?:,([0-9]{0,40}))?")
# Several places have the name.
SEVERAL = 0


class LevelRow(NamedTuple):
    """What a row says: texts that name product and place, and quantities in 1/10,000."""

    line: int
    product: str
    place: str
    minimum: int | None
    target: int | None
    maximum: int | None


def read_levels(columns: Columns, rows: Iterable[Row]) -> tuple[list[LevelRow], list[Fault]]:
    """Return what some rows say, and what is wrong with the others."""
    at_place, levels = columns.place, dict(columns.levels)
    good: list[LevelRow] = []
    faults: list[Fault] = []
    for _number, line, found in rows:
        try:
            cells = fit(found, len(columns.names))
            product = _required(cells[columns.product], columns.names[columns.product])
            place = _text(cells[at_place], PLACE_COLUMN) if at_place is not None else ""
            quantities = [
                _quantity(cells[levels[name]], name) if name in levels else None for name in LEVEL_COLUMNS
            ]
        except Wrong as wrong:
            faults.append(wrong.at(line))
        else:
            good.append(LevelRow(line, product, place, *quantities))
    return good, faults


def place_names(places: Mapping[int, Location]) -> dict[str, int | None]:
    """Return the places in use by what a file may call them: id, path, or the name that no other one has.

    The empty text stands for the whole shop, None.
    """
    usable = {number: one for number, one in places.items() if number not in OUTSIDE and one.active}
    by_name: dict[str, int | None] = {}
    for number, one in usable.items():
        name = written(one.name)
        by_name[name] = SEVERAL if name in by_name else number
    paths = {written(_path(places, one)): number for number, one in usable.items()}
    return {**by_name, **paths, **{f"l{number}": number for number in usable}, "": None}


def find_place(row: LevelRow, places: Mapping[str, int | None]) -> int | Fault | None:
    """Return the place that a row names, or why nobody can tell."""
    name = written(row.place)
    if name not in places:
        return Fault(row.line, PLACE_COLUMN, "unknown_place", {"value": shown(row.place)})
    place = places[name]
    if place == SEVERAL:
        return Fault(row.line, PLACE_COLUMN, "several_places", {"value": shown(row.place)})
    return place


def written(path: str) -> str:
    """Return the form in which two names of places are the same, whatever spaces stand around the strokes."""
    return f" {_SEPARATOR} ".join(fold(part) for part in path.split(_SEPARATOR)) if path.strip() else ""


def shown(text: str) -> str:
    """Return as much of a text as is shown."""
    return text[:LONGEST_SHOWN]


def _path(places: Mapping[int, Location], place: Location) -> str:
    names = [place.name]
    while place.parent_id is not None:
        place = places[place.parent_id]
        names.append(place.name)
    return _SEPARATOR.join(reversed(names))


def _required(cell: str, column: str) -> str:
    text = _text(cell, column)
    if not text:
        raise Wrong(column, "empty")
    return text


def _text(cell: str, column: str) -> str:
    text = cell.strip()
    if len(text) > _LONGEST_PLACE:
        raise Wrong(column, "too_long", maximum=_LONGEST_PLACE)
    if is_unreadable(text):
        raise Wrong(column, "encoding")
    return text


def _quantity(cell: str, column: str) -> int | None:
    text = unicodedata.normalize("NFKC", cell).replace(" ", "")
    if not text:
        return None
    found = _NUMBER.fullmatch(text)
    if found is None:
        raise Wrong(column, "not_decimal")
    whole, decimals = found[1].replace(".", "").lstrip("0"), (found[2] or "").rstrip("0")
    if len(decimals) > _DECIMALS:
        raise Wrong(column, "too_many_decimals", maximum=_DECIMALS)
    if len(whole) > len(str(_MAX_WHOLE)):
        raise Wrong(column, "too_large", maximum=_MAX_WHOLE)
    units = int(whole or "0") * QUANTITY_SCALE + int(decimals.ljust(_DECIMALS, "0"))
    if units > MAX_QUANTITY:
        raise Wrong(column, "too_large", maximum=_MAX_WHOLE)
    return units
