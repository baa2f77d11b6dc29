"""How what a count has found is told."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from almoxarife.client.count_calendar import Right
from almoxarife.client.count_deciding import Decision
from almoxarife.client.counts import Count, Item, Line
from almoxarife.desktop.cadastro.count.words import at_place, time_of
from almoxarife.desktop.kit.formats import format_money, format_signed
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.i18n import N_, _, format_quantity, ngettext

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
# Said where a list may have more than it shows.
MORE = N_("; go on down for more")


def empty(kind: str) -> str:
    """Return what stands in place of the rows when there are none."""
    if kind == "divergentes":
        return _("No differences so far. What was expected and not counted is in the list above.")
    return _("Nothing of this kind.")


def item_row(item: Item, *, marked: bool = False) -> tuple[str, ...]:
    """Return an item as a row; ``marked``: it is to become zero."""
    return (
        item.product_name,
        at_place(item.place, item.lot),
        _number(item.expected),
        _number(item.counted),
        HIDDEN if item.difference is None else format_signed(item.difference),
        _remark(item, marked=marked),
        ", ".join(item.people),
    )


def item_tone(item: Item, *, marked: bool = False) -> Tone:
    """Return the colour of a row."""
    if marked:
        return "out"
    if item.twice or item.recount:
        return "changed"
    if not item.difference:
        return ""
    return "in" if item.difference > 0 else "out"


def items_said(items: Sequence[Item]) -> str:
    """Return how many items are shown."""
    return ngettext("{count} item", "{count} items", len(items)).format(count=format_quantity(len(items)))


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


def what_comes(count: Count, decision: Decision) -> str:
    """Return what confirming a count does to the stock."""
    different, missing = count.different or 0, count.missing
    gone = missing if decision.zero_missing else len(decision.zero)
    said = [_("What was counted is right.")]
    if different:
        adjusted = ngettext(
            "{count} difference becomes an adjustment.", "{count} differences become adjustments.", different
        )
        said = [adjusted.format(count=format_quantity(different))]
    if gone:
        zeroed = ngettext(
            "{count} of {missing} not counted becomes zero.",
            "{count} of {missing} not counted become zero.",
            gone,
        )
        said.append(zeroed.format(count=format_quantity(gone), missing=format_quantity(missing)))
    if missing > gone:
        stays = ngettext(
            "{count} not counted stays as it is.", "{count} not counted stay as they are.", missing - gone
        )
        said.append(stays.format(count=format_quantity(missing - gone)))
    if count.unknown:
        left = ngettext(
            "{count} unknown code is left out.", "{count} unknown codes are left out.", count.unknown
        )
        said.append(left.format(count=format_quantity(count.unknown)))
    return " ".join(said)


def per_cent(part: float | None) -> str:
    """Return a part in per cent, without the sign; a stroke for a part of nothing."""
    return HIDDEN if part is None else format_quantity(Decimal(str(part)))


def _number(number: Decimal | int | None) -> str:
    return HIDDEN if number is None else format_quantity(number)


def _remark(item: Item, *, marked: bool) -> str:
    said = []
    if marked:
        said.append(_("to zero"))
    if item.twice:
        said.append(_("twice"))
    if item.recount:
        said.append(_("recount"))
    if item.reviewed:
        said.append(_("accepted"))
    if item.moved:
        said.append(_("moved"))
    return ", ".join(said)
