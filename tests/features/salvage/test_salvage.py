"""What a damaged file still holds is saved; what cannot be proved is set apart and told."""

from __future__ import annotations

import random
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from almoxarife.features.salvage import rules
from almoxarife.features.salvage.rules import Receipt
from almoxarife.features.salvage.service import put_in_place, salvage
from almoxarife.features.verification.service import contains_receipt, verify_everything
from almoxarife.ledger.verify import Fault
from almoxarife.storage import schema
from almoxarife.storage.database import Database
from tests.databases import migrate_to

from .damaging import ENTRIES, PAGE, Unwatched, everything, leaves, overwrite, receipt_of, root_of, saved

_OPEN = """
import sqlite3, sys, time
connection = sqlite3.connect(sys.argv[1])
print(len(connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()), flush=True)
time.sleep(60)
"""


def test_a_healthy_file_comes_out_equal(shop: Path, damaged: Path) -> None:
    outcome = saved(damaged, receipt_of(shop, 17))
    assert outcome.is_whole
    assert (outcome.end, outcome.known_end, outcome.receipt) == (ENTRIES, ENTRIES, Receipt.PROVED)
    assert everything(outcome.path) == everything(shop)
    with closing(sqlite3.connect(outcome.path)) as new, closing(sqlite3.connect(shop)) as old:
        schemas = [set(one.execute("SELECT type, name, sql FROM sqlite_master")) for one in (new, old)]
        found = new.execute("SELECT count(*) FROM product_search('\"produto 7\"')").fetchone()
    assert schemas[0] == schemas[1]
    assert found == (1,)


@pytest.mark.usefixtures("_quickly")
@pytest.mark.parametrize("page", ["first", "root", "log"])
def test_without_the_pages_that_lead_to_them_rows_are_found_all_the_same(
    shop: Path, damaged: Path, page: str
) -> None:
    if page == "log":
        # What a program had in its memory for readers is of no use, and its log is nonsense.
        damaged.with_name(damaged.name + "-wal").write_bytes(b"nada" * 3_000)
    else:
        number = 1 if page == "first" else root_of(damaged, "movement")
        overwrite(damaged, number, bytes(PAGE))
    outcome = saved(damaged)
    assert outcome.end == ENTRIES
    assert outcome.report.findings == ()
    assert outcome.is_whole == (page == "log")
    got, there = everything(outcome.path), everything(shop)
    assert got["movement"] == there["movement"]
    assert got["product"] == there["product"]
    assert got["balance"] == there["balance"]
    assert outcome.tables["movement"].strays == (0 if page == "log" else ENTRIES)
    if page == "first":
        # Nobody is logged in by what was found outside its table.
        assert got["access_token"] == []


@pytest.mark.usefixtures("_quickly")
def test_the_end_of_what_is_proved_is_told_and_the_rest_is_set_apart(shop: Path, damaged: Path) -> None:
    third = leaves(damaged, "movement")[2]
    overwrite(damaged, third, b"\xa5" * PAGE)
    outcome = saved(damaged, receipt_of(shop, ENTRIES))

    movements = outcome.tables["movement"]
    assert not outcome.is_whole
    assert 0 < outcome.end < ENTRIES
    assert outcome.known_end == ENTRIES
    assert outcome.report.findings == ()
    assert (movements.saved, movements.lost_pages) == (outcome.end, 1)
    assert 0 < movements.apart < ENTRIES - outcome.end
    assert outcome.receipt is Receipt.APART
    assert outcome.apart is not None
    kept = (outcome.apart / "movement.csv").read_text("utf-8-sig").splitlines()
    assert len(kept) == 1 + movements.apart
    assert kept[-1].startswith(f"after_break;{ENTRIES};")
    assert kept[-1].endswith(receipt_of(shop, ENTRIES)[1].hex())
    with closing(Database(f"sqlite:///{outcome.path.as_posix()}")) as database:
        assert contains_receipt(database, *receipt_of(shop, outcome.end))
        assert verify_everything(database).rows == outcome.end


@pytest.mark.usefixtures("_quickly")
def test_of_a_file_that_was_cut_off_its_beginning_is_saved(shop: Path, damaged: Path) -> None:
    whole = damaged.read_bytes()
    cut = (leaves(damaged, "movement")[5] - 1) * PAGE + 1_000
    damaged.write_bytes(whole[:cut])
    outcome = saved(damaged, (ENTRIES, bytes(32)))
    assert 0 < outcome.end < ENTRIES
    assert outcome.receipt is Receipt.NOWHERE
    assert outcome.tables["product"].saved == 30
    there = everything(shop)["movement"]
    assert everything(outcome.path)["movement"] == [row for row in there if int(str(row[0])) <= outcome.end]


