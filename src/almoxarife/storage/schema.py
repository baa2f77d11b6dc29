"""The database's schema: brought up to date on SQLite at start, on PostgreSQL on command."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from almoxarife.config import ConfigError
from almoxarife.errors import DomainError, Unavailable
from almoxarife.ownership import hand_over, make_folder
from almoxarife.storage import copying
from almoxarife.storage.database import Database
from almoxarife.storage.faults import RETRY_AFTER_S, takes_nothing

# The newest revision in migrations/versions. Alembic knows it too, but takes long to import.
HEAD = "0015"

# Stands behind the revision while everything is being moved here from another database.
_MOVING = "-mudanca"

# SQLite's quick check reads so much in about a second; of larger files the copies' proof finds damage.
_LOOKED_THROUGH_BYTES = 1 << 29

_MIGRATIONS = Path(__file__).parent / "migrations"


class SchemaTooNew(DomainError):
    """A newer version of the program has migrated this database: ``found`` is its revision, ``known`` ours."""


class SchemaOutdated(DomainError):
    """The database must be migrated before it can be used: from revision ``found`` (maybe "") to ``needed``."""


class MoveUnfinished(DomainError):
    """Everything was being moved to this database from another one, and that has not come to its end."""


class NotOurDatabase(ConfigError):
    """What the address leads to is no database, or another program's."""

    def __init__(self, *, value: str = "…", reason: str = "not_ours") -> None:
        super().__init__(setting="banco", value=value, reason=reason)


class NoDatabase(NotOurDatabase):
    """The address leads to no file: ``value`` is where one was looked for."""

    def __init__(self, path: Path) -> None:
        super().__init__(value=str(path), reason="no_database")


def prepare(database: Database) -> None:
    """Make the database ready for this program, when the server starts.

    SQLite makes its folder and migrates itself, after a copy of what was there. PostgreSQL, which several servers
    may share, is migrated on command only.
    Raises SchemaOutdated (PostgreSQL), SchemaTooNew, NotOurDatabase, Unavailable, OSError (no folder).
    """
    if database.is_sqlite:
        migrate(database)
        _look_through(database)
        return
    check(database)


def _look_through(database: Database) -> None:
    """Find damage, and a file that may only be read, at the start and not at the first sale. Raises Unavailable."""
    path = database.sqlite_path()
    if path is not None and path.stat().st_size <= _LOOKED_THROUGH_BYTES:
        with database.snapshot() as connection:
            found = connection.execute(text("PRAGMA quick_check(1)")).scalar_one()
        if found != "ok":
            raise Unavailable(retry_after_s=RETRY_AFTER_S, reason="damaged") from sqlite3.DatabaseError(found)
    if path is not None and takes_nothing(path.parent):
        # SQLite finds that out with the first row, and not before.
        fault = OSError(errno.EROFS, os.strerror(errno.EROFS))
        raise Unavailable(retry_after_s=RETRY_AFTER_S, reason="read_only_disk") from fault
    try:
        with database.unit_of_work():
            pass
    except Unavailable as refusal:
        # Another program writes at present: so it can be written to.
        if refusal.parameters.get("reason") != "locked":
            raise


def check(database: Database) -> None:
    """Return when the database can be used as it is; nothing is made or changed.

    Raises SchemaOutdated, SchemaTooNew, NotOurDatabase, Unavailable.
    """
    path = database.sqlite_path()
    if path is not None and not path.exists():
        # Asked about it, SQLite would make it.
        raise NoDatabase(path)
    found = _current(database)
    if found != HEAD:
        _refuse_unknown(found)
        raise SchemaOutdated(found=found or "", needed=HEAD)


