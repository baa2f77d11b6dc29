"""Copies of a database's file, and putting one in its place: SQLite."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from pathlib import Path

from almoxarife.clock import MICROSECONDS, shop_zone
from almoxarife.ownership import hand_over
from almoxarife.sqlite_faults import damage_as_fault

_SIDE_FILES = ("", "-wal", "-shm")
# After so many SQLite says how far it has come; the whole copy is one state of the database all the same.
_PAGES = 2_000
# Whoever has a database with a log open holds a lock on these.
_FIRST_SHARED_BYTE, _SHARED_BYTES = 0x4000_0002, 510

# Told how many bytes are done, and of how many.
Step = Callable[[int, int], None]


class InUse(Exception):
    """Another program has the database open."""


def copy_sqlite(source: Path, target: Path, step: Step) -> None:
    """Copy a database as it is committed at one instant, while others write, to a new file, on disk.

    Raises sqlite3.Error, OSError.
    """
    address = source.absolute().as_uri() + "?mode=ro"
    with (
        damage_as_fault(),
        closing(sqlite3.connect(address, uri=True, isolation_level=None)) as origin,
        closing(sqlite3.connect(target, isolation_level=None)) as copy,
    ):
        # Held open, so that all pages are of the same state; SQLite would begin anew whenever somebody has written.
        origin.execute("BEGIN")
        origin.execute("SELECT count(*) FROM sqlite_master").fetchone()
        (size,) = origin.execute("PRAGMA page_size").fetchone()

        def told(_status: int, remaining: int, total: int) -> None:
            step((total - remaining) * size, total * size)

        origin.backup(copy, pages=_PAGES, progress=told, sleep=0)
        copy.execute("PRAGMA journal_mode=DELETE")
    flush(target)


def let_go_of_log(path: Path) -> None:
    """Bring all of a database into its one file; raise InUse when somebody else has it open.

    A damaged file is left as it is. Raises OSError.
    """
    if not path.exists():
        return
    try:
        with (
            damage_as_fault(),
            closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as connection,
        ):
            # SQLite leaves the log only for who is alone.
            if connection.execute("PRAGMA journal_mode=DELETE").fetchone() == ("wal",):
                raise InUse
    except sqlite3.OperationalError as fault:
        if fault.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:
            raise InUse from fault
    except sqlite3.DatabaseError:
        # Nonsense cannot be opened; it is moved aside as it is.
        return


def is_open_elsewhere(path: Path) -> bool:
    """Tell whether another program has a database open; nothing of it is changed. Raises OSError.

    Source of the bytes that SQLite locks: https://www.sqlite.org/src/file/src/os.h
    """
    if sys.platform == "win32":
        # What is open cannot be renamed there.
        return False
    import fcntl

    with path.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, _SHARED_BYTES, _FIRST_SHARED_BYTE)
        except BlockingIOError:
            return True
    return False


def replace_sqlite(path: Path, new: Path, aside: Path) -> None:
    """Put a file in the place of a database, which goes ``aside`` with its log, if it has one. Raises OSError.

    It is given to that one's owner, or else the folder's, where this user may do that; who could read that one can read
    the new one, and nobody else.
    """
    if path.exists():
        shutil.copymode(path, new)
    hand_over(new, path if path.exists() else path.parent)
    for ending in reversed(_SIDE_FILES):
        present = path.with_name(path.name + ending)
        if present.exists():
            present.rename(aside.with_name(aside.name + ending))
    new.rename(path)
    flush_folder(path.parent)


def stamp(instant_us: int) -> str:
    """Return an instant (microseconds since the epoch) as part of a file's name, by the shop's clock."""
    return f"{datetime.fromtimestamp(instant_us // MICROSECONDS, shop_zone()):%Y-%m-%d-%H%M%S}"


def unused(folder: Path, name: str, ending: str) -> Path:
    """Return a path in a folder that nothing has yet: a name that is taken gets a number."""
    path, number = folder / f"{name}{ending}", 1
    while path.exists():
        number += 1
        path = folder / f"{name}-{number}{ending}"
    return path


def flush(path: Path) -> None:
    """Have the system write a file to the disk."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_folder(folder: Path) -> None:
    """Have the system write the names in a folder to the disk; Windows offers no such call."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
