"""The other process of a verification: what it proves is what one process proves, and damage is told alike."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection

from almoxarife.ledger import chain, damage, second_process
from almoxarife.ledger.chain import Division, follow, last_movement
from almoxarife.ledger.rules import FIRST_LOCATIONS, Head
from almoxarife.ledger.second_process import SecondProcess
from almoxarife.ledger.verify import Fault, Finding, Report, verify
from almoxarife.ledger.walk import Walk
from almoxarife.storage.database import Database
from tests.databases import behind_its_back, only_sqlite

from .shop import NUT, Shop
from .sqlite_file import rows_of

LOCATIONS = {place.id: place for place in FIRST_LOCATIONS}
# Of the fourteen movements in pages of four, those behind the cut are the other process's.
CUT = 4
WAIT_LIMIT_S = 60


class Watched(SecondProcess):
    """Tells when it is given a part of the chain, and what it made of it."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.asked = threading.Event()
        self.part: Walk | None = None

    def walk(self, after: int, last: int) -> Walk | None:
        assert after == CUT
        self.asked.set()
        self.part = super().walk(after, last)
        return self.part

    def wait(self, _connection: Connection) -> list[Finding]:
        """Keep the proof from beginning before the chain is cut: a check that finds nothing."""
        assert self.asked.wait(WAIT_LIMIT_S)
        return []


def path_of(database: Database) -> Path:
    path = database.sqlite_path()
    assert path is not None
    return path


