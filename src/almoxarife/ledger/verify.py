"""Proof of the ledger: recompute chain and balances from the rows themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, select, text

from almoxarife.ledger import damage
from almoxarife.ledger.chain import Division, count_details, follow, last_movement
from almoxarife.ledger.rules import DEFAULT_LOCATION, FIRST_LOCATIONS, Location, LocationKind, checksum
from almoxarife.ledger.second_process import SecondProcess
from almoxarife.ledger.tables import balance, ledger_head, location, lot_balance, movement
from almoxarife.ledger.walk import Break, Walk
from almoxarife.storage.prepared import Prepared, driver_cursor

_BALANCES = Prepared(select(balance.c.location_id, balance.c.product_id, balance.c.quantity))
_LOT_BALANCES = Prepared(select(lot_balance.c.location_id, lot_balance.c.lot_id, lot_balance.c.quantity))
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


def verify(
    connection: Connection, further: Iterable[Check] = (), second: SecondProcess | None = None
) -> Report:
    """Recompute hash chain, sequence and balances in one snapshot and compare them with what is stored.

    Reads every movement once, in constant memory but for one sum per product and location. A chain that
    breaks is told by its first row; what comes after a break can prove nothing and is not compared.
    ``further`` checks see the same snapshot. ``second``: a process that has begun already to look at SQLite's file.
    Never raises for what it finds in the database.
    """
    findings: list[Finding] = []
    beyond: list[Finding] = []
    walk = Walk()
    with ThreadPoolExecutor(1) as thread, second or _second_process(connection.engine) as beside:
        last = 0
        with _going_on(connection, []):
            last = last_movement(connection)
        division = Division(walk, last)
        seen_beside = thread.submit(_look_beside, beside, division)
        for check in further:
            with _going_on(connection, beyond):
                beyond.extend(check(connection))
        # Last, so that what is left of it can be shared out between the two.
        _prove_ledger(connection, walk, findings, division, lambda: seen_beside.result()[1])
        findings += seen_beside.result()[0]
    return Report(walk.rows, walk.last_hash, (*findings, *beyond))


def _second_process(engine: Engine) -> SecondProcess:
    """PostgreSQL checks its pages by itself."""
    is_file = engine.dialect.name == "sqlite" and engine.url.database
    return SecondProcess(Path(engine.url.database) if is_file and engine.url.database else None)


def _look_beside(second: SecondProcess, division: Division) -> tuple[list[Finding], Walk | None]:
    """Return what is wrong with SQLite's file, and the part of the chain that the other process has followed.

    All that is in the file is looked at but for the foreign keys of movements, which ``_strays`` does.
    """
    findings = [Finding(Fault.DAMAGED_FILE, detail=words) for words in second.damage()]
    cut = division.give_away() if second.may_walk and not findings else None
    return findings, second.walk(cut, division.last) if cut is not None else None


def proved_part(connection: Connection) -> tuple[int, bytes]:
    """Return the sequence and the hash of the last movement up to which the chain is whole. Raises UnreadableRow."""
    walk = Walk()
    locations = {row[0]: Location._make(row[:-1]) for row in connection.execute(_LOCATIONS)}
    follow(connection, walk, locations)
    return walk.rows, walk.last_hash


def _prove_ledger(
    connection: Connection,
    walk: Walk,
    findings: list[Finding],
    division: Division,
    rest: Callable[[], Walk | None],
) -> None:
    locations: dict[int, Location] = {}
    broken: Break | None = Break(0, missing=True)
    with _going_on(connection, findings):
        sums = {}
        for *values, written in connection.execute(_LOCATIONS):
            locations[values[0]], sums[values[0]] = Location._make(values), written
        findings += _changed_locations(locations, sums)
    with _going_on(connection, findings, walk):
        broken = follow(connection, walk, locations, division)
        if broken is None and division.cut is not None:
            part = rest()
            if part is not None:
                walk.join(part)
            # What the other process did not prove, or has not seen yet.
            broken = follow(connection, walk, locations)
        if broken is None:
            findings += _head_and_balances(connection, walk)
        else:
            findings.append(Finding(Fault.GAP if broken.missing else Fault.CHANGED_ROW, row=broken.row))
    with _going_on(connection, findings):
        findings += _strays(connection, walk, complete=broken is None)


@contextmanager
def _going_on(connection: Connection, findings: list[Finding], walk: Walk | None = None) -> Iterator[None]:
    """Make a finding of whatever a damaged file does to those who read it."""
    try:
        # PostgreSQL refuses everything after a fault, unless it can go back to before it.
        with connection.begin_nested():
            yield
    except Exception as fault:  # noqa: BLE001 - a flipped bit makes NULL of a number, nonsense of text, a loop of pages
        reason = getattr(fault, "orig", None) or fault
        row = walk.rows + 1 if walk else 0
        findings.append(Finding(Fault.DAMAGED_FILE, row=row, detail=f"{type(reason).__name__}: {reason}"))


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


def _head_and_balances(connection: Connection, walk: Walk) -> Iterator[Finding]:
    heads = [tuple(row) for row in connection.execute(select(ledger_head))]
    if heads != [(1, walk.rows, walk.last_hash)]:
        yield Finding(Fault.WRONG_HEAD, row=walk.rows)
    for product_id in _differing(connection, _BALANCES, walk.balances()):
        yield Finding(Fault.WRONG_BALANCE, detail=f"p{product_id}")
    for lot_id in _differing(connection, _LOT_BALANCES, walk.lots):
        yield Finding(Fault.WRONG_LOT_BALANCE, detail=f"v{lot_id}")
    if count_details(connection) != walk.details:
        yield Finding(Fault.STRAY_DETAIL, row=walk.rows)


def _differing(
    connection: Connection, statement: Prepared, right: Mapping[tuple[int, int], int]
) -> list[int]:
    """Return what has other balances somewhere than it should have, a product or a lot."""
    with driver_cursor(connection) as cursor:
        rows = statement.rows(cursor, connection.dialect, {})
    stored: dict[Any, int] = {(place, second): quantity for place, second, quantity in rows}
    if stored == right:
        return []
    differing = {key for key in stored.keys() | right.keys() if stored.get(key) != right.get(key)}
    return sorted({second for _place, second in differing})


def _strays(connection: Connection, walk: Walk, *, complete: bool) -> list[Finding]:
    """Find movements whose product or account is not there; their places were judged on the walk.

    Products and accounts of all movements are known when the walk was ``complete``: each is looked up once, not once
    for each movement. PostgreSQL's own foreign keys cannot be got around by damage to an index alone.
    """
    if connection.dialect.name != "sqlite":
        return []
    if (
        complete
        and walk.products() <= _numbers(connection, "product")
        and (walk.accounts <= _numbers(connection, "account"))
    ):
        return []
    driver: Any = connection.connection.driver_connection
    return [Finding(Fault.DAMAGED_FILE, detail=words) for words in damage.orphans(driver, movement.name)]


def _numbers(connection: Connection, table: str) -> set[int]:
    return set(connection.execute(text(f"SELECT id FROM {table}")).scalars())  # noqa: S608 - a name of ours
