"""One changed byte in any row that is kept: the proof does not hold any more."""

from __future__ import annotations

import random
from contextlib import closing
from pathlib import Path

from almoxarife.features.verification.service import verify_everything
from almoxarife.ledger.rules import Kind
from almoxarife.storage.database import Database
from tests.databases import only_sqlite
from tests.ledger.shop import Shop
from tests.ledger.sqlite_file import Row, rows_of

TABLES = (
    "movement",
    "balance",
    "ledger_head",
    "product",
    "location",
    "movement_detail",
    "lot",
    "lot_balance",
    "reason",
    "unit",
)
# An account's password, and whether it is weak, may change at any time: nothing tells what they were.
MUTABLE_COLUMNS = (3, 4)
SAMPLE = 250
# SQLite says with a zero before a row that a value is NULL, and reads these two, which it keeps for itself, as NULL,
# too: every value is as it was written (https://www.sqlite.org/fileformat2.html#record_format). 128 makes one number of
# it and the next: where only such zeros follow, one value less is said to be there, and that one is NULL as it was.
ALSO_NULL = (10, 11, 128)


@only_sqlite
def test_one_changed_byte_is_found(database: Database, tmp_path: Path) -> None:
    shop = Shop(database)
    for units in range(1, 30):
        shop.write(shop.entry(1 + units % 3, units))
    shop.lot(1)
    shop.place(6, "Prateleira")
    [_entry, loss] = shop.written(
        shop.draft(Kind.ENTRY, units=9, lot_id=1, unit_cost=12_500, note="caixa amassada", document="NF 7"),
        shop.draft(Kind.LOSS, units=2, lot_id=1, reason_id=2),
    )
    shop.written(shop.draft(Kind.TRANSFER, units=7, lot_id=1, target=6), shop.reversal(loss, lot_id=1))
    database.close()
    path = database.sqlite_path()
    assert path is not None
    positions = [offset for table in TABLES for row in rows_of(path, table) for offset in row.whole]
    positions += [offset for row in rows_of(path, "account") for offset in names_in(row)]
    seed = random.randrange(2**32)
    print(f"seed {seed}")
    chance = random.Random(seed)
    original = path.read_bytes()
    assert findings_in(original, tmp_path) == ()
    for offset in chance.sample(positions, SAMPLE):
        damaged = bytearray(original)
        others = set(range(256)) - {original[offset]} - (set(ALSO_NULL) if original[offset] == 0 else set())
        damaged[offset] = chance.choice(sorted(others))
        assert findings_in(damaged, tmp_path), f"byte {offset}: {original[offset]} became {damaged[offset]}"


def names_in(account: Row) -> list[int]:
    return [
        offset
        for number, column in enumerate(account.columns)
        if number not in MUTABLE_COLUMNS
        for offset in column
    ]


def findings_in(data: bytes | bytearray, folder: Path) -> tuple[object, ...]:
    path = folder / "damaged.db"
    for leftover in folder.glob("damaged.db*"):
        leftover.unlink()
    path.write_bytes(data)
    with closing(Database(f"sqlite:///{path.as_posix()}")) as database:
        return verify_everything(database).findings
