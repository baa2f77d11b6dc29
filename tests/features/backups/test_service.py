"""Copies of real databases: proved, kept, put back, and refused."""

from __future__ import annotations

import gzip
import hashlib
import sqlite3
import sys
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import inspect

from almoxarife.cli.errors import sentence
from almoxarife.features.backups import rules
from almoxarife.features.backups.rules import NotACopy, Note, Unwatched, note_path
from almoxarife.features.backups.service import Backups, CopyNotGood, end_of, restore
from almoxarife.ledger.verify import Fault
from almoxarife.storage.copying_postgresql import NoTool
from almoxarife.storage.database import Database
from tests.databases import migrate_to, only_postgresql, only_sqlite
from tests.faults.verification import change_one_byte

from .shop import DAY, Shop

WATCH = Unwatched()


def test_a_copy_is_proved_and_put_back_and_what_was_there_is_kept(shop: Shop, backups: Backups) -> None:
    copy = backups.make(WATCH)
    shop.enter(5)

    note, aside = restore(copy.path, shop.url, WATCH)

    assert note == copy.note
    assert note.sequence == 10
    assert shop.rows() == 10
    kept = Database(shop.url).engine.url.set(database=aside).render_as_string(hide_password=False)
    assert end_of(kept) == 15
    assert shop.left_behind() == []
    # Life goes on from there.
    shop.enter(1)
    assert shop.rows() == 11


def test_a_copy_is_one_state_of_the_database_while_others_write(shop: Shop, backups: Backups) -> None:
    shop.enter(3_000)
    stopping = threading.Event()

    def sell_on() -> None:
        while not stopping.is_set():
            shop.enter(3)

    writer = threading.Thread(target=sell_on)
    writer.start()
    try:
        copies = [backups.make(WATCH) for _each in range(3)]
    finally:
        stopping.set()
        writer.join()

    # Each was proved by itself: a chain without gap, and balances that are the sums of just these movements.
    ends = [copy.note.sequence for copy in copies]
    assert 3_010 <= ends[0] <= ends[1] <= ends[2] <= shop.rows()
    assert ends[0] < ends[2]


def test_a_broken_chain_gives_no_copy_and_takes_none_away(shop: Shop, backups: Backups) -> None:
    backups.make(WATCH)
    shop.now += 400 * DAY
    change_one_byte(shop.url, row=7)

    with pytest.raises(CopyNotGood) as refused:
        backups.make(WATCH)

    assert [(one.fault, one.row) for one in refused.value.findings] == [(Fault.CHANGED_ROW, 7)]
    assert len(backups.listing()) == 1
    assert shop.left_behind() == []


def test_a_ledger_that_lost_its_end_gives_no_copy(shop: Shop, backups: Backups) -> None:
    early = backups.make(WATCH)
    shop.enter(5)
    shop.now += DAY
    late = backups.make(WATCH)
    restore(early.path, shop.url, WATCH)

    with pytest.raises(rules.ReceiptMissing) as refused:
        backups.make(WATCH)
    assert refused.value.parameters == {"sequence": 15, "name": late.path.name}

    # Whoever means it puts the later ones aside.
    shop.now += DAY
    folder = backups.put_aside(early.note)
    assert folder is not None
    assert sorted(path.name for path in folder.iterdir()) == [late.path.name, note_path(late.path).name]
    assert backups.make(WATCH).note.sequence == 10
    assert backups.put_aside(early.note) is None


def test_copies_that_are_too_many_are_deleted_after_a_good_one(shop: Shop, backups: Backups) -> None:
    for _day in range(9):
        shop.now += DAY
        backups.make(WATCH)

    # Seven days, among them the last of a week and of a month; each with its note.
    assert len(backups.listing()) == 7
    assert backups.last_made_at() == shop.now
    assert len(list(shop.folder.iterdir())) == 14


@only_sqlite
def test_every_flipped_bit_of_a_copy_is_noticed(shop: Shop, backups: Backups) -> None:
    copy = backups.make(WATCH)
    whole = copy.path.read_bytes()
    for position in range(0, len(whole), max(1, len(whole) // 50)):
        damaged = bytearray(whole)
        damaged[position] ^= 1 << (position % 8)
        copy.path.write_bytes(damaged)
        with pytest.raises(NotACopy):
            restore(copy.path, shop.url, WATCH)
    assert shop.rows() == 10


@only_sqlite
@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda copy, _note: copy.unlink(), "not_there"),
        (lambda _copy, note: note.unlink(), "no_note"),
        (lambda _copy, note: note.write_text("{}"), "bad_note"),
        (lambda copy, _note: copy.write_bytes(copy.read_bytes()[:-1]), "changed"),
        (
            lambda _copy, note: note.write_text(note.read_text().replace('"sqlite"', '"postgresql"')),
            "other_kind",
        ),
        (
            lambda _copy, note: note.write_text(note.read_text().replace('"sequence": 10', '"sequence": 9')),
            "other_end",
        ),
    ],
)
def test_what_is_no_good_copy_is_not_put_back(
    shop: Shop, backups: Backups, spoil: object, reason: str
) -> None:
    copy = backups.make(WATCH)
    assert callable(spoil)
    spoil(copy.path, note_path(copy.path))

    with pytest.raises(NotACopy) as refused:
        restore(copy.path, shop.url, WATCH)

    assert refused.value.parameters == {"name": copy.path.name, "reason": reason}
    assert shop.rows() == 10


