"""What a database's faults mean: try again, or believe nothing more before the file was opened anew."""

from __future__ import annotations

import errno
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    NotSupportedError,
    ProgrammingError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout

from almoxarife.errors import Unavailable
from almoxarife.sqlite_faults import DamagedFile, damage_as_fault

RETRY_AFTER_S = 2
# EX_TEMPFAIL of sysexits.h: started again, the program goes on from what is on disk.
EXIT_BROKEN = 75

# SQLite keeps the index of its log in shared memory. That it cannot grow (the disk is full) loses nothing.
_HARMLESS = {sqlite3.SQLITE_IOERR_SHMOPEN, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_SHMMAP}
# Reasons that stay until somebody does something, other than that one has to wait for another.
LASTING = frozenset({"full", "read_only", "read_only_disk", "disk", "damaged"})
_PRIMARY_CODE = 0xFF
_REASONS = {
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_READONLY: "read_only",
    sqlite3.SQLITE_CANTOPEN: "read_only",
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_IOERR: "disk",
    sqlite3.SQLITE_CORRUPT: "damaged",
    sqlite3.SQLITE_NOTADB: "damaged",
}
# PostgreSQL's own (https://www.postgresql.org/docs/current/errcodes-appendix.html): disk_full,
# read_only_sql_transaction, lock_not_available, io_error, data_corrupted, index_corrupted.
_STATES = {
    "53100": "full",
    "25006": "read_only",
    "55P03": "locked",
    "58030": "disk",
    "XX001": "damaged",
    "XX002": "damaged",
}


@contextmanager
def refusals(file: Path | None = None) -> Iterator[None]:
    """Turn the driver's faults (gone, full, locked, read-only) into one refusal that can be retried.

    ``file``: the database's, where it is one.
    A violated constraint is the caller's own matter and passes through; so does a statement that cannot be right.
    """
    try:
        with damage_as_fault():
            yield
    except DamagedFile as fault:
        raise Unavailable(retry_after_s=RETRY_AFTER_S, reason="damaged") from fault
    except (IntegrityError, ProgrammingError, DataError, NotSupportedError):
        raise
    except (DBAPIError, PoolTimeout) as fault:
        # SQLite says "error", without more, of a table that is not there or a statement that makes no sense.
        if _sqlite_code(fault) == sqlite3.SQLITE_ERROR:
            raise
        raise Unavailable(retry_after_s=RETRY_AFTER_S, reason=reason_of(fault, file)) from fault


def reason_of(fault: DBAPIError | PoolTimeout, file: Path | None = None) -> str:
    """Return in a word why the database cannot serve.

    ``full`` (disk), ``read_only``, ``read_only_disk`` (all of it, as after an error that the system found), ``locked``
    (by another program), ``disk`` (a read or write failed), ``damaged``, or ``away``: it does not answer.
    """
    code = _sqlite_code(fault)
    if code is not None:
        reason = _REASONS.get(code & _PRIMARY_CODE, "away")
        of_disk = reason in {"read_only", "disk"} and file is not None and takes_nothing(file.parent)
        return "read_only_disk" if of_disk else reason
    return _STATES.get(getattr(getattr(fault, "orig", None), "sqlstate", None) or "", "away")


def takes_nothing(folder: Path) -> bool:
    """Tell whether the file system of a folder can only be read; what it says of itself need not be so."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return False
    except OSError as fault:
        return fault.errno == errno.EROFS


def is_broken(fault: DBAPIError) -> bool:
    """Tell whether SQLite could not read or write its file, or found nonsense in it.

    After a failed fsync the operating system may have dropped what was to be written and call the next fsync a
    success: what this process knows and what is on disk need not be the same any more.
    """
    code = _sqlite_code(fault)
    if code is None or code in _HARMLESS:
        return False
    return code & _PRIMARY_CODE in {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


def damage(refusal: Unavailable) -> str | None:
    """Return SQLite's own words when a refusal comes from a damaged file, None when it comes from anything else."""
    cause = refusal.__cause__
    if isinstance(cause, DamagedFile):
        return str(cause)
    return str(cause.orig) if isinstance(cause, DBAPIError) and is_broken(cause) else None


def _sqlite_code(fault: DBAPIError | PoolTimeout) -> int | None:
    """Return SQLite's extended result code (https://www.sqlite.org/rescode.html), None where there is none."""
    code: int | None = getattr(getattr(fault, "orig", None), "sqlite_errorcode", None)
    return code
