"""Columns of tables, as data: presenters may name them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Column:
    """A column: its title, the widest text it must show, and whether it takes the width that is left.

    Where there is no room for all, the columns of the highest ``spare`` are left out first; 0 always stays.
    """

    title: str
    sample: str
    align: Literal["left", "right"] = "left"
    stretch: bool = False
    spare: int = 0


def that_fit(columns: Sequence[Column], widths: Sequence[int], room: int) -> list[int]:
    """Return the places of the columns that are shown in so many pixels."""
    shown = list(range(len(columns)))
    while sum(widths[place] for place in shown) > room:
        spare = max(shown, key=lambda place: columns[place].spare)
        if not columns[spare].spare:
            break
        shown.remove(spare)
    return shown


def share_width(
    columns: Sequence[Column], least: Sequence[int], shown: Sequence[int], room: int
) -> dict[int, int]:
    """Return the width of each column shown: its least, and for the first that stretches what is left.

    Tk itself gives what is left to a column only when the table changes its own width.
    """
    widths = {place: least[place] for place in shown}
    stretching = next((place for place in shown if columns[place].stretch), None)
    if stretching is not None:
        widths[stretching] += max(0, room - sum(widths.values()))
    return widths
