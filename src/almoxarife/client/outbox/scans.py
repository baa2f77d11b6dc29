"""What was scanned into counts and is not with the server yet, in the file of the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from almoxarife.client.outbox.file import OutboxFile

# Of one person, and no more are read at a time; the others follow the next time.
MOST_READ = 10_000


@dataclass(frozen=True)
class KeptScan:
    """A scan as it came, before anybody knows what it stands for; ``id`` will be that of its line.

    ``shelf``: stands for the place and all that was scanned there, until a label says which place it is. An empty
    ``place_id``: that of the count. ``times``: how often it was scanned, a decimal number.
    """

    id: str
    username: str
    count_id: str
    text: str
    shelf: str
    place_id: str
    recount: bool
    times: str = "1"


@dataclass(frozen=True)
class Settled:
    """The server has a scan, or has refused it."""

    id: str


@dataclass(frozen=True)
class Placed:
    """A label has told which place a shelf is; what was scanned there counts there."""

    shelf: str
    place_id: str


Change: TypeAlias = KeptScan | Settled | Placed


class KeptScans:
    """The scans that people have made at one server and that have no line there; safe to use from several threads.

    Every method raises OutboxFailed when the file cannot be read or written.
    """

    def __init__(self, file: OutboxFile, server: str) -> None:
        self._file = file
        self._server = server

    def change(self, changes: Sequence[Change]) -> None:
        """Take note of changes, in this order, all or none; when this returns they are on the disk."""
        with self._file.transaction() as database:
            for change in changes:
                if isinstance(change, KeptScan):
                    database.execute(
                        "INSERT INTO count_scan"
                        " (server, id, username, count_id, text, shelf, place_id, recount, times)"
                        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        " ON CONFLICT (server, id) DO NOTHING",
                        (self._server, *vars(change).values()),
                    )
                elif isinstance(change, Settled):
                    database.execute(
                        "DELETE FROM count_scan WHERE server = ? AND id = ?", (self._server, change.id)
                    )
                else:
                    database.execute(
                        "UPDATE count_scan SET place_id = ? WHERE server = ? AND shelf = ?",
                        (change.place_id, self._server, change.shelf),
                    )

    def of(self, username: str) -> list[KeptScan]:
        """Return what somebody has scanned, in order."""
        with self._file.reading() as database:
            rows = database.execute(
                "SELECT id, username, count_id, text, shelf, place_id, recount, times FROM count_scan"
                " WHERE server = ? AND username = ? ORDER BY place LIMIT ?",
                (self._server, username, MOST_READ),
            ).fetchall()
        return [_kept(row) for row in rows]


def _kept(row: Sequence[Any]) -> KeptScan:
    id, username, count_id, text, shelf, place_id, recount, times = row
    return KeptScan(id, username, count_id, text, shelf, place_id, bool(recount), times)
