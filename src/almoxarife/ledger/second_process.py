"""The second process of a verification: it looks at SQLite's file, then proves an end of the chain.

It says only what it proved: whoever hears nothing from it does the work itself, in his own words. The chain may be cut
anywhere, because each part is proved from the hash that stands before it, and with that it is joined to the part before
(docs/decisions/0047). The program takes a file's name. It imports little, so that it begins at once.
"""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from almoxarife import sqlite_locks
from almoxarife.ledger import damage
from almoxarife.ledger.rules import Detail, Head, Location
from almoxarife.ledger.walk import COUNT_DETAILS, DETAILS, PAGE, SEQUENCE, Walk

# A file from which on a second process is worth its start: some 20,000 movements.
_WORTH_A_PROCESS_BYTES = 4 * 1024 * 1024
_ROWS_PER_PAGE = 1_000

_HASH = "SELECT hash FROM movement WHERE sequence = ?"
_LOCATIONS = f"SELECT {', '.join(Location._fields)} FROM location"  # noqa: S608 - names of ours

if sys.platform == "win32":
    _NEW_GROUP = subprocess.CREATE_NEW_PROCESS_GROUP
else:
    _NEW_GROUP = 0


class SecondProcess:
    """The other process, where there is a large file and the system lets one be started."""

    def __init__(self, path: Path | None) -> None:
        """Let it begin to look at a file."""
        self._path = path
        self._process: subprocess.Popen[str] | None = None
        with suppress(OSError):
            if path is not None and path.stat().st_size >= _WORTH_A_PROCESS_BYTES:
                self._process = _started(path)

    def damage(self) -> list[str]:
        """Return what ``damage.damage`` does; found out here when the other process does not say. To be asked once."""
        found = self._heard()
        if found is None:
            return damage.damage(self._path) if self._path is not None else []
        answers: list[str] = json.loads(found)
        return answers

    @property
    def may_walk(self) -> bool:
        """Whether there is another process."""
        return self._process is not None

    def walk(self, after: int, last: int) -> Walk | None:
        """Let it follow the chain from the movement that follows ``after`` to ``last``, or where it ends for it.

        Return None when that is not whole. To be asked once at the most, after ``damage``.
        """
        if self._process is None or self._process.stdin is None:
            return None
        with suppress(OSError):
            self._process.stdin.write(f"{json.dumps([after, last])}\n")
            self._process.stdin.flush()
        told = self._heard()
        return Walk.heard(told) if told else None

    def _heard(self) -> str | None:
        """Return its next line, None when it ended before that was complete."""
        if self._process is None or self._process.stdout is None:
            return None
        line = self._process.stdout.readline()
        return line[:-1] if line.endswith("\n") else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _fault: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """End it, whatever it is at."""
        if self._process is not None:
            self._process.kill()
            # Waits for it, and closes the pipes.
            with suppress(OSError):
                self._process.__exit__(None, None, None)


def _started(path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "almoxarife.ledger.second_process", str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="ascii",
        # Ctrl-C is for the program that was called.
        start_new_session=sys.platform != "win32",
        creationflags=_NEW_GROUP,
    )


def _work(path: Path) -> None:
    """Say what is wrong with a file; then, when asked for a part of the chain, tell of it if it is whole."""
    with damage.opened(path) as connection:
        _say(json.dumps(damage.damage_of(connection)))
        if asked := sys.stdin.readline():
            _say(_proved(connection, *json.loads(asked)).told())


def _proved(connection: sqlite3.Connection, after: int, last: int) -> Walk:
    """Follow a part of the chain. Raises whatever when something in it is not as it was written."""
    (begin,) = connection.execute(_HASH, (after,)).fetchone()
    walk = Walk(Head(after, begin))
    locations = {place.id: place for place in map(Location._make, connection.execute(_LOCATIONS))}
    (with_details,) = connection.execute(COUNT_DETAILS).fetchone()
    pages = connection.execute(PAGE, {"after": after, "how_many": last - after})
    while walk.rows < last and (page := pages.fetchmany(_ROWS_PER_PAGE)):
        details = {}
        if with_details:
            ends = {"first": page[0][SEQUENCE], "last": page[-1][SEQUENCE]}
            details = {
                sequence: Detail._make(values) for sequence, *values in connection.execute(DETAILS, ends)
            }
        broken = walk.follow(page, details, locations)
        if broken is not None:
            raise ValueError(broken)
    return walk


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # There is but one thread here.
    sqlite_locks.do_without()
    # Who waits for a word that does not come finds out by himself what is the matter, and tells it.
    with suppress(Exception):
        _work(Path(sys.argv[1]))