def test_nothing_is_put_in_the_place_of_a_database_that_is_open(shop: Shop, backups: Backups) -> None:
    copy = backups.make(WATCH)
    database = Database(shop.url)
    with database.snapshot() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM movement")
        with pytest.raises(rules.DatabaseInUse):
            restore(copy.path, shop.url, WATCH)
    database.close()
    assert shop.rows() == 10


@only_sqlite
def test_a_database_that_is_gone_or_nonsense_is_replaced(
    shop: Shop, backups: Backups, tmp_path: Path
) -> None:
    copy = backups.make(WATCH)
    path = Database(shop.url).sqlite_path()
    assert path is not None
    path.write_bytes(b"nonsense" * 1_000)
    assert end_of(shop.url) is None
    _note, aside = restore(copy.path, shop.url, WATCH)
    assert Path(aside).read_bytes().startswith(b"nonsense")
    assert shop.rows() == 10

    elsewhere = f"sqlite:///{(tmp_path / 'novo' / 'almoxarife.db').as_posix()}"
    assert restore(copy.path, elsewhere, WATCH)[1] == ""
    assert end_of(elsewhere) == 10


@only_sqlite
def test_what_an_interrupted_copy_left_behind_is_no_copy_and_goes(shop: Shop, backups: Backups) -> None:
    class Cut(Unwatched):
        def begin(self, stage: str) -> None:
            if stage == "verify":
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backups.make(Cut())
    assert list(shop.folder.iterdir()) == []
    # Killed, it has no time to clean up.
    left = shop.folder / ".parcial-morto"
    left.mkdir()
    shop.now = left.stat().st_mtime_ns // 1_000 + 1
    backups.make(WATCH)
    assert shop.left_behind() == [left.name]
    shop.now += 2 * DAY
    backups.make(WATCH)
    assert shop.left_behind() == []


@only_postgresql
def test_a_program_that_is_not_there_is_named(
    shop: Shop, backups: Backups, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("almoxarife.storage.copying_postgresql._found", _nothing_found)
    with pytest.raises(rules.ToolMissing) as refused:
        backups.make(WATCH)
    assert refused.value.parameters == {"tool": "pg_dump"}
    assert backups.listing() == []
    assert shop.rows() == 10


@only_postgresql
@pytest.mark.skipif(sys.platform == "win32", reason="a script stands in for the program")
def test_a_program_that_is_older_than_the_server_is_told_by_its_release(
    shop: Shop, backups: Backups, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = tmp_path / "pg_dump"
    old.write_text(
        '#!/bin/sh\n[ "$1" = --version ] && echo "pg_dump (PostgreSQL) 9.6.24" || { echo mismatch >&2; exit 1; }\n'
    )
    old.chmod(0o700)
    monkeypatch.setattr("almoxarife.storage.copying_postgresql._found", lambda tool: str(old))
    with pytest.raises(rules.ToolTooOld) as refused:
        backups.make(WATCH)
    assert refused.value.parameters["tool"] == "pg_dump"
    assert refused.value.parameters["own"] == 9
    assert int(str(refused.value.parameters["server"])) > 9
    said = sentence(refused.value)
    assert said.startswith("O programa pg_dump do PostgreSQL é da versão 9, e o servidor, da versão ")
    assert backups.listing() == []
    # Of the server's own release it has another reason, which only its own words tell.
    old.write_text(old.read_text().replace("9.6.24", "99.1"))
    with pytest.raises(rules.ToolFailed) as gave_up:
        backups.make(WATCH)
    assert gave_up.value.parameters == {"tool": "pg_dump", "words": "mismatch"}


def _nothing_found(tool: str) -> str:
    raise NoTool(tool)


@only_sqlite
def test_a_copy_of_an_earlier_version_is_brought_up_to_date(shop: Shop, backups: Backups) -> None:
    """The tables of later migrations are taken away; putting the copy back makes them again."""
    copy = backups.make(WATCH)
    note = Note.from_json(note_path(copy.path).read_text())
    assert note.revision == copy.note.revision
    early = f"sqlite:///{(shop.folder / 'vazia.db').as_posix()}"
    with closing(Database(early)) as database, database.schema_change() as connection:
        migrate_to(connection, "0005")
        tables = inspect(connection)
        known = {
            name: {column["name"] for column in tables.get_columns(name)} for name in tables.get_table_names()
        }
    older = shop.folder / "antiga.db"
    older.write_bytes(gzip.decompress(copy.path.read_bytes()))
    with closing(sqlite3.connect(older)) as connection:
        for table in [
            name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        ]:
            if table not in known:
                connection.execute(f"DROP TABLE IF EXISTS {table}")
                continue
            for (column,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,)).fetchall():
                if column not in known[table]:
                    connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        connection.execute("UPDATE alembic_version SET version_num = '0005'")
        connection.commit()
    packed = gzip.compress(older.read_bytes())
    copy.path.write_bytes(packed)
    note_path(copy.path).write_text(
        replace(note, size=len(packed), sha256=hashlib.sha256(packed).hexdigest()).to_json()
    )
    restore(copy.path, shop.url, WATCH)
    assert shop.rows() == 10
