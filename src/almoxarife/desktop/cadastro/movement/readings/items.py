"""From what the server reads in a code to the lines of a form, and from these to movements."""

from __future__ import annotations

from collections.abc import Mapping

from almoxarife.client.codes import Reading, ReadLine
from almoxarife.client.outbox.rows import Outgoing
from almoxarife.desktop.cadastro.movement.body import outgoing
from almoxarife.desktop.cadastro.movement.facts import LOT, SERIAL
from almoxarife.desktop.cadastro.movement.readings.lines import Item, Line
from almoxarife.i18n import N_, _

UNIT = "unidade"
_WANTED = {
    LOT: N_("The lot is missing (F2)"),
    SERIAL: N_("The serial number is missing (F2)"),
}


def items_of(reading: Reading) -> list[Item]:
    """Return what one scan stands for: one item, or several of a kit."""
    return [_item(reading, line) for line in reading.lines]


def outgoing_line(line: Line, details: Mapping[str, object]) -> Outgoing:
    """Return the movement of a line, with the details that all lines have."""
    item = line.item
    return outgoing(line.id, item.product, item.quantity, {**details, **item.details})


def _item(reading: Reading, line: ReadLine) -> Item:
    details: dict[str, object] = {}
    if line.tracking == LOT and reading.lot:
        days = {"validade": reading.expires_on, "fabricacao": reading.made_on}
        known = {name: day.isoformat() for name, day in days.items() if day is not None}
        details[LOT] = {"numero": reading.lot, **known}
    elif line.tracking == SERIAL and reading.serial:
        details[SERIAL] = reading.serial
    if line.factor != 1:
        details[UNIT] = line.unit
    wants = "" if line.tracking not in _WANTED or line.tracking in details else _(_WANTED[line.tracking])
    return Item(line.product, line.quantity or 0, line.unit, details, wants)
