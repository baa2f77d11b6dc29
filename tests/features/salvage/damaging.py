"""Damaging a file, saving it, and looking at what came of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from almoxarife.features.salvage.service import Outcome, salvage
from almoxarife.ledger.store import hash_at
from almoxarife.storage.database import Database

PAGE = 4_096
ENTRIES = 400


class Unwatched:
    """Nobody looks."""

    def begin(self, stage: str) -> None:
        pass

    def step(self, rows: int) -> None:
        pass


def saved(path: Path, receipt: tuple[int, bytes] | None = None) -> Outcome:
    before = path.read_bytes()
    outcome = salvage(path, None, Unwatched(), str, receipt)
    assert path.read_bytes() == before
    assert outcome.path.parent == path.parent
    return outcome


def everything(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as connection:
        names = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {
            name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr)
            for name in names
            if not name.startswith("product_search")
        }


def root_of(path: Path, name: str) -> int:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
        ((root,),) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,))
    return int(root)


def receipt_of(path: Path, sequence: int) -> tuple[int, bytes]:
    with closing(Database(f"sqlite:///{path.as_posix()}")) as database, database.snapshot() as connection:
        digest = hash_at(connection, sequence)
    assert digest is not None
    return sequence, digest


def overwrite(path: Path, page: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(content)


def leaves(path: Path, name: str) -> list[int]:
    """The pages that a root leads to, in order (https://www.sqlite.org/fileformat2.html#b_tree_pages)."""
    root = root_of(path, name)
    page = path.read_bytes()[(root - 1) * PAGE : root * PAGE]
    assert page[0] == 5
    count = int.from_bytes(page[3:5])
    cells = [int.from_bytes(page[12 + 2 * at : 14 + 2 * at]) for at in range(count)]
    return [*(int.from_bytes(page[at : at + 4]) for at in cells), int.from_bytes(page[8:12])]
