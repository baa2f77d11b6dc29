"""Damage to SQLite's files told as one kind of fault."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import DatabaseError


class DamagedFile(DatabaseError):
    """What stands in a file is no database any more, or no text."""


@contextmanager
def damage_as_fault() -> Iterator[None]:
    """Raise DamagedFile where Python's module cannot even decode what SQLite says.

    SQLite quotes the names in a damaged schema, and what stands in their place need not be UTF-8.
    """
    try:
        yield
    except UnicodeDecodeError as fault:
        raise DamagedFile(fault.object.decode(errors="backslashreplace")) from fault
