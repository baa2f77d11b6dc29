"""Finding in a list what was scanned: one row after the other, and from the top again behind the last."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from almoxarife.client.codes import Reading
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.i18n import _


class ScannedRow:
    """Selects the row of a list that a scan is about; scanned once more, the next one."""

    def __init__(self, select: Callable[[int], None], say: Callable[[str, MessageKind], None]) -> None:
        self._select = select
        self._say = say
        self._last = -1

    def find(self, reading: Reading, fitting: Iterable[bool]) -> bool:
        """Select the next row that fits, told of each row from the top, or say that there is none; return True."""
        rows = [row for row, fits in enumerate(fitting) if fits]
        if rows:
            self._last = next((row for row in rows if row > self._last), rows[0])
            self._select(self._last)
            self._say(named(reading), "plain")
        else:
            self._say(_("{name}: not in this list.").format(name=named(reading)), "plain")
        return True


def is_of(reading: Reading, product_id: str, place_id: str = "") -> bool:
    """Tell whether a scan is of a product, or of a place."""
    if reading.place_id:
        return reading.place_id == place_id
    return any(line.product.id == product_id for line in reading.lines)


def named(reading: Reading) -> str:
    """Return what was scanned, by name and id: a place, or each product of a code."""
    if reading.place_id:
        return f"{reading.place_name} ({reading.place_id})"
    return " · ".join(f"{line.product.name} ({line.product.id})" for line in reading.lines)
