"""Where a lot, or a single thing, has been: its movements, with the names of both ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from almoxarife.client.movements import Entry
from almoxarife.desktop.kit.kinds import (
    CUSTOMER_RETURN,
    ENTRY,
    ISSUE,
    SUPPLIER_RETURN,
    Tone,
    kind_quantity,
    kind_tone,
    kind_word,
)
from almoxarife.i18n import format_quantity


@dataclass(frozen=True)
class Step:
    """A movement of a lot, and what is said of where it came from and where it went."""

    movement: Entry
    source: str
    target: str


def step(movement: Entry, names: Mapping[str, str]) -> Step:
    """Return a movement with its ends by name: who is known by name stands for all suppliers or customers."""
    source = names.get(movement.source, movement.source)
    target = names.get(movement.target, movement.target)
    if movement.partner and movement.kind in (ENTRY, CUSTOMER_RETURN):
        source = movement.partner
    if movement.partner and movement.kind in (ISSUE, SUPPLIER_RETURN):
        target = movement.partner
    return Step(movement, source, target)


def row_of(one: Step) -> tuple[str, ...]:
    """Return what the list tells of a movement."""
    movement = one.movement
    when = (movement.effective_at or movement.recorded_at).astimezone()
    return (
        f"{when:%d/%m/%y %H:%M}",
        kind_word(movement.kind),
        kind_quantity(movement.kind, movement.quantity),
        one.source,
        one.target,
        movement.username,
        format_quantity(movement.sequence),
    )


def tone_of(one: Step) -> Tone:
    """Return the colour of a movement."""
    return kind_tone(one.movement.kind, is_reversed=one.movement.reversed_by is not None)
