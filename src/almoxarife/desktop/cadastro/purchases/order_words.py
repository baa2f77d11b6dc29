"""Purchase orders in words: as rows of the list, their lines, and the entries that may have brought them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from almoxarife.client.movements import Entry
from almoxarife.client.purchases import CANCELLED, OPEN, RECEIVED, Order, OrderedLine
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.i18n import N_, _, format_date_time, format_day, format_quantity, ngettext

_STATES = {OPEN: N_("waited for"), RECEIVED: N_("received"), CANCELLED: N_("cancelled")}


def row_of(one: Order, today: date) -> Sequence[str]:
    """Return what the list tells of an order."""
    return (
        one.id,
        supplier_of(one),
        format_date_time(one.ordered_at)[:10],
        format_day(one.expected_on) if one.expected_on else "–",
        _("{missing} of {lines}").format(
            missing=sum(1 for line in one.lines if line.missing), lines=len(one.lines)
        ),
        _("late") if is_late(one, today) else _(_STATES[one.state]) if one.state in _STATES else one.state,
        one.username,
    )


def tone_of(one: Order, today: date) -> Tone:
    """Return the colour of an order."""
    if one.state == OPEN:
        return "out" if is_late(one, today) else ""
    return "in" if one.state == RECEIVED else "faded"


def is_late(one: Order, today: date) -> bool:
    """Tell whether goods are waited for that should be here by now."""
    return one.state == OPEN and "" < one.expected_on < today.isoformat()


def count_of(orders: Sequence[Order]) -> str:
    """Return how many orders are shown."""
    shown = len(orders)
    return ngettext("{count} order", "{count} orders", shown).format(count=format_quantity(shown))


def supplier_of(order: Order) -> str:
    """Return from whom the goods come."""
    return order.partner_name or _("Without a supplier")


def line_row(line: OrderedLine) -> Sequence[str]:
    """Return what the list tells of a line of an order."""
    return (
        line.product_name,
        line.unit,
        format_quantity(line.quantity),
        format_quantity(line.received),
        format_quantity(line.missing),
    )


def entry_words(entry: Entry) -> str:
    """Return an entry in one line, as it can be chosen."""
    quantity = format_quantity(entry.quantity)
    return _("{when}: {quantity} of {product} (no. {number})").format(
        when=format_date_time(entry.recorded_at)[:16],
        quantity=quantity,
        product=entry.product_name,
        number=entry.sequence,
    )