def migrate(database: Database) -> bool:
    """Bring the schema to the newest revision in one transaction; return whether there was anything to do.

    An SQLite database with content is first copied to a file beside it. Whoever migrates at the same time waits.
    Raises SchemaTooNew, NotOurDatabase, Unavailable, OSError (no folder, no room for the copy).
    """
    path = database.sqlite_path()
    if path is not None:
        make_folder(path.parent)
    if _current(database) == HEAD:
        return False
    with database.schema_change() as connection:
        found = _revision(connection)
        if found == HEAD:
            return False
        _refuse_unknown(found)
        if found is not None and path is not None:
            _copy(path)
        _upgrade(connection)
        _check_foreign_keys(connection)
    if found is None and path is not None:
        hand_over(path, path.parent)
    return True


def make_as_of(database: Database, revision: str | None) -> None:
    """Make the tables of a version, the newest for None, in a new file. Raises SchemaTooNew, Unavailable, OSError."""
    if revision is not None:
        _refuse_unknown(revision)
    with database.schema_change() as connection:
        _upgrade(connection, revision or HEAD)


def begin_move(database: Database, clear: Callable[[Connection], None]) -> None:
    """Make the tables, ``clear`` them, and let no program use them before ``end_move``; go on with what has begun.

    Only a database without tables, or one of this version, can be moved to; whether somebody has used the latter
    is for the caller to find out.
    Raises SchemaOutdated, SchemaTooNew, MoveUnfinished (by another version), NotOurDatabase, Unavailable, OSError.
    """
    path = database.sqlite_path()
    found = _current(database) if path is None or path.exists() else None
    if found == HEAD + _MOVING:
        return
    if found is None:
        migrate(database)
    elif found != HEAD:
        _refuse_unknown(found)
        raise SchemaOutdated(found=found, needed=HEAD)
    with database.unit_of_work() as connection:
        clear(connection)
        _set_revision(connection, HEAD + _MOVING)


def end_move(database: Database) -> None:
    """Let programs use the database. Raises Unavailable."""
    with database.unit_of_work() as connection:
        _set_revision(connection, HEAD)


def _set_revision(connection: Connection, revision: str) -> None:
    connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})


def _current(database: Database) -> str | None:
    """Return the revision of the database, None for an empty one."""
    try:
        with database.snapshot() as connection:
            return _revision(connection)
    except Unavailable as fault:
        cause = getattr(fault.__cause__, "orig", None)
        if getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_NOTADB:
            raise NotOurDatabase(reason="no_sqlite") from fault
        raise


def _revision(connection: Connection) -> str | None:
    tables = inspect(connection).get_table_names()
    if "alembic_version" not in tables:
        if tables:
            raise NotOurDatabase()
        return None
    revision: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return revision


def _refuse_unknown(found: str | None) -> None:
    """Raise SchemaTooNew for a revision that this program has no migration to, MoveUnfinished for half a database."""
    if found is None:
        return
    if found.endswith(_MOVING):
        raise MoveUnfinished()
    known = {path.name[1:5] for path in (_MIGRATIONS / "versions").glob("m[0-9]*_*.py")}
    if found not in known:
        raise SchemaTooNew(found=found, known=HEAD)


def _upgrade(connection: Connection, revision: str = "head") -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    # Alembic reads its settings like an .ini file, where a percent sign begins a substitution.
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _check_foreign_keys(connection: Connection) -> None:
    """A schema change runs without SQLite's foreign keys: look for orphans before anything is committed."""
    if connection.dialect.name != "sqlite":
        return
    orphan = connection.execute(text("PRAGMA foreign_key_check")).first()
    if orphan is not None:
        raise AssertionError(f"the migration left a row of {orphan[0]} without its {orphan[2]}")


def _copy(path: Path) -> None:
    """Copy the database as it is committed now to ``<name>.antes-da-<revision>.db`` beside it, on disk.

    An earlier copy is never overwritten: the new one gets a number.
    """
    target = copying.unused(path.parent, f"{path.stem}.antes-da-{HEAD}", ".db")
    unfinished = target.with_name(target.name + ".parcial")
    unfinished.unlink(missing_ok=True)
    copying.copy_sqlite(path, unfinished, lambda _done, _total: None)
    hand_over(unfinished, path)
    unfinished.replace(target)
    copying.flush_folder(path.parent)
