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

from sqlalchemy import Connection, Engine, bindparam, select, text

from almoxarife.ledger.rules import (
    FIRST_LOCATIONS,
    GENESIS_HASH,
    MAX_QUANTITY,
    Location,
    LocationKind,
    Movement,
    chain_hash,
    is_possible,
)
from almoxarife.ledger.tables import balance, ledger_head, location, movement
from almoxarife.storage.prepared import Prepared, Row
from almoxarife.storage.reading import in_order

_NEXT = Prepared(
    select(movement)
    .where(movement.c.sequence > bindparam("after"))
    .order_by(movement.c.sequence)
    .limit(bindparam("how_many"))
)
_BALANCES = select(balance.c.location_id, balance.c.product_id, balance.c.quantity)


class Fault(StrEnum):
    """What can be wrong with a ledger."""

    GAP = "gap"
    CHANGED_ROW = "changed_row"
    WRONG_HEAD = "wrong_head"
    WRONG_BALANCE = "wrong_balance"
    DAMAGED_FILE = "damaged_file"
    CHANGED_NAME = "changed_name"


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
    """How far the chain was followed, and the balances up to there."""

    rows: int
    last_hash: bytes
    balances: defaultdict[tuple[int, int], int]


def verify(connection: Connection, further: Iterable[Check] = ()) -> Report:
    """Recompute hash chain, sequence and balances in one snapshot and compare them with what is stored.

    Reads every movement once, in constant memory but for one sum per product and location. A chain that
    breaks is told by its first row; what comes after a break can prove nothing and is not compared.
    ``further`` checks see the same snapshot. Never raises for what it finds in the database.
    """
    findings: list[Finding] = []
    walk = _Walk(0, GENESIS_HASH, defaultdict(int))
    locations: dict[int, Location] = {}
    with ThreadPoolExecutor(1) as beside:
        # Both take their time: SQLite looks at its pages on one core while the other follows the chain.
        damage = beside.submit(_damage, connection.engine)
        with _going_on(connection, findings):
            locations = {row.id: Location(*row) for row in connection.execute(select(location))}
            findings += _changed_locations(locations)
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
    for page in in_order(connection, _NEXT):
        broken = _follow_page(page, walk, locations, routes)
        if broken is not None:
            return broken
    return None


def _follow_page(
    page: list[Row], walk: _Walk, locations: dict[int, Location], routes: set[tuple[int, int, int]]
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
            if chain_hash(last_hash, *row[:-1]) != digest:
                return Finding(Fault.CHANGED_ROW, row=sequence)
            if (kind, source, target) not in routes or not 0 < quantity <= MAX_QUANTITY:
                if not is_possible(Movement._make(row), locations):
                    return Finding(Fault.CHANGED_ROW, row=sequence)
                routes.add((kind, source, target))
            rows, last_hash = sequence, digest
            balances[source, product] -= quantity
            balances[target, product] += quantity
    except (struct.error, TypeError):
        # A value that our own form cannot hold.
        return Finding(Fault.CHANGED_ROW, row=rows + 1)
    finally:
        walk.rows, walk.last_hash = rows, last_hash
    return None


def _changed_locations(locations: dict[int, Location]) -> Iterator[Finding]:
    for first in FIRST_LOCATIONS:
        if locations.get(first.id) != first:
            yield Finding(Fault.CHANGED_NAME, detail=first.name)
    kinds = set(LocationKind)
    for place in locations.values():
        if place.kind not in kinds or not isinstance(place.name, str):
            yield Finding(Fault.CHANGED_NAME, detail=str(place.name))


def _head_and_balances(connection: Connection, walk: _Walk) -> Iterator[Finding]:
    heads = [tuple(row) for row in connection.execute(select(ledger_head))]
    if heads != [(1, walk.rows, walk.last_hash)]:
        yield Finding(Fault.WRONG_HEAD, row=walk.rows)
    stored: dict[Any, int] = {(row[0], row[1]): row[2] for row in connection.execute(_BALANCES)}
    differing = {
        key for key in stored.keys() | walk.balances.keys() if stored.get(key) != walk.balances.get(key)
    }
    for product_id in sorted({product_id for _location_id, product_id in differing}):
        yield Finding(Fault.WRONG_BALANCE, detail=f"p{product_id}")


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
