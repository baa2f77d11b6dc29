"""Counts that were confirmed or cancelled, to be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter

from almoxarife.client.answers import bad_answer, read, read_instant
from almoxarife.client.count_calendar import Right, read_right
from almoxarife.client.counts import Count, Line, address, read_count, read_line
from almoxarife.client.session import Session
from almoxarife.contract.counts import CountRow, LineRow

_COUNT = TypeAdapter(CountRow)
_COUNTS = TypeAdapter(list[CountRow])
_LINES = TypeAdapter(list[LineRow])
# As the wire asks for them: those that have ended, and of these the ones that changed the stock or did not.
ENDED, CONFIRMED, CANCELLED = "terminada", "confirmada", "cancelada"


@dataclass(frozen=True)
class Ended:
    """A count that has ended: when it was begun, by whom and when it was ended, and how right the ledger was.

    ``right``: None of a cancelled one.
    """

    count: Count
    begun_at: datetime
    ended_at: datetime
    ended_by: str
    right: Right | None = None


def listing(session: Session, state: str, before: str, limit: int) -> list[Ended]:
    """Return at most so many counts that have ended, newest first, before one of them where an id is given."""
    query: dict[str, str | int] = {"situacao": state, "limite": limit}
    if before:
        query["antes_de"] = before
    return [_ended(row) for row in read(_COUNTS, session.request("GET", "/contagens", query=query))]


def get(session: Session, count_id: str) -> Ended:
    """Return a count that has ended."""
    return _ended(read(_COUNT, session.request("GET", address(count_id))))


def lines(session: Session, count_id: str, after: int, limit: int) -> list[Line]:
    """Return the lines behind a number, in the order in which they were counted."""
    query: dict[str, str | int] = {"depois_de": after, "limite": limit}
    rows = read(_LINES, session.request("GET", f"{address(count_id)}/linhas", query=query))
    return [read_line(row) for row in rows]


def _ended(row: CountRow) -> Ended:
    if row.ended_at is None:
        raise bad_answer()
    return Ended(
        read_count(row),
        read_instant(row.created_at),
        read_instant(row.ended_at),
        row.ended_by or "",
        read_right(row.accuracy) if row.accuracy is not None else None,
    )
