"""How what a count has found is told."""

from __future__ import annotations

from decimal import Decimal

from almoxarife.client.count_calendar import Right
from almoxarife.client.counts import Item, Line
from almoxarife.desktop.cadastro.count.words import at_place, time_of
from almoxarife.desktop.kit.formats import format_money, format_signed
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.i18n import N_, _, format_quantity

UNKNOWN = "desconhecidos"
# What can be looked at, by its word on the wire; unknown texts are lines, and no items.
KINDS = {
    "divergentes": N_("differences"),
    "faltantes": N_("expected, not counted"),
    "inesperados": N_("counted, not expected"),
    UNKNOWN: N_("codes of no product"),
    "series_repetidas": N_("serial numbers seen twice"),
    "movidos": N_("moved while counted"),
    "recontar": N_("to be counted anew"),
    "certos": N_("right"),
    "todos": N_("all"),
}
HIDDEN = "–"


def empty(kind: str) -> str:
    """Return what stands in place of the rows when there are none."""
    if kind == "divergentes":
        return _("No differences so far. What was expected and not counted is in the list above.")
    return _("Nothing of this kind.")


def item_row(item: Item) -> tuple[str, ...]:
    """Return an item as a row."""
    return (
        item.product_name,
        at_place(item.place, item.lot),
        _number(item.expected),
        _number(item.counted),
        HIDDEN if item.difference is None else format_signed(item.difference),
        _remark(item),
        ", ".join(item.people),
    )


def item_tone(item: Item) -> Tone:
    """Return the colour of a row."""
    if item.twice or item.recount:
        return "changed"
    if not item.difference:
        return ""
    return "in" if item.difference > 0 else "out"


def line_row(line: Line) -> tuple[str, ...]:
    """Return an unknown text as a row."""
    return line.name, line.place, "", format_quantity(line.quantity), "", time_of(line.at), line.username


def how_right(right: Right) -> str:
    """Return in one sentence how right the ledger was."""
    if not right.items:
        return _("nothing was counted.")
    said = _("{right} of {items} items right ({part} %), differences worth {value}.")
    return said.format(
        right=right.right,
        items=right.items,
        part=per_cent(right.of_items),
        value=format_money(right.difference_value),
    )


def per_cent(part: float | None) -> str:
    """Return a part in per cent, without the sign; a stroke for a part of nothing."""
    return HIDDEN if part is None else format_quantity(Decimal(str(part)))


def _number(number: Decimal | int | None) -> str:
    return HIDDEN if number is None else format_quantity(number)


def _remark(item: Item) -> str:
    said = []
    if item.twice:
        said.append(_("twice"))
    if item.recount:
        said.append(_("recount"))
    if item.reviewed:
        said.append(_("accepted"))
    if item.moved:
        said.append(_("moved"))
    return ", ".join(said)
