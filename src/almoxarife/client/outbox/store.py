"""The outbox itself: a table of movements with what became of each, shared by all programs of one user."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from almoxarife.client.outbox.file import OutboxFile
from almoxarife.client.outbox.rows import Counts, Kept, Outgoing, Problem, Receipt, State
from almoxarife.client.outbox.scans import KeptScans

# Long enough for a server that was put back to a copy of weeks ago.
KEPT_FOR = timedelta(days=60)
MOST_SHOWN = 1_000
_COLUMNS = "id, username, body, product_name, made_at, state, tried, problem, answer"
_DECIDED = "('refused', 'missing')"


class Outbox:
    """The movements that one user of this computer has registered at one server; safe to use from several threads.

    Every method raises OutboxFailed when the file cannot be read or written. ``scans``: what was scanned into counts,
    in the same file.
    """

    def __init__(self, folder: Path, server: str) -> None:
        self._file = OutboxFile(folder)
        self._server = server
        self.scans = KeptScans(self._file, server)

    @property
    def folder(self) -> Path:
        """Where the file is."""
        return self._file.folder

    @property
    def damaged(self) -> Path | None:
        """Where a file that could not be read was put when this one was begun."""
        return self._file.damaged

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    # -- on the way out

    def put(self, username: str, movements: Sequence[Outgoing]) -> None:
        """Keep movements to be sent, in this order, all or none; when this returns they are on the disk.

        One that was refused before, or discarded, goes out again under its id as it is now.
        """
        now = _text(datetime.now(UTC))
        with self._file.transaction() as database:
            for movement in movements:
                database.execute(
                    "INSERT INTO movement (server, username, id, body, product_name, made_at, state)"
                    " VALUES (?, ?, ?, ?, ?, ?, 'waiting') ON CONFLICT (server, id) DO UPDATE SET"
                    " body = excluded.body, product_name = excluded.product_name, state = 'waiting'"
                    " WHERE state IN ('refused', 'missing', 'discarded')",
                    (
                        self._server,
                        username,
                        movement.id,
                        json.dumps(movement.body),
                        movement.product_name,
                        now,
                    ),
                )

    def next(self, username: str) -> Kept | None:
        """Return what is to be sent next in a user's name."""
        found = self._select("state = 'waiting' AND username = ? ORDER BY place LIMIT 1", username)
        return found[0] if found else None

    def change_body(self, id: str, body: Mapping[str, object]) -> None:
        """Say what is really sent of a movement."""
        self._update("body = ?", "state = 'waiting' AND id = ?", json.dumps(body), id)

    def note_sent(self, id: str, answer: Mapping[str, object], receipt: Receipt) -> None:
        """Take note that the server has a movement, by its row of it."""
        with self._file.transaction() as database:
            database.execute(
                "UPDATE movement SET state = 'sent', answer = ?, sequence = ?, receipt = ?, problem = NULL,"
                " settled_at = ? WHERE server = ? AND id = ?",
                (
                    json.dumps(answer),
                    receipt.sequence,
                    receipt.hash,
                    _text(datetime.now(UTC)),
                    self._server,
                    id,
                ),
            )
            self._raise_receipt(database, receipt)

    def note_refused(self, id: str, problem: Problem) -> None:
        """Take note that the server will not have a movement as it is."""
        where = "state = 'waiting' AND id = ?"
        self._update("state = 'refused', problem = ?", where, _json_of(problem), id)

    def note_unanswered(self, id: str, problem: Problem) -> None:
        """Take note that a movement may or may not have reached the server."""
        where = "state = 'waiting' AND id = ?"
        self._update("tried = tried + 1, problem = ?", where, _json_of(problem), id)

    # -- what a person sees and decides

    def find(self, ids: Sequence[str]) -> list[Kept]:
        """Return movements by their ids, in the order in which they were registered."""
        marks = ", ".join("?" * len(ids))
        return self._select(f"id IN ({marks}) ORDER BY place", *ids)

    def open_ones(self) -> list[Kept]:
        """Return what waits and what is to be decided about, of all users, in order; no more than can be shown."""
        states = "state IN ('waiting', 'refused', 'missing')"
        return self._select(f"{states} ORDER BY place LIMIT {MOST_SHOWN}")

    def counts(self) -> Counts:
        """Return how many wait and how many are to be decided about."""
        with self._file.reading() as database:
            rows = database.execute(
                "SELECT state, count(*) FROM movement"
                " WHERE server = ? AND state IN ('waiting', 'refused', 'missing') GROUP BY state",
                (self._server,),
            ).fetchall()
        return Counts(**dict(rows))

    def send_again(self, ids: Sequence[str]) -> None:
        """Let movements that a person has decided about go out again, as they are and under the same ids."""
        for id in ids:
            self._update("state = 'waiting'", f"state IN {_DECIDED} AND id = ?", id)

    def discard(self, ids: Sequence[str]) -> None:
        """Let refused and missing movements never go out, and those that never left; call it while nothing is sent."""
        now = _text(datetime.now(UTC))
        for id in ids:
            never_left = "(state = 'waiting' AND tried = 0)"
            where = f"(state IN {_DECIDED} OR {never_left}) AND id = ?"
            self._update("state = 'discarded', settled_at = ?", where, now, id)

    # -- receipts

    def receipt(self) -> Receipt | None:
        """Return the last receipt that the server gave."""
        with self._file.reading() as database:
            row = database.execute(
                "SELECT sequence, receipt FROM receipt WHERE server = ?", (self._server,)
            ).fetchone()
        return Receipt(*row) if row else None

    def receipts(self) -> list[Receipt]:
        """Return the receipts of all movements that were sent and are still kept, the newest first."""
        with self._file.reading() as database:
            rows = database.execute(
                "SELECT sequence, receipt FROM movement WHERE server = ? AND state = 'sent'"
                " ORDER BY sequence DESC",
                (self._server,),
            ).fetchall()
        return [Receipt(*row) for row in rows]

    def note_missing(self, last: Receipt | None) -> int:
        """Take note that the ledger has nothing any more of what came after ``last``; return how many are missing."""
        after = last.sequence if last is not None else 0
        with self._file.transaction() as database:
            missing = database.execute(
                "UPDATE movement SET state = 'missing' WHERE server = ? AND state = 'sent' AND sequence > ?",
                (self._server, after),
            ).rowcount
            database.execute("DELETE FROM receipt WHERE server = ?", (self._server,))
            if last is not None:
                self._raise_receipt(database, last)
        return missing

    def forget_old(self) -> None:
        """Forget what was sent or discarded long ago."""
        before = _text(datetime.now(UTC) - KEPT_FOR)
        with self._file.transaction() as database:
            database.execute(
                "DELETE FROM movement WHERE state IN ('sent', 'discarded') AND settled_at < ?", (before,)
            )

    def _raise_receipt(self, database: sqlite3.Connection, receipt: Receipt) -> None:
        database.execute(
            "INSERT INTO receipt VALUES (?, ?, ?) ON CONFLICT (server) DO UPDATE"
            " SET sequence = excluded.sequence, receipt = excluded.receipt"
            " WHERE excluded.sequence > receipt.sequence",
            (self._server, receipt.sequence, receipt.hash),
        )

    # -- the file

    def _select(self, where: str, *values: object) -> list[Kept]:
        with self._file.reading() as database:
            rows = database.execute(
                f"SELECT {_COLUMNS} FROM movement WHERE server = ? AND {where}", (self._server, *values)
            ).fetchall()
        return [_kept(row) for row in rows]

    def _update(self, change: str, where: str, *values: object) -> None:
        *changed, id = values
        with self._file.transaction() as database:
            database.execute(
                f"UPDATE movement SET {change} WHERE server = ? AND {where}", (*changed, self._server, id)
            )


def _kept(row: Sequence[Any]) -> Kept:
    id, username, body, product_name, made_at, state, tried, problem, answer = row
    made: State = state
    return Kept(
        id,
        username,
        json.loads(body),
        product_name,
        datetime.fromisoformat(made_at),
        made,
        tried,
        Problem(**json.loads(problem)) if problem else None,
        json.loads(answer) if answer else None,
    )


def _json_of(problem: Problem) -> str:
    return json.dumps({"message": problem.message, "code": problem.code, "field": problem.field})


def _text(instant: datetime) -> str:
    return instant.isoformat(timespec="microseconds")
