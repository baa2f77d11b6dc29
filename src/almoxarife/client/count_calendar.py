"""What to count next, and how right the ledger was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from pydantic import TypeAdapter

from almoxarife.client.answers import bad_answer, read, read_day, read_instant, read_quantity
from almoxarife.client.session import Session
from almoxarife.contract.count_calendar import AccuracyOverTime, AccuracyRow, DueRow
from almoxarife.contract.count_calendar import Agenda as AgendaRow

_AGENDA = TypeAdapter(AgendaRow)
_ACCURACY = TypeAdapter(AccuracyOverTime)


@dataclass(frozen=True)
class Due:
    """What is to be counted next; ``overdue_days`` is negative for what is not due yet."""

    product_id: str
    product_name: str
    place_id: str
    place: str
    abc: str
    balance: Decimal | int
    counted_at: datetime | None
    due_on: date
    overdue_days: int


@dataclass(frozen=True)
class Right:
    """How right the ledger was: so many of so many items, and parts in per cent (None of nothing)."""

    items: int
    right: int
    of_items: float | None
    of_quantity: float | None
    of_value: float | None
    difference_value: Decimal | int
    id: str = ""
    place: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Agenda:
    """What to count next, the longest overdue first; ``days``: after how many a product of a class is due again.

    ``due``: how many items are.
    """

    days: Mapping[str, int]
    due: int
    items: Sequence[Due]


def agenda(session: Session, place_id: str, limit: int) -> Agenda:
    """Return what is to be counted next at a place and inside it, everywhere for an empty id."""
    query: dict[str, str | int] = {"limite": limit}
    if place_id:
        query["local_id"] = place_id
    answer = read(_AGENDA, session.request("GET", "/contagens/agenda", query=query))
    days = {"A": answer.intervals.a, "B": answer.intervals.b, "C": answer.intervals.c}
    return Agenda(days, answer.due, [_due(row) for row in answer.items])


def accuracy(session: Session, limit: int) -> tuple[Right, list[Right]]:
    """Return how right the ledger was: all together, and count by count, newest first."""
    answer = read(_ACCURACY, session.request("GET", "/contagens/acuracidade", query={"limite": limit}))
    return read_right(answer.total), [
        read_right(row, row.id, row.place_name or "", read_instant(row.confirmed_at)) for row in answer.counts
    ]


def read_right(row: AccuracyRow, id: str = "", place: str = "", at: datetime | None = None) -> Right:
    """Return how right the ledger was, as an answer tells it."""
    return Right(
        row.items,
        row.right,
        row.of_items,
        row.of_quantity,
        row.of_value,
        read_quantity(row.difference_value),
        id,
        place,
        at,
    )


def _due(row: DueRow) -> Due:
    due_on = read_day(row.due_on)
    if due_on is None:
        raise bad_answer()
    return Due(
        row.product_id,
        row.product_name,
        row.place_id,
        row.place_name,
        row.abc,
        read_quantity(row.quantity),
        read_instant(row.counted_at) if row.counted_at else None,
        due_on,
        row.overdue_days,
    )
