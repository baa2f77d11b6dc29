"""What a database's faults mean: try again, or stop and believe nothing more."""

from __future__ import annotations

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    NotSupportedError,
    ProgrammingError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout

from almoxarife.errors import Unavailable

RETRY_AFTER_S = 2
# EX_TEMPFAIL of sysexits.h: started again, the program goes on from what is on disk.
EXIT_BROKEN = 75

# SQLite keeps the index of its log in shared memory. That it cannot grow (the disk is full) loses nothing.
_HARMLESS = {sqlite3.SQLITE_IOERR_SHMOPEN, sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_IOERR_SHMMAP}
_PRIMARY_CODE = 0xFF

_logger = logging.getLogger(__name__)


@contextmanager
def refusals() -> Iterator[None]:
    """Turn the driver's faults (gone, full, locked, read-only) into one refusal that can be retried.

    A violated constraint is the caller's own matter and passes through; so does a statement that cannot be right.
    """
    try:
        yield
    except (IntegrityError, ProgrammingError, DataError, NotSupportedError):
        raise
    except (DBAPIError, PoolTimeout) as fault:
        # SQLite says "error", without more, of a table that is not there or a statement that makes no sense.
        if _sqlite_code(fault) == sqlite3.SQLITE_ERROR:
            raise
        raise Unavailable(retry_after_s=RETRY_AFTER_S) from fault


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
    return str(cause.orig) if isinstance(cause, DBAPIError) and is_broken(cause) else None


def _sqlite_code(fault: DBAPIError | PoolTimeout) -> int | None:
    """Return SQLite's extended result code (https://www.sqlite.org/rescode.html), None where there is none."""
    code: int | None = getattr(getattr(fault, "orig", None), "sqlite_errorcode", None)
    return code


def stop_at_once() -> NoReturn:
    """End the process without another word to anyone: whoever waits gets no acknowledgement."""
    _logger.critical(
        "the database file cannot be trusted any more: the server stops and must be started again"
    )
    logging.shutdown()
    os._exit(EXIT_BROKEN)
