"""Sends what the outbox keeps: the oldest first, one program at a time, until the server has answered definitely."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from almoxarife.client.errors import BadAnswer, Refused, SessionExpired, Unavailable, Unreachable
from almoxarife.client.movements import read_entry
from almoxarife.client.outbox.rows import Kept, Problem, Receipt
from almoxarife.client.outbox.store import Outbox
from almoxarife.file_lock import try_lock

LOCK_NAME = "caixa-de-saida.lock"
# So many are sent before the caller hears of them.
PER_RUN = 20
# What is sent later than that says when it happened.
LATE = timedelta(minutes=10)
# A server that fails over and over at one movement must not hold up all that come after it.
MOST_FAILURES = 5
EFFECTIVE = "data_efetiva"
CONFLICT = "id_em_conflito"
_logger = logging.getLogger(__name__)

Post = Callable[[str, Mapping[str, object]], Mapping[str, object]]


@dataclass
class Report:
    """What a run has come to: what was settled, in order; whether more waits, or another program is sending.

    ``missing``: how many that were sent before the server has no longer, when it has not its last receipt; else None.
    """

    settled: list[Kept] = field(default_factory=list)
    more: bool = False
    busy: bool = False
    missing: int | None = None


class Delivery:
    """Sends the movements of an outbox.

    ``post`` does ``POST /inventario`` in a user's name and returns the server's row.
    """

    def __init__(
        self, outbox: Outbox, post: Post, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._outbox = outbox
        self._post = post
        self._now = now

    def run(self, username: str, report: Report) -> None:
        """Send what waits in a user's name, a few at the most, and put into ``report`` what was settled.

        Raises OutboxFailed, and what kept the oldest from being settled: SessionExpired, Unreachable, Unavailable or
        BadAnswer. Everything is kept then.
        """
        with sending(self._outbox.folder) as alone:
            if not alone:
                report.busy = True
                return
            for _number in range(PER_RUN):
                kept = self._outbox.next(username)
                if kept is None:
                    return
                self._send(kept, report)
            report.more = self._outbox.next(username) is not None

    def withdraw(self, ids: list[str]) -> bool:
        """Discard what was decided about or never left; return False when another program is sending just now."""
        with sending(self._outbox.folder) as alone:
            if alone:
                self._outbox.discard(ids)
            return alone

    def _send(self, kept: Kept, report: Report) -> None:
        body = self._dated(kept)
        try:
            self._settle(kept, self._posted(kept, body))
        except SessionExpired:
            raise
        except Unavailable as error:
            if error.status == 500 and kept.tried + 1 >= MOST_FAILURES:
                self._refuse(kept, error)
            else:
                self._outbox.note_unanswered(kept.id, Problem(error.message, error.code))
                raise
        except Refused as error:
            self._refuse(kept, error)
        except (Unreachable, BadAnswer) as error:
            self._outbox.note_unanswered(kept.id, Problem(error.message))
            raise
        report.settled += self._outbox.find([kept.id])

    def _posted(self, kept: Kept, body: Mapping[str, object]) -> Mapping[str, object]:
        try:
            return self._post(kept.username, body)
        except Refused as error:
            if body is kept.body or (error.field != EFFECTIVE and error.code != CONFLICT):
                raise
            # This computer's clock is wrong, and the server's is as good as it gets; or the movement had arrived
            # without its date, and this program or computer ended before it heard of that.
            self._outbox.change_body(kept.id, kept.body)
            return self._post(kept.username, kept.body)

    def _dated(self, kept: Kept) -> Mapping[str, object]:
        """Return what to send: of what could not leave in time, with the instant at which it happened.

        Not of what has been tried before: the same id has to be the same movement.
        """
        late = self._now() - kept.made_at > LATE
        if not late or kept.tried or EFFECTIVE in kept.body or kept.body.get("tipo") == "estorno":
            return kept.body
        body = {**kept.body, EFFECTIVE: f"{kept.made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"}
        self._outbox.change_body(kept.id, body)
        return body

    def _settle(self, kept: Kept, row: Mapping[str, object]) -> None:
        entry = read_entry(row)
        self._outbox.note_sent(kept.id, row, Receipt(entry.sequence, entry.receipt))

    def _refuse(self, kept: Kept, error: Refused) -> None:
        _logger.warning("the server refused movement %s: %s %s", kept.id, error.status, error.code)
        self._outbox.note_refused(kept.id, Problem(error.message, error.code, error.field or ""))


@contextlib.contextmanager
def sending(folder: Path) -> Iterator[bool]:
    """Hold the right to send, or yield False while somebody else of the same outbox holds it."""
    try:
        lock = (folder / LOCK_NAME).open("ab")
    except OSError:
        # Without the folder there is nothing to send either.
        yield False
        return
    with lock:
        yield try_lock(lock)
