"""Proof of the ledger: recompute chain and balances from the rows themselves."""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, func, select, text

from almoxarife.ledger.rules import (
    DEFAULT_LOCATION,
    FIRST_LOCATIONS,
    GENESIS_HASH,
    MAX_QUANTITY,
    RETURNED_BY,
    Detail,
    Kind,
    Location,
    LocationKind,
    Movement,
    checksum,
    is_possible,
)
from almoxarife.ledger.rules_chain import chain_hash
from almoxarife.ledger.tables import balance, ledger_head, location, lot_balance, movement, movement_detail
from almoxarife.storage.prepared import Prepared, Row
from almoxarife.storage.reading import in_order

_NEXT = Prepared(
    select(movement)
    .where(movement.c.sequence > bindparam("after"))
    .order_by(movement.c.sequence)
    .limit(bindparam("how_many"))
)
_BALANCES = select(balance.c.location_id, balance.c.product_id, balance.c.quantity)
_LOT_BALANCES = select(lot_balance.c.location_id, lot_balance.c.lot_id, lot_balance.c.quantity)
_DETAILS = select(movement_detail).where(
    movement_detail.c.sequence.between(bindparam("first"), bindparam("last"))
)
_COUNT_DETAILS = select(func.count()).select_from(movement_detail)
_LOCATIONS = select(location).order_by(location.c.id)


