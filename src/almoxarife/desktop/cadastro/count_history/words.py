"""How counts that have ended, and what they found, are told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from almoxarife.client.count_history import CANCELLED, CONFIRMED, ENDED, Ended
from almoxarife.client.counts import Item, Line
from almoxarife.desktop.cadastro.count.words import at_place, time_of, what
from almoxarife.desktop.cadastro.count_review.words import (
    HIDDEN,
    how_right,
    item_row,
    item_tone,
    items_said,
    per_cent,
)
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.i18n import N_, _, format_quantity, ngettext

LINES = "linhas"
# What can be looked at of one count, by its word on the wire; lines are no items.
KINDS = {
    "divergentes": N_("differences"),
    "inesperados": N_("counted, not expected"),
    "series_repetidas": N_("serial numbers seen twice"),
    "movidos": N_("moved while counted"),
    "certos": N_("right"),
    "todos": N_("all"),
    LINES: N_("line by line, as it was counted"),
}
SITUATIONS = {ENDED: N_("all counts"), CONFIRMED: N_("confirmed ones"), CANCELLED: N_("cancelled ones")}
_STATES = {CONFIRMED: N_("it was confirmed"), CANCELLED: N_("it was cancelled")}


def count_row(one: Ended) -> tuple[str, ...]:
    """Return a count as a row of the list."""
    right = one.right
    return (
        one.count.id,
        _when(one.ended_at),
        what(one.count),
        _(_STATES[one.count.state]) if one.count.state in _STATES else one.count.state,
        "" if right is None else f"{format_quantity(right.right)}/{format_quantity(right.items)}",
        "" if right is None else per_cent(right.of_items),
        one.ended_by,
        one.count.note,
    )


def count_tone(one: Ended) -> Tone:
    """Return the colour of a count: nothing came of a cancelled one."""
    return "faded" if one.count.state == CANCELLED else ""


def counts_said(counts: Sequence[Ended]) -> str:
    """Return how many counts are shown."""
    return ngettext("{count} count", "{count} counts", len(counts)).format(count=len(counts))


def title_of(one: Ended) -> str:
    """Return which count is looked at."""
    title = f"{one.count.id} · {what(one.count)}"
    return f"{title} · {one.count.note}" if one.count.note else title


def whole(one: Ended) -> str:
    """Return who began and who ended a count, when, and how right the ledger was."""
    began = _("Begun by {username} on {when}").format(username=one.count.opened_by, when=_when(one.begun_at))
    if one.count.blind:
        began += f" ({_('blind')})"
    if one.right is None:
        ended = _("cancelled by {username} on {when}: nothing came of it.")
        return f"{began} · {ended.format(username=one.ended_by, when=_when(one.ended_at))}"
    ended = _("confirmed by {username} on {when}: {how}")
    how = how_right(one.right)
    return f"{began} · {ended.format(username=one.ended_by, when=_when(one.ended_at), how=how)}"


def found_said(found: Sequence[Item | Line]) -> str:
    """Return how much is shown of a count."""
    items = [one for one in found if isinstance(one, Item)]
    if items:
        return items_said(items)
    return ngettext("{count} line", "{count} lines", len(found)).format(count=format_quantity(len(found)))


def found_row(one: Item | Line) -> tuple[str, ...]:
    """Return what a count found of an item, or one of its lines, as a row."""
    if isinstance(one, Item):
        return item_row(one)
    return (
        one.name if one.is_product or one.quantity else _("(taken back)"),
        at_place(one.place, one.lot),
        HIDDEN if one.expected is None or not one.is_product else format_quantity(one.expected),
        format_quantity(one.quantity),
        "",
        _remark(one),
        one.username,
    )


def found_tone(one: Item | Line) -> Tone:
    """Return the colour of what a count found."""
    if isinstance(one, Item):
        return item_tone(one)
    return "changed" if one.twice or one.replaces is not None or not one.is_product else ""


def _remark(line: Line) -> str:
    said = [_("no. {number}").format(number=line.number), time_of(line.at)]
    if line.replaces is not None:
        said.append(_("corrects no. {number}").format(number=line.replaces))
    if line.round:
        said.append(_("recount"))
    if line.twice:
        said.append(_("twice"))
    return ", ".join(said)


def _when(instant: datetime) -> str:
    return f"{instant.astimezone():%d/%m/%y %H:%M}"
