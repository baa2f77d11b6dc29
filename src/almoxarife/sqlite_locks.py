"""SQLite without a lock around each value.

Built as it usually is, SQLite takes and gives back a lock whenever a column of a row is asked for, twice for each
value by way of Python's driver: a sixth of the time that it takes to read a million rows. A process in which no
connection is ever used by two threads at once has no need of it (https://www.sqlite.org/threadsafe.html).
"""

from __future__ import annotations

import sys
from contextlib import suppress

# https://www.sqlite.org/c3ref/c_config_covering_index_scan.html
_MULTITHREAD = 2
_OK = 0


def do_without() -> bool:
    """Let connections that are opened from now on do without; tell whether they will.

    Only for a process that has no connection open, and never uses one in two threads at once. Where SQLite is not
    within reach, as on Windows, everything stays as it was.
    """
    import _sqlite3
    import ctypes

    with suppress(AttributeError, OSError):
        library = ctypes.CDLL(_sqlite3.__file__)
        # Looked up before the first is called: there must be no going half-way.
        shutdown, config, initialize = (
            library.sqlite3_shutdown,
            library.sqlite3_config,
            library.sqlite3_initialize,
        )
        # It is told nothing while it runs, and Python has let it begin already.
        if shutdown() != _OK:
            return False
        done: bool = config(_MULTITHREAD) == _OK
        initialize()
        return done
    return False


def do_without_where_unused() -> bool:
    """Do so when nobody in this process can have opened a connection yet, because none has imported the driver."""
    return "sqlite3" not in sys.modules and do_without()