class Fault(StrEnum):
    """What can be wrong with a ledger."""

    GAP = "gap"
    CHANGED_ROW = "changed_row"
    WRONG_HEAD = "wrong_head"
    WRONG_BALANCE = "wrong_balance"
    DAMAGED_FILE = "damaged_file"
    CHANGED_NAME = "changed_name"
    CHANGED_AUDIT = "changed_audit"
    WRONG_LOT_BALANCE = "wrong_lot_balance"
    STRAY_DETAIL = "stray_detail"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong; ``row`` is a sequence, ``detail`` what else tells where to look."""

    fault: Fault
    row: int = 0
    detail: str = ""


@dataclass(frozen=True)
class Report:
    """What a verification saw: rows read, end of the chain, and what is wrong (nothing, one hopes)."""

    rows: int
    last_hash: bytes
    findings: tuple[Finding, ...]


# Looks at something beside the ledger and yields what is wrong with it.
Check = Callable[[Connection], Iterable[Finding]]


@dataclass
class _Walk:
    """How far the chain was followed, the balances up to there, and how many rows had a detail."""

    rows: int
    last_hash: bytes
    balances: defaultdict[tuple[int, int], int]
    lots: defaultdict[tuple[int, int], int]
    details: int = 0


def verify(connection: Connection, further: Iterable[Check] = ()) -> Report:
    """Recompute hash chain, sequence and balances in one snapshot and compare them with what is stored.

    Reads every movement once, in constant memory but for one sum per product and location. A chain that
    breaks is told by its first row; what comes after a break can prove nothing and is not compared.
    ``further`` checks see the same snapshot. Never raises for what it finds in the database.
    """
    findings: list[Finding] = []
    walk = _Walk(0, GENESIS_HASH, defaultdict(int), defaultdict(int))
    locations: dict[int, Location] = {}
    with ThreadPoolExecutor(1) as beside:
        # Both take their time: SQLite looks at its pages on one core while the other follows the chain.
        damage = beside.submit(_damage, connection.engine)
        with _going_on(connection, findings):
            sums = {}
            for *values, written in connection.execute(_LOCATIONS):
                locations[values[0]], sums[values[0]] = Location._make(values), written
            findings += _changed_locations(locations, sums)
        with _going_on(connection, findings, walk):
            broken = _follow(connection, walk, locations)
            findings += [broken] if broken else _head_and_balances(connection, walk)
        findings += damage.result()
    for check in further:
        with _going_on(connection, findings):
            findings.extend(check(connection))
    return Report(walk.rows, walk.last_hash, tuple(findings))


@contextmanager
def _going_on(connection: Connection, findings: list[Finding], walk: _Walk | None = None) -> Iterator[None]:
    """Make a finding of whatever a damaged file does to those who read it."""
    try:
        # PostgreSQL refuses everything after a fault, unless it can go back to before it.
        with connection.begin_nested():
            yield
    except Exception as fault:  # noqa: BLE001 - a flipped bit makes NULL of a number, nonsense of text, a loop of pages
        reason = getattr(fault, "orig", None) or fault
        row = walk.rows + 1 if walk else 0
        findings.append(Finding(Fault.DAMAGED_FILE, row=row, detail=f"{type(reason).__name__}: {reason}"))


def _follow(connection: Connection, walk: _Walk, locations: dict[int, Location]) -> Finding | None:
    """Follow the chain to its end, or to the first row that is not as it was written."""
    # Kind, from and to of rows that were found possible: there are few, and a million rows.
    routes: set[tuple[int, int, int]] = set()
    with_details = bool(connection.execute(_COUNT_DETAILS).scalar_one())
    for page in in_order(connection, _NEXT):
        details = _details(connection, page) if with_details and page else {}
        broken = _follow_page(page, walk, locations, routes, details)
        if broken is not None:
            return broken
    return None


def _details(connection: Connection, page: list[Row]) -> dict[int, Detail]:
    rows = connection.execute(_DETAILS, {"first": page[0][0], "last": page[-1][0]})
    return {sequence: Detail._make(values) for sequence, *values in rows}


def _follow_page(
    page: list[Row],
    walk: _Walk,
    locations: dict[int, Location],
    routes: set[tuple[int, int, int]],
    details: dict[int, Detail],
) -> Finding | None:
    balances, rows, last_hash = walk.balances, walk.rows, walk.last_hash
    try:
        for row in page:
            (
                sequence,
                _id,
                kind,
                product,
                source,
                target,
                quantity,
                _effective,
                _recorded,
                _account,
                digest,
            ) = row
            if sequence != rows + 1:
                return Finding(Fault.GAP, row=rows + 1)
            detail = details.get(sequence) if details else None
            if chain_hash(last_hash, *(*row[:-1], detail)) != digest:
                return Finding(Fault.CHANGED_ROW, row=sequence)
            if (kind, source, target) not in routes or not 0 < quantity <= MAX_QUANTITY:
                if not is_possible(Movement._make(row), locations):
                    return Finding(Fault.CHANGED_ROW, row=sequence)
                routes.add((kind, source, target))
            rows, last_hash = sequence, digest
            balances[source, product] -= quantity
            balances[target, product] += quantity
            if detail is not None:
                walk.details += 1
                if detail.lot_id is not None:
                    walk.lots[source, detail.lot_id] -= quantity
                    walk.lots[target, detail.lot_id] += quantity
            if (detail is not None or kind == Kind.REVERSAL) and not _names_what_it_may(kind, detail):
                return Finding(Fault.CHANGED_ROW, row=sequence)
    except (struct.error, TypeError):
        # A value that our own form cannot hold.
        return Finding(Fault.CHANGED_ROW, row=rows + 1)
    finally:
        walk.rows, walk.last_hash = rows, last_hash
    return None


def _names_what_it_may(kind: int, detail: Detail | None) -> bool:
    """Tell whether a reversal, and nothing else, takes back a movement, and only a return names one that comes back."""
    reverses, returns = (detail.reverses, detail.returns) if detail is not None else (None, None)
    return (kind == Kind.REVERSAL) == (reverses is not None) and (returns is None or kind in RETURNED_BY)


def _changed_locations(locations: dict[int, Location], sums: dict[int, bytes]) -> Iterator[Finding]:
    """Those outside never change, only places inside are added, and these may be renamed and moved by us alone."""
    born = {first.id: first for first in FIRST_LOCATIONS}
    for number in sorted(born.keys() | locations.keys()):
        first, place = born.get(number), locations.get(number)
        if place is None or not _is_right(place, first, sums[number]):
            known = first if first is not None else locations[number]
            yield Finding(Fault.CHANGED_NAME, detail=str(known.name))


def _is_right(place: Location, first: Location | None, written: bytes) -> bool:
    if first is not None and first.id != DEFAULT_LOCATION and place != first:
        return False
    return place.kind == (first.kind if first is not None else LocationKind.INTERNAL) and written == checksum(
        place.id, place.kind, place.name, place.parent_id, int(place.active)
    )


def _head_and_balances(connection: Connection, walk: _Walk) -> Iterator[Finding]:
    heads = [tuple(row) for row in connection.execute(select(ledger_head))]
    if heads != [(1, walk.rows, walk.last_hash)]:
        yield Finding(Fault.WRONG_HEAD, row=walk.rows)
    for product_id in _differing(connection.execute(_BALANCES), walk.balances):
        yield Finding(Fault.WRONG_BALANCE, detail=f"p{product_id}")
    for lot_id in _differing(connection.execute(_LOT_BALANCES), walk.lots):
        yield Finding(Fault.WRONG_LOT_BALANCE, detail=f"v{lot_id}")
    if connection.execute(_COUNT_DETAILS).scalar_one() != walk.details:
        yield Finding(Fault.STRAY_DETAIL, row=walk.rows)


def _differing(rows: Iterable[Any], right: dict[tuple[int, int], int]) -> list[int]:
    """Return what has other balances somewhere than it should have, a product or a lot."""
    stored: dict[Any, int] = {(row[0], row[1]): row[2] for row in rows}
    differing = {key for key in stored.keys() | right.keys() if stored.get(key) != right.get(key)}
    return sorted({second for _first, second in differing})


def _damage(engine: Engine) -> list[Finding]:
    """Ask SQLite about its own pages and indexes; PostgreSQL checks its pages by itself."""
    findings: list[Finding] = []
    if engine.dialect.name != "sqlite":
        return findings
    with engine.connect() as connection, _going_on(connection, findings):
        for (answer,) in connection.execute(text("PRAGMA integrity_check(5)")):
            if answer != "ok":
                findings.append(Finding(Fault.DAMAGED_FILE, detail=answer))
        orphan = connection.execute(text("PRAGMA foreign_key_check")).first()
        if orphan is not None:
            findings.append(Finding(Fault.DAMAGED_FILE, detail=f"foreign key: {orphan[0]} {orphan[1]}"))
    return findings
