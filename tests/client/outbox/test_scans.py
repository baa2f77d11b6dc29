"""What the file of the outbox keeps of scans into counts."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from almoxarife.client.errors import OutboxFailed
from almoxarife.client.outbox.file import FILE_NAME, VERSION
from almoxarife.client.outbox.rows import Counts
from almoxarife.client.outbox.scans import KeptScan, Placed, Settled
from almoxarife.client.outbox.store import Outbox

from .ledger import SERVER, movement


def scan(number: int, shelf: str = "a", username: str = "maria") -> KeptScan:
    return KeptScan(f"id-{number}", username, "c1", f"code {number}", shelf, "", recount=False)


def test_scans_are_kept_in_order_each_once_until_they_are_settled(outbox: Outbox, tmp_path: Path) -> None:
    again = replace(scan(2), recount=True, place_id="l6", times="2.5")
    outbox.scans.change([again, scan(1), scan(3), Settled("id-3"), scan(1)])
    outbox.close()
    other = Outbox(tmp_path, SERVER)
    assert other.scans.of("maria") == [again, scan(1)]
    other.scans.change([Settled("id-2")])
    assert other.scans.of("maria") == [scan(1)]
    # They are nobody's movements.
    assert other.counts() == Counts()
    other.close()


def test_a_label_places_what_was_scanned_at_its_shelf_and_nothing_else(outbox: Outbox) -> None:
    outbox.scans.change([scan(1), scan(2, "b"), scan(3), Placed("a", "l6")])
    assert [kept.place_id for kept in outbox.scans.of("maria")] == ["l6", "", "l6"]


def test_each_user_and_each_server_has_its_own(outbox: Outbox, tmp_path: Path) -> None:
    other = Outbox(tmp_path, "http://loja:5000")
    outbox.scans.change([scan(1), scan(2, username="joão")])
    other.scans.change([scan(1), Placed("a", "l9")])
    other.scans.change([Settled("id-2")])
    assert [kept.id for kept in outbox.scans.of("joão")] == ["id-2"]
    assert (outbox.scans.of("maria"), outbox.scans.of("ana")) == ([scan(1)], [])
    other.close()


def test_a_file_of_the_version_before_gets_room_for_them_and_loses_nothing(
    outbox: Outbox, tmp_path: Path
) -> None:
    outbox.put("maria", [movement(1)])
    outbox.close()
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as database:
        database.execute("DROP TABLE count_scan")
        database.execute("PRAGMA user_version = 1")
    outbox.scans.change([scan(1)])
    assert (outbox.scans.of("maria"), outbox.counts()) == ([scan(1)], Counts(waiting=1))
    outbox.close()
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (VERSION,)


def test_what_cannot_be_kept_is_said_and_nothing_is_kept_by_halves(outbox: Outbox) -> None:
    assert outbox.scans.of("maria") == []
    connection = outbox._file._held.connection()
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(OutboxFailed):
        outbox.scans.change([replace(scan(number), text="x" * 1_000) for number in range(40)])
    assert outbox.scans.of("maria") == []
