"""What to count next, and how right the ledger was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from pydantic import TypeAdapter

from almoxarife.client.answers import bad_answer, read, read_day, read_instant, read_quantity
from almoxarife.client.session import Session
from almoxarife.contract.count_calendar import AccuracyOverTime, AccuracyRow, DueRow, Intervals
from almoxarife.contract.count_calendar import Agenda as AgendaRow

_AGENDA = TypeAdapter(AgendaRow)
_ACCURACY = TypeAdapter(AccuracyOverTime)
_INTERVALS = TypeAdapter(Intervals)


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
    """How right the ledger was: so many of so many items, and parts in per cent (None of nothing).

    Of one count ``id``, ``place``, ``at`` and its ``note``; of a month its ``month`` (``2026-11``) and the ``counts``.
    """

    items: int
    right: int
    of_items: float | None
    of_quantity: float | None
    of_value: float | None
    difference_value: Decimal | int
    id: str = ""
    place: str = ""
    at: datetime | None = None
    note: str = ""
    month: str = ""
    counts: int = 0


@dataclass(frozen=True)
class Accuracy:
    """How right the ledger was: all together, and newest first month by month and count by count."""

    total: Right
    months: Sequence[Right]
    counts: Sequence[Right]


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
    return Agenda(_days(answer.intervals), answer.due, [_due(row) for row in answer.items])


def set_intervals(session: Session, days: Mapping[str, int]) -> dict[str, int]:
    """Set after how many days a product of each class (``A``, ``B``, ``C``) is counted again."""
    # Set twice it is set once.
    return _days(
        read(_INTERVALS, session.request("PUT", "/contagens/agenda", body=dict(days), repeatable=True))
    )


def accuracy(session: Session, limit: int) -> Accuracy:
    """Return how right the ledger was, with so many counts at the most."""
    answer = read(_ACCURACY, session.request("GET", "/contagens/acuracidade", query={"limite": limit}))
    return Accuracy(
        read_right(answer.total),
        [replace(read_right(row), month=row.month, counts=row.counts) for row in answer.months],
        [
            replace(
                read_right(row),
                id=row.id,
                place=row.place_name or "",
                at=read_instant(row.confirmed_at),
                note=row.note or "",
            )
            for row in answer.counts
        ],
    )


def read_right(row: AccuracyRow) -> Right:
    """Return how right the ledger was, as an answer tells it."""
    return Right(
        row.items,
        row.right,
        row.of_items,
        row.of_quantity,
        row.of_value,
        read_quantity(row.difference_value),
    )


def _days(row: Intervals) -> dict[str, int]:
    return {"A": row.a, "B": row.b, "C": row.c}


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
