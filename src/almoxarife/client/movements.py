"""Movements: register one of any kind or many entries, read the latest or what came after, totals."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

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
class LotOfEntry:
    """The lot, or serial number, that a movement names; ``expires_on`` such as ``2026-11-24``."""

    id: str
    number: str
    expires_on: str | None


@dataclass(frozen=True)
class Entry:
    """A movement of the ledger; ``recorded_at`` is aware (UTC), ``receipt`` the hash of the ledger up to it.

    ``quantity`` has its sign as seen from the shop's own stock; ``sign`` is 0 for what only moves goods. ``kind`` is
    the word of the wire. What comes after ``receipt`` is that of a plain entry where the server says nothing.
    """

    id: str
    product_id: str
    product_name: str
    quantity: Decimal | int
    username: str
    recorded_at: datetime
    sequence: int
    receipt: str
    kind: str = "entrada"
    sign: int = 1
    source: str = "l1"
    target: str = "l2"
    effective_at: datetime | None = None
    lot: LotOfEntry | None = None
    reverses: str | None = None
    reversed_by: str | None = None
    reason: str | None = None
    note: str | None = None
    partner: str | None = None
    document: str | None = None
    unit: str | None = None
    typed_quantity: Decimal | int | None = None
    # The movement whose goods come back.
    returns: str | None = None


@dataclass(frozen=True)
class Filter:
    """Which movements are asked for: user, kind, location, product and lot as the wire names them; None: whichever."""

    username: str | None = None
    kind: str | None = None
    location_id: str | None = None
    product_id: str | None = None
    lot_id: str | None = None


@dataclass(frozen=True)
class Wanted:
    """A row of a lot: so many of a product came in; ``id`` comes from ``new_id``, once, before the first attempt."""

    id: str
    product_id: str
    quantity: int


EVERYTHING = Filter()


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


def entry_body(id: str, product_id: str, quantity: int) -> dict[str, object]:
    """Return what is posted to register that so many of a product came in."""
    return {"id": id, "produto_id": product_id, "quantidade": quantity}


def body_of(id: str, kind: str, fields: Mapping[str, object]) -> dict[str, object]:
    """Return what is posted to register a movement of any kind; ``fields`` as ``register`` takes them."""
    return {"id": id, "tipo": kind, **sent_fields(fields)}


def post(session: Session, body: Mapping[str, object], token: str | None = None) -> dict[str, object]:
    """Post the body of a movement; return the server's row of it, which ``read_entry`` reads.

    ``token``: sent in place of the session's own.
    """
    answer = session.request("POST", "/inventario", body=body, token=token)
    return read(_ROW, answer).model_dump(by_alias=True, exclude_none=True)


def register_entry(session: Session, id: str, product_id: str, quantity: int) -> Entry:
    """Register that so many of a product came in; the same id again is the same entry."""
    return read_entry(post(session, entry_body(id, product_id, quantity)))


def register(session: Session, id: str, kind: str, fields: Mapping[str, object]) -> Entry:
    """Register a movement of any kind; the same id again is the same movement.

    ``fields``: the fields of ``POST /inventario`` by their names on the wire, as ``sent_fields`` takes them; ``codigo``
    may stand in place of ``produto_id``.
    """
    return read_entry(post(session, body_of(id, kind, fields)))


def reverse(session: Session, id: str, movement_id: str, note: str | None = None) -> Entry:
    """Take a movement back; refused with ``ja_estornado`` when that was done before under another id."""
    return register(session, id, "estorno", {"estorna": movement_id, "observacao": note})


def register_lot(session: Session, rows: Sequence[Wanted]) -> Lot:
    """Register up to 10,000 entries, all or none; the same ids again are the same entries."""
    wanted = [{"id": row.id, "produto_id": row.product_id, "quantidade": row.quantity} for row in rows]
    answer = session.request("POST", "/inventario/lote", body={ROWS: wanted}, repeatable=True)
    lot = read(_LOT, answer)
    return Lot([_entry(row) for row in lot.rows], lot.new, lot.repeated)


def latest(session: Session, n: int, username: str | None = None, wanted: Filter = EVERYTHING) -> list[Entry]:
    """Return the newest ``n`` movements, oldest first; of one user only when ``username`` is given."""
    query: dict[str, str | int] = {"ultimos": n, **_narrowed(wanted)}
    if username is not None:
        query["registrado_por"] = username
    return _entries(session, query)


def after(session: Session, sequence: int, limit: int, wanted: Filter = EVERYTHING) -> list[Entry]:
    """Return the next movements after a place in the ledger, oldest first.

    Refused with code ``cursor_no_futuro`` when the ledger is shorter than that.
    """
    return _entries(session, {"depois_de": sequence, "limite": limit, **_narrowed(wanted)})


def summary(session: Session, since: datetime) -> DaySummary:
    """Return the totals of what was recorded since an aware instant."""
    query = {"desde": f"{since.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"}
    row = read(_SUMMARY, session.request("GET", "/inventario/resumo", query=query))
    return DaySummary(row.entries, read_quantity(row.quantity), frozenset(row.people), row.sequence)


def _entries(session: Session, query: dict[str, str | int]) -> list[Entry]:
    return [_entry(row) for row in read(_ROWS, session.request("GET", "/inventario", query=query))]


def read_entry(value: object) -> Entry:
    """Return a row of the wire, or its message, as an entry. Raises BadAnswer."""
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
        **_beside(row),
    )


def _beside(row: EntryRow) -> dict[str, Any]:
    """Return what a row shows of a movement that is no plain entry."""
    if row.kind is None:
        return {}
    lot = row.lot
    return {
        "kind": row.kind,
        "sign": row.sign,
        "source": row.source,
        "target": row.target,
        "effective_at": read_instant(row.effective_at) if row.effective_at is not None else None,
        "lot": LotOfEntry(lot.id, lot.number, lot.expires_on) if lot is not None else None,
        "reverses": row.reverses,
        "reversed_by": row.reversed_by,
        "reason": row.reason.name if row.reason is not None else None,
        "note": row.note,
        "partner": row.partner.name if row.partner is not None else None,
        "document": row.document,
        "unit": row.unit,
        "typed_quantity": read_quantity(row.typed_quantity) if row.typed_quantity is not None else None,
        "returns": row.returns,
    }


def sent_fields(fields: Mapping[str, object]) -> dict[str, object]:
    """Return fields as they go over the wire: a Decimal as a text or, where it is a quantity, as a number.

    What is None is left out.
    """
    return {name: _sent(name, value) for name, value in fields.items() if value is not None}


def _sent(name: str, value: object) -> object:
    """Return a value as it goes over the wire; a float of JSON would not be exact for every amount of money."""
    if not isinstance(value, Decimal):
        return value
    if value == value.to_integral_value():
        return int(value)
    # The shortest text of a float is the number that was meant, up to 15 digits.
    return float(value) if name == "quantidade" else str(value)


def _narrowed(wanted: Filter) -> dict[str, str]:
    query = {
        "registrado_por": wanted.username,
        "tipo": wanted.kind,
        "local": wanted.location_id,
        "produto": wanted.product_id,
        "lote": wanted.lot_id,
    }
    return {name: value for name, value in query.items() if value is not None}