@pytest.mark.usefixtures("_quickly")
def test_flipped_bits_are_put_right_or_told(shop: Path, damaged: Path) -> None:
    random_bits = random.Random(20_261_129)
    whole = shop.read_bytes()
    there = everything(shop)
    mended = 0
    for _each in range(6):
        page = random_bits.choice(leaves(shop, "movement"))
        content = bytearray(whole)
        content[(page - 1) * PAGE + random_bits.randrange(PAGE)] ^= 1 << random_bits.randrange(8)
        damaged.write_bytes(content)
        outcome = saved(damaged)
        mended += len(outcome.mended)
        assert outcome.report.findings == ()
        # What is in the new ledger is what was written.
        assert all(row in there["movement"] for row in everything(outcome.path)["movement"])
        assert outcome.end == ENTRIES or not outcome.is_whole
        outcome.path.unlink()
        if outcome.apart is not None:
            shutil.rmtree(outcome.apart)
    assert mended >= 3


@pytest.mark.usefixtures("_quickly")
def test_what_movements_name_and_is_lost_gets_a_stand_in(damaged: Path) -> None:
    for name in ("product", "account", "reason"):
        overwrite(damaged, root_of(damaged, name), bytes(PAGE))
    outcome = saved(damaged)
    assert outcome.end == ENTRIES
    assert len(outcome.tables["product"].stand_ins) == 30
    assert outcome.tables["account"].stand_ins == [1]
    # Born with every database.
    assert outcome.tables["reason"].saved == 0
    got = everything(outcome.path)
    assert len(got["reason"]) == 5
    assert got["product"][0][1] == "(perdido) 1"
    # Until somebody has given them their names again, they are named.
    assert {finding.fault for finding in outcome.report.findings} == {Fault.CHANGED_NAME}


def test_a_file_of_an_earlier_version_is_brought_to_this_one(tmp_path: Path) -> None:
    path = tmp_path / "antigo.db"
    with (
        closing(Database(f"sqlite:///{path.as_posix()}")) as database,
        database.schema_change() as connection,
    ):
        migrate_to(connection, "0001")
        connection.execute(
            text(
                "INSERT INTO product (id, name, name_key, search_text, created_at, checksum) "
                "VALUES (1, 'Café', 'café', 'cafe', 0, x'00')"
            )
        )
    outcome = salvage(path, None, Unwatched(), str)
    with closing(Database(f"sqlite:///{outcome.path.as_posix()}")) as database:
        schema.check(database)
    assert outcome.tables["product"].saved == 1


def _nonsense(path: Path) -> None:
    path.write_bytes(b"isto e uma carta" * 1_000)


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


def _written_to(path: Path) -> None:
    return


@pytest.mark.usefixtures("_quickly")
@pytest.mark.parametrize(
    ("damage", "refusal"),
    [(_nonsense, rules.NothingToSave), (Path.unlink, rules.NoFile), (_written_to, rules.SourceChanged)],
)
def test_what_cannot_be_saved_is_refused_and_leaves_nothing(
    damaged: Path,
    tmp_path: Path,
    damage: Callable[[Path], None],
    refusal: type[Exception],
) -> None:
    damage(damaged)
    there = sorted(path.name for path in tmp_path.iterdir())

    class Busy(Unwatched):
        def begin(self, stage: str) -> None:
            if refusal is rules.SourceChanged and stage == "verify":
                with damaged.open("ab") as file:
                    file.write(b"mais")

    with pytest.raises(refusal):
        salvage(damaged, None, Busy(), str)
    assert sorted(path.name for path in tmp_path.iterdir()) == there


def test_a_newer_file_and_a_name_that_is_taken_are_refused(damaged: Path) -> None:
    with pytest.raises(rules.TargetTaken):
        salvage(damaged, damaged, Unwatched(), str)
    _newer(damaged)
    with pytest.raises(schema.SchemaTooNew):
        salvage(damaged, None, Unwatched(), str)


@contextmanager
def _opened_elsewhere(path: Path) -> Iterator[None]:
    """Let another program have a database open, as a system that stands idle does."""
    command = [sys.executable, "-c", _OPEN, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as program:
        try:
            assert program.stdout is not None
            assert program.stdout.readline() == b"1\n"
            yield
        finally:
            program.kill()


@pytest.mark.skipif(
    sys.platform == "win32", reason="there the system itself refuses, and knows no such modes"
)
@pytest.mark.usefixtures("_quickly")
def test_the_new_file_takes_the_place_of_the_damaged_one(damaged: Path) -> None:
    overwrite(damaged, root_of(damaged, "movement"), bytes(PAGE))
    damaged.chmod(0o600)
    before = damaged.read_bytes()
    outcome = saved(damaged)
    with _opened_elsewhere(damaged), pytest.raises(rules.SourceInUse):
        put_in_place(outcome.path, damaged)
    assert damaged.read_bytes() == before
    aside = put_in_place(outcome.path, damaged)
    assert aside.read_bytes() == before
    assert stat.S_IMODE(damaged.stat().st_mode) == 0o600
    with closing(Database(f"sqlite:///{damaged.as_posix()}")) as database:
        assert verify_everything(database).findings == ()
    assert not outcome.path.exists()
    # What the next programs make is theirs.
    for left in ("-wal", "-shm"):
        damaged.with_name(damaged.name + left).unlink(missing_ok=True)
