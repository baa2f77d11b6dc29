"""Entries: register one or many, read the latest or what came after, totals."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

from pydantic import TypeAdapter

from almoxarife.client.answers import read, read_instant, read_quantity
from almoxarife.client.session import Session
from almoxarife.contract.imports import ROWS, LotAnswer
from almoxarife.contract.movements import EntryRow, Summary

_ROW = TypeAdapter(EntryRow)
_ROWS = TypeAdapter(list[EntryRow])
_LOT = TypeAdapter(LotAnswer)
_SUMMARY = TypeAdapter(Summary)


@dataclass(frozen=True)
class Entry:
    """An entry of the ledger; ``recorded_at`` is aware (UTC), ``receipt`` the hash of the ledger up to it."""

    id: str
    product_id: str
    product_name: str
    quantity: Decimal | int
    username: str
    recorded_at: datetime
    sequence: int
    receipt: str


@dataclass(frozen=True)
class Wanted:
    """A row of a lot: so many of a product came in; ``id`` comes from ``new_id``, once, before the first attempt."""

    id: str
    product_id: str
    quantity: int


@dataclass(frozen=True)
class Lot:
    """A registered lot: the entry of each row, in order, how many were written now and how many were there before."""

    entries: list[Entry]
    new: int
    repeated: int


@dataclass(frozen=True)
class DaySummary:
    """Totals of the entries since an instant, up to and including ``sequence``."""

    entries: int
    quantity: Decimal | int
    people: frozenset[str]
    sequence: int


def new_id() -> str:
    """Return a fresh id for an entry; make it once, before the first attempt to send."""
    return str(uuid.uuid4())


def register_entry(session: Session, id: str, product_id: str, quantity: int) -> Entry:
    """Register that so many of a product came in; the same id again is the same entry."""
    body = {"id": id, "produto_id": product_id, "quantidade": quantity}
    return _entry(read(_ROW, session.request("POST", "/inventario", body=body)))


def register_lot(session: Session, rows: Sequence[Wanted]) -> Lot:
    """Register up to 10,000 entries, all or none; the same ids again are the same entries."""
    wanted = [{"id": row.id, "produto_id": row.product_id, "quantidade": row.quantity} for row in rows]
    answer = session.request("POST", "/inventario/lote", body={ROWS: wanted}, repeatable=True)
    lot = read(_LOT, answer)
    return Lot([_entry(row) for row in lot.rows], lot.new, lot.repeated)


def latest(session: Session, n: int, username: str | None = None) -> list[Entry]:
    """Return the newest ``n`` entries, oldest first; of one user only when ``username`` is given."""
    query: dict[str, str | int] = {"ultimos": n}
    if username is not None:
        query["registrado_por"] = username
    return _entries(session, query)


def after(session: Session, sequence: int, limit: int) -> list[Entry]:
    """Return the next entries after a place in the ledger, oldest first.

    Refused with code ``cursor_no_futuro`` when the ledger is shorter than that.
    """
    return _entries(session, {"depois_de": sequence, "limite": limit})


def summary(session: Session, since: datetime) -> DaySummary:
    """Return the totals of what was recorded since an aware instant."""
    query = {"desde": f"{since.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"}
    row = read(_SUMMARY, session.request("GET", "/inventario/resumo", query=query))
    return DaySummary(row.entries, read_quantity(row.quantity), frozenset(row.people), row.sequence)


def _entries(session: Session, query: dict[str, str | int]) -> list[Entry]:
    return [_entry(row) for row in read(_ROWS, session.request("GET", "/inventario", query=query))]


def read_entry(value: object) -> Entry:
    """Return a row of the wire as an entry. Raises BadAnswer."""
    return _entry(read(_ROW, value))


def _entry(row: EntryRow) -> Entry:
    return Entry(
        row.id,
        row.product_id,
        row.product_name,
        read_quantity(row.quantity),
        row.username,
        read_instant(row.recorded_at),
        row.sequence,
        row.receipt,
    )
