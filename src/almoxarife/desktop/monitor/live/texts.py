"""Sentences and cells of the live window and of its log file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from almoxarife.client.movements import Entry
from almoxarife.desktop.kit.kinds import ENTRY, kind_quantity, kind_word, linked_kind
from almoxarife.desktop.monitor.live.day import Day
from almoxarife.desktop.monitor.live.round import Mark
from almoxarife.desktop.monitor.live.rows import Row
from almoxarife.desktop.monitor.log_file import LogFile, one_line
from almoxarife.i18n import _, format_date_time, format_quantity, format_time, ngettext

_MARK = re.compile(r"  \[(\d{1,19}) ([0-9a-f]+)\]$")

UNKNOWN = "–"


@dataclass(frozen=True)
class Figures:
    """The figures of the day, as written."""

    entries: str = UNKNOWN
    quantity: str = UNKNOWN
    people: str = UNKNOWN


@dataclass(frozen=True)
class Footer:
    """Last receipt and update, where the log is; ``log_works`` is false when ``log`` tells of a trouble."""

    status: str
    log: str
    log_works: bool


def when(moment: datetime, today: date) -> str:
    """Return the time of day; with day and month when it was not today."""
    local = moment.astimezone()
    return format_time(moment) if local.date() == today else f"{local:%d/%m %H:%M:%S}"


def cells(row: Row, today: date) -> tuple[str, ...]:
    """Return the texts of a row of the table: when, kind, product, quantity, who."""
    return (
        when(row.recorded_at, today),
        kind_word(row.kind),
        one_line(row.product),
        kind_quantity(row.kind, row.quantity),
        one_line(row.username),
    )


def detail(row: Row, of: int | None, reversal: int | None) -> str:
    """Return everything about a movement in one line, with the numbers of those that it is linked to."""
    return _("{kind} No. {number}: {product}, {quantity}, by {user} on {when}; receipt {receipt}").format(
        kind=kind_word(row.kind).capitalize(),
        number=row.mark.sequence,
        product=one_line(row.product),
        quantity=f"{kind_quantity(row.kind, row.quantity)}{_links(row, of, reversal)}",
        user=one_line(row.username),
        when=format_date_time(row.recorded_at),
        receipt=row.mark.receipt,
    )


def _links(row: Row, of: int | None, reversal: int | None) -> str:
    return f" ({linked_kind(row.kind, of, reversal)})" if of or reversal else ""


def entry_line(entry: Entry) -> str:
    """Return who registered how much of what."""
    said = {
        "user": one_line(entry.username),
        "quantity": kind_quantity(entry.kind, entry.quantity),
        "product": one_line(entry.product_name),
    }
    if entry.kind == ENTRY:
        return _("{user} registered {quantity} of {product}").format(**said)
    return _("{user} registered {kind}: {quantity} of {product}").format(**said, kind=kind_word(entry.kind))


def shown_line(entry: Entry, today: date) -> str:
    """Return the line of an entry in the window's log."""
    return f"{when(entry.recorded_at, today)}  {entry_line(entry)}"


def file_line(entry: Entry) -> str:
    """Return the line of an entry in the log file; it ends with the mark that a later start reads."""
    mark = Mark.of(entry)
    return f"{format_date_time(entry.recorded_at)}  {entry_line(entry)}  [{mark.sequence} {mark.receipt}]"


def shown_event(text: str, now: datetime) -> str:
    """Return the line, in the window's log, of something that happened to the monitor itself."""
    return f"{format_time(now)}  — {one_line(text)}"


def file_event(text: str, now: datetime) -> str:
    """Return the line, in the log file, of something that happened to the monitor itself."""
    return f"{format_date_time(now)}  — {one_line(text)}"


def mark_of(line: str) -> Mark | None:
    """Return the mark at the end of a line of the log file, None when it is no entry's line."""
    found = _MARK.search(line)
    return Mark(int(found[1]), found[2]) if found else None


def figures(day: Day) -> Figures:
    """Return the totals of a day, or dashes while they are not known."""
    if not day.known:
        return Figures()
    return Figures(*map(format_quantity, (day.entries, day.quantity, len(day.people))))


def footer(seen: Mark | None, update: str, log: LogFile) -> Footer:
    """Return the footer."""
    receipt = _("No receipt yet")
    if seen and seen.sequence:
        receipt = _("Last receipt No. {number}").format(number=format_quantity(seen.sequence))
    status = f"{receipt} · {update}"
    if not log.problem:
        return Footer(status, _("Log in {file}").format(file=log.path), log_works=True)
    trouble = _("⚠ The log is not being written: {reason} ({file})")
    return Footer(status, trouble.format(reason=log.problem, file=log.path), log_works=False)


def count(shown: int, total: int, *, filtered: bool) -> str:
    """Return how many entries the list has, and how many pass the filter; nothing when it is empty."""
    if not total:
        return ""
    if filtered:
        text = ngettext("{shown} of {total} movement", "{shown} of {total} movements", total)
    else:
        text = ngettext("{total} movement", "{total} movements", total)
    return text.format(shown=format_quantity(shown), total=format_quantity(total))


def nothing_to_show(searched: str, *, answered: bool, filtered: bool) -> str:
    """Return what stands in an empty list: why it is empty, and what to do."""
    if not answered:
        return _("Fetching the entries…")
    if searched:
        return _("No entry contains “{text}”.\nEsc clears the filter.").format(text=one_line(searched))
    if filtered:
        return _("No movement passes the filter.\nEsc clears it.")
    return _("No entries yet.\nWhat is registered in the register program appears here by itself.")


def connection_back(lost_for: timedelta) -> str:
    """Return the sentence for a connection that is there again."""
    seconds = max(1, round(lost_for.total_seconds()))
    return ngettext(
        "Connection back after {seconds} second.", "Connection back after {seconds} seconds.", seconds
    ).format(seconds=format_quantity(seconds))


def ledger_replaced(last: Mark) -> str:
    """Return the alarm for a server whose ledger lacks an entry that was seen there."""
    return _(
        "The server no longer has entry No. {number}, which this monitor has seen: its ledger was exchanged "
        "or restored from an old copy. Tell whoever looks after the system. "
        "The list starts again from what the server has now."
    ).format(number=format_quantity(last.sequence))
