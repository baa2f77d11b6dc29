"""Proof of the ledger: recompute chain and balances from the rows themselves."""

from __future__ import annotations

import struct
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DBAPIError

from almoxarife.ledger.rules import GENESIS_HASH, chain_hash
from almoxarife.ledger.store import read_head
from almoxarife.ledger.tables import balance, movement

_ROWS_PER_FETCH = 5_000
_READ_ALL = select(movement).order_by(movement.c.sequence)


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


def verify(connection: Connection) -> Report:
    """Recompute hash chain, sequence and balances in one snapshot and compare them with what is stored.

    Reads every movement once, in constant memory but for one sum per product and location. A chain that
    breaks is told by its first row; what comes after a break can prove nothing and is not compared.
    """
    findings = _damage(connection)
    rows, last_hash = 0, GENESIS_HASH
    sums: defaultdict[tuple[int, int], int] = defaultdict(int)
    try:
        for row in connection.execution_options(yield_per=_ROWS_PER_FETCH).execute(_READ_ALL):
            if row.sequence != rows + 1:
                findings.append(Finding(Fault.GAP, row=rows + 1))
                break
            if _hash(last_hash, tuple(row)) != row.hash:
                findings.append(Finding(Fault.CHANGED_ROW, row=row.sequence))
                break
            rows, last_hash = row.sequence, row.hash
            sums[row.from_location, row.product_id] -= row.quantity
            sums[row.to_location, row.product_id] += row.quantity
        else:
            findings += _head_and_balances(connection, rows, last_hash, sums)
    except (DBAPIError, ValueError) as fault:
        findings.append(Finding(Fault.DAMAGED_FILE, row=rows + 1, detail=type(fault).__name__))
    return Report(rows, last_hash, tuple(findings))


def _hash(previous: bytes, row: tuple[object, ...]) -> bytes:
    """Recompute a row's hash; a value that our own form cannot hold gives no hash at all."""
    try:
        sequence, movement_id, *rest = row[:-1]
        return chain_hash(previous, sequence, movement_id, *rest)  # type: ignore[arg-type]
    except (struct.error, TypeError):
        return b""


def _head_and_balances(
    connection: Connection, rows: int, last_hash: bytes, sums: dict[tuple[int, int], int]
) -> list[Finding]:
    findings = []
    head = read_head(connection)
    if (head.sequence, head.hash) != (rows, last_hash):
        findings.append(Finding(Fault.WRONG_HEAD, row=rows, detail=str(head.sequence)))
    stored = {(row.location_id, row.product_id): row.quantity for row in connection.execute(select(balance))}
    for location_id, product_id in sorted(stored.keys() | sums.keys()):
        key = location_id, product_id
        if stored.get(key, 0) != sums.get(key, 0):
            findings.append(Finding(Fault.WRONG_BALANCE, detail=f"p{product_id}"))
    return findings


def _damage(connection: Connection) -> list[Finding]:
    """Ask SQLite about its own pages and indexes; PostgreSQL checks its pages by itself."""
    if connection.dialect.name != "sqlite":
        return []
    try:
        answers = [row[0] for row in connection.execute(text("PRAGMA integrity_check(5)"))]
        orphans = connection.execute(text("PRAGMA foreign_key_check")).first()
    except DBAPIError as fault:
        return [Finding(Fault.DAMAGED_FILE, detail=str(fault.orig))]
    findings = [Finding(Fault.DAMAGED_FILE, detail=answer) for answer in answers if answer != "ok"]
    if orphans is not None:
        findings.append(Finding(Fault.DAMAGED_FILE, detail=f"foreign key: {orphans[0]} {orphans[1]}"))
    return findings
