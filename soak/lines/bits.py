"""One flipped bit in the database or its log: noticed with the last receipt in hand, or nothing has changed."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from almoxarife.errors import DomainError
from almoxarife.features.moving import store
from almoxarife.features.verification.service import contains_receipt, verify_everything
from almoxarife.ledger.store import read_head
from almoxarife.sqlite_faults import damage_as_fault
from almoxarife.storage.database import Database
from soak import writer
from soak.line import Outcome, Tell, silent
from soak.writing import Writing

TITLE = "one flipped bit in the database or its log"
TIMES = 1_000
_ENTRIES = 300
_CONTROLS = 40
_NAME = "almoxarife.db"


def run(dice: random.Random, times: int, folder: Path, tell: Tell) -> Outcome:
    """Flip so many bits, each in a copy of its own; wrong is what was changed and not noticed."""
    return flip(dice, times, folder, tell)


def control(dice: random.Random, folder: Path) -> Outcome:
    """Trust SQLite's own check alone."""
    return flip(dice, _CONTROLS, folder, silent, trusting=True)


def flip(dice: random.Random, times: int, folder: Path, tell: Tell, *, trusting: bool = False) -> Outcome:
    """Flip so many bits; ``trusting``: with nothing but SQLite's ``integrity_check`` to notice it."""
    whole = folder / "whole"
    whole.mkdir(parents=True)
    writer.prepare(_url(whole))
    writing = Writing(_url(whole), {})
    writing.wait_for(_ENTRIES)
    # A killed writer leaves its log.
    writing.kill()
    copy = _copied(whole, folder / "right")
    right = _everything(copy)
    with closing(Database(_url(copy))) as database, database.snapshot() as connection:
        head = read_head(connection)
    wrong = 0
    for number in range(times):
        copy = _copied(whole, folder / "flipped")
        _flip_one(dice, copy)
        noticed = _sqlite_notices(copy) if trusting else _is_noticed(copy, head.sequence, head.hash)
        if not noticed and _everything(copy) != right:
            wrong += 1
        tell(f"{number + 1}: {wrong} not noticed")
    return Outcome(times, head.sequence, 0, 0, wrong)


def _copied(whole: Path, copy: Path) -> Path:
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    for path in whole.iterdir():
        if not path.name.endswith("-shm"):
            shutil.copy(path, copy)
    return copy


def _flip_one(dice: random.Random, folder: Path) -> None:
    files = sorted(path for path in folder.iterdir() if path.stat().st_size)
    (path,) = dice.choices(files, [file.stat().st_size for file in files])
    content = bytearray(path.read_bytes())
    content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    path.write_bytes(content)


def _is_noticed(folder: Path, sequence: int, receipt: bytes) -> bool:
    try:
        with closing(Database(_url(folder))) as database:
            findings = verify_everything(database).findings
            return bool(findings) or not contains_receipt(database, sequence, receipt)
    except DomainError:
        return True


def _sqlite_notices(folder: Path) -> bool:
    try:
        with damage_as_fault(), closing(sqlite3.connect(folder / _NAME)) as connection:
            return bool(connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",))
    except sqlite3.DatabaseError:
        return True


def _everything(folder: Path) -> object:
    """Return every row of every table; a text where they cannot be read."""
    try:
        with closing(Database(_url(folder))) as database, database.snapshot() as connection:
            return [
                [tuple(row.values()) for page in store.pages(connection, table) for row in page]
                for table in store.tables()
            ]
    except (DomainError, ValueError) as fault:
        return str(fault)


def _url(folder: Path) -> str:
    return f"sqlite:///{(folder / _NAME).as_posix()}"
