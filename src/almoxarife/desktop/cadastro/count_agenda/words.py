"""How it is told how right the ledger was."""

from __future__ import annotations

from almoxarife.client.count_calendar import Right
from almoxarife.desktop.cadastro.count_review.words import per_cent
from almoxarife.desktop.kit.formats import format_date
from almoxarife.i18n import _, format_quantity, ngettext


def count_row(one: Right) -> tuple[str, ...]:
    """Return how right the ledger was, as one count found it, as a row."""
    day = format_date(one.at.astimezone().date()) if one.at is not None else ""
    return one.id, day, one.place or _("the whole shop"), *_parts(one), one.note


def month_row(one: Right) -> tuple[str, ...]:
    """Return how right the ledger was in a month as a row."""
    year, month = one.month.split("-")
    counts = ngettext("{count} count", "{count} counts", one.counts).format(count=one.counts)
    return "", f"{month}/{year}", counts, *_parts(one), ""


def _parts(one: Right) -> tuple[str, ...]:
    right = f"{format_quantity(one.right)}/{format_quantity(one.items)}"
    return right, per_cent(one.of_items), per_cent(one.of_quantity), per_cent(one.of_value)