@pytest.fixture
def second(
    busy: Shop, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Iterator[Watched]:
    """Another process, although there is little to do."""
    monkeypatch.setattr(second_process, "_WORTH_A_PROCESS_BYTES", 0)
    monkeypatch.setattr(chain, "_WORTH_DIVIDING", 1)
    with Watched(path_of(busy.database)) as second:
        assert second.may_walk
        yield second
    # A process that is ended in the middle of something says nothing of it.
    assert capfd.readouterr() == ("", "")


def unnoticed(second: SecondProcess) -> list[str]:
    """Otherwise the chain is not cut where an index does not fit its table."""
    SecondProcess.damage(second)
    return []


def alone(database: Database) -> Report:
    with database.snapshot() as connection:
        return verify(connection, (), SecondProcess(None))


def both(database: Database, second: Watched) -> Report:
    with database.snapshot() as connection:
        return verify(connection, (second.wait,), second)


@only_sqlite
def test_two_processes_prove_what_one_proves(busy: Shop, second: Watched) -> None:
    assert both(busy.database, second) == alone(busy.database)
    assert second.part is not None
    assert (second.part.begin.sequence, second.part.rows) == (CUT, 14)


@only_sqlite
@pytest.mark.parametrize(
    ("change", "found"),
    [
        (f"UPDATE movement SET quantity = quantity + 1 WHERE sequence = {CUT}", (Fault.CHANGED_ROW, CUT)),
        (
            f"UPDATE movement SET hash = CAST(id || id AS BLOB) WHERE sequence = {CUT}",
            (Fault.CHANGED_ROW, CUT),
        ),
        (f"DELETE FROM movement WHERE sequence = {CUT}", (Fault.GAP, CUT)),
        (f"UPDATE movement SET account_id = 2 WHERE sequence = {CUT + 1}", (Fault.CHANGED_ROW, CUT + 1)),
        (f"DELETE FROM movement WHERE sequence = {CUT + 1}", (Fault.GAP, CUT + 1)),
        ("UPDATE movement_detail SET unit_cost = 1 WHERE sequence = 9", (Fault.CHANGED_ROW, 9)),
        ("UPDATE movement SET product_id = 'p' WHERE sequence = 14", (Fault.CHANGED_ROW, 14)),
        ("UPDATE balance SET quantity = 7 WHERE product_id = 2", (Fault.WRONG_BALANCE, 0)),
        ("UPDATE lot_balance SET quantity = 7", (Fault.WRONG_LOT_BALANCE, 0)),
    ],
)
def test_damage_is_told_with_the_same_row_and_words(
    busy: Shop, monkeypatch: pytest.MonkeyPatch, change: str, found: tuple[Fault, int]
) -> None:
    """Before the cut, on either side of it, and beyond; whether or not it shows in the file, too."""
    monkeypatch.setattr(second_process, "_WORTH_A_PROCESS_BYTES", 0)
    monkeypatch.setattr(chain, "_WORTH_DIVIDING", 1)
    monkeypatch.setattr(Watched, "damage", unnoticed)
    behind_its_back(busy.database, change)
    with Watched(path_of(busy.database)) as second:
        report = both(busy.database, second)
    assert report == alone(busy.database)
    assert found in {(finding.fault, finding.row) for finding in report.findings}


@only_sqlite
def test_movements_that_came_after_it_began(
    busy: Shop, second: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second, "damage", list(second.damage()).copy)
    busy.write(busy.entry(NUT, 1))
    report = both(busy.database, second)
    assert (report.rows, report.findings) == (15, ())
    assert second.part is not None
    assert second.part.rows == 14


@only_sqlite
def test_a_process_that_is_killed_while_it_walks(
    busy: Shop, second: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert second._process is not None
    found = second.damage()
    second._process.kill()
    second._process.wait()
    monkeypatch.setattr(second, "damage", found.copy)
    assert both(busy.database, second) == alone(busy.database)
    assert (second.asked.is_set(), second.part) == (True, None)


@only_sqlite
def test_a_part_that_begins_elsewhere_is_not_joined(busy: Shop) -> None:
    with busy.database.snapshot() as connection:
        walk = Walk()
        division = Division(walk, last_movement(connection))
        assert division.give_away() is None
        division.cut = CUT
        assert follow(connection, walk, LOCATIONS, division) is None
        assert walk.rows == CUT
        for begin in (Head(CUT, bytes(32)), Head(CUT - 1, walk.last_hash)):
            part = Walk(begin)
            part.details = 1
            assert not walk.join(part)
        assert (walk.rows, walk.details) == (CUT, 0)


@only_sqlite
def test_a_part_keeps_its_sums_on_the_way_between_processes(busy: Shop) -> None:
    with busy.database.snapshot() as connection:
        whole, walk = Walk(), Walk()
        follow(connection, whole, LOCATIONS)
        division = Division(walk, 14)
        division.cut = CUT
        follow(connection, walk, LOCATIONS, division)
    with damage.opened(path_of(busy.database)) as raw:
        part = Walk.heard(second_process._proved(raw, CUT, 14).told())
    assert walk.join(part)
    for one in (walk, whole):
        assert one.lots
    assert vars(walk) | {"_moved": walk.balances()} == vars(whole) | {"_moved": whole.balances()}
    assert walk.products() == whole.products()


@only_sqlite
def test_damage_is_told_as_one_process_tells_it(busy: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    busy.database.close()
    path = path_of(busy.database)
    place = rows_of(path, "sqlite_autoindex_movement_1")[3].columns[0]
    data = bytearray(path.read_bytes())
    data[place.start : place.stop] = bytes(len(place))
    path.write_bytes(data)
    here = damage.damage(path)
    monkeypatch.setattr(second_process, "_WORTH_A_PROCESS_BYTES", 0)
    with closing(busy.database), Watched(path) as second:
        monkeypatch.setattr(damage, "damage", None)
        assert second.damage() == here != []


@only_sqlite
@pytest.mark.parametrize("program", ["no such program", "true"])
def test_without_another_process_it_is_done_here(
    busy: Shop, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, program: str
) -> None:
    """It cannot be started, or ends without a word."""
    silent = tmp_path / "true"
    silent.write_text("#!/bin/sh\n")
    silent.chmod(0o700)
    monkeypatch.setattr(second_process, "_WORTH_A_PROCESS_BYTES", 0)
    monkeypatch.setattr("sys.executable", str(tmp_path / program))
    with SecondProcess(path_of(busy.database)) as second:
        assert second.may_walk == (program == "true")
        assert second.damage() == []
        assert second.walk(CUT, 14) is None
