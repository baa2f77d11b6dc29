"""The live feed: entries as they are written, read in a thread of its own."""

from __future__ import annotations

import contextlib
import json
import random
import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from almoxarife.client.alerts import Alert, read_alert
from almoxarife.client.answers import bad_answer, refuse
from almoxarife.client.errors import (
    BadAnswer,
    ClientError,
    NoFeed,
    OtherLedger,
    Refused,
    SessionExpired,
    Unreachable,
)
from almoxarife.client.health import health
from almoxarife.client.introduction import wrong_server
from almoxarife.client.movements import Entry, read_entry
from almoxarife.client.server_sent import Reading, ServerSent
from almoxarife.client.session import Session
from almoxarife.client.stream import NoStream, Stream
from almoxarife.client.transport import Broken, TooLong, Untrusted
from almoxarife.config import is_loopback
from almoxarife.i18n import _

FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 15.0
# Entries that nobody has taken yet; with more, reading waits, and so does the server.
MOST_WAITING = 2_000
KIND = "movimento"
# An alert, and the word that some were not told.
ALERT, MISSED_ALERTS = "alerta", "alertas"


@dataclass(frozen=True)
class News:
    """What has come since the last look.

    ``alerts``: as they are now, in the order of their changes; ``missed_alerts``: there may be others, which were not
    told. ``live``: the feed is connected. ``error``: why it is not, None when that is not known yet. ``over``: it
    will not come back by itself, because of the error.
    """

    entries: list[Entry]
    live: bool
    error: ClientError | None = None
    over: bool = False
    alerts: tuple[Alert, ...] = ()
    missed_alerts: bool = False


class FeedReader:
    """Follows the live feed from an entry on, until it is stopped.

    A lost connection is made again, after growing pauses, and goes on after the last entry that came. Each
    connection asks for that entry too: when it does not come with the same receipt the server has another ledger.
    """

    def __init__(self, session: Session, *, open_stream: Callable[[bool], Stream] | None = None) -> None:
        """``open_stream`` is given whether proxies may be used; tests put another one in its place."""
        self._session = session
        self._open_stream = open_stream or (
            lambda remote: Stream(trust_environment=remote, authority=session.authority)
        )
        self._sequence = 0
        self._receipt = ""
        self._entries: deque[Entry] = deque()
        self._alerts: list[Alert] = []
        self._missed_alerts = False
        self._changed = threading.Condition()
        self._stopped = threading.Event()
        self._stream: Stream | None = None
        self._live = False
        self._error: ClientError | None = None
        self._over = False

    def start(self, sequence: int, receipt: str) -> None:
        """Read what comes after an entry: its sequence and the beginning of its receipt; 0 and "" for all."""
        self._sequence, self._receipt = sequence, receipt
        threading.Thread(target=self._run, name="feed", daemon=True).start()

    def take(self, most: int = MOST_WAITING) -> News:
        """Return what has come, without waiting; at most so many entries."""
        with self._changed:
            taken = [self._entries.popleft() for _ in range(min(most, len(self._entries)))]
            self._changed.notify()
            alerts, self._alerts = tuple(self._alerts), []
            missed, self._missed_alerts = self._missed_alerts, False
            return News(taken, self._live, self._error, self._over, alerts, missed)

    def stop(self) -> None:
        """End at once; what has not been taken is dropped."""
        with self._changed:
            self._stopped.set()
            self._entries.clear()
            self._alerts, self._missed_alerts = [], False
            self._changed.notify()
            if self._stream is not None:
                self._stream.close()

    def _run(self) -> None:
        pause_s = 0.0
        while not self._stopped.wait(random.uniform(0.5, 1.0) * pause_s):
            connected = False
            error: ClientError = self._unreachable()
            try:
                for _piece in self._follow():
                    connected = True
            except ClientError as caught:
                error = caught
            finally:
                with self._changed:
                    self._live = False
                    self._error = error
                    self._over = isinstance(error, (SessionExpired, OtherLedger))
            if self._over:
                return
            pause_s = FIRST_PAUSE_S if connected else min(max(2 * pause_s, FIRST_PAUSE_S), LONGEST_PAUSE_S)

    def _follow(self) -> Iterator[None]:
        """Read one stream to its end; yield whenever something has come. Raises ClientError."""
        url = health(self._session).events_url
        if url is None:
            raise NoFeed(_("The server does not push entries at present."))
        stream = self._open_stream(not is_loopback(urlsplit(url).hostname or ""))
        with self._changed:
            if self._stopped.is_set():
                return
            self._stream = stream
        # The last entry itself comes again, to be compared.
        query: dict[str, str | int] = {"depois_de": max(self._sequence - 1, 0)}
        confirmed = self._sequence == 0
        with contextlib.closing(stream.pieces(url, token=self._session.token, query=query)) as pieces:
            for number, events in enumerate(self._read(pieces)):
                if number == 0:
                    # What was raised while nobody was connected is not told again.
                    self._note_alert(None)
                for event in events:
                    if event.kind == KIND:
                        self._put(_entry_in(event))
                        confirmed = True
                    elif event.kind in (ALERT, MISSED_ALERTS):
                        self._note_alert(event)
                with self._changed:
                    self._live = confirmed and not self._stopped.is_set()
                    self._error = None
                yield

    def _read(self, pieces: Iterator[bytes]) -> Iterator[list[ServerSent]]:
        """Yield the events of each piece; what goes wrong is raised as an error of ``client.errors``."""
        reading = Reading()
        try:
            for piece in pieces:
                yield reading.take(piece)
        except NoStream as answer:
            raise _refusal(answer) from None
        except TooLong:
            raise bad_answer() from None
        except Untrusted as error:
            raise wrong_server(self._session.server_url, self._session.authority) from error
        except Broken as broken:
            raise self._unreachable() from broken

    def _put(self, entry: Entry) -> None:
        """Keep an entry, which must follow the last one, or be the last one itself."""
        if entry.sequence == self._sequence:
            if not entry.receipt.startswith(self._receipt):
                raise _other_ledger()
            return
        if entry.sequence != self._sequence + 1:
            raise bad_answer()
        with self._changed:
            self._changed.wait_for(lambda: len(self._entries) < MOST_WAITING or self._stopped.is_set())
            if not self._stopped.is_set():
                self._entries.append(entry)
        self._sequence, self._receipt = entry.sequence, entry.receipt

    def _note_alert(self, event: ServerSent | None) -> None:
        """Keep an alert; without one, or with more than anybody takes, note that some are missing."""
        alert = None
        if event is not None and event.kind == ALERT:
            # Of a newer server there may be kinds that this program does not know; entries shall go on coming.
            with contextlib.suppress(BadAnswer):
                alert = read_alert(_json_in(event))
        with self._changed:
            if self._stopped.is_set():
                return
            if alert is not None and len(self._alerts) < MOST_WAITING:
                self._alerts.append(alert)
            else:
                self._missed_alerts = True

    def _unreachable(self) -> Unreachable:
        message = _("The live connection to {address} was lost.")
        return Unreachable(message.format(address=self._session.server_url))


def _entry_in(event: ServerSent) -> Entry:
    return read_entry(_json_in(event))


def _json_in(event: ServerSent) -> object:
    try:
        return json.loads(event.data)
    except (ValueError, RecursionError):
        raise bad_answer() from None


def _refusal(answer: NoStream) -> ClientError:
    """Return the error that a complete answer in place of a stream stands for."""
    try:
        refuse(answer.reply, token_sent=True)
    except Refused as refusal:
        return _other_ledger() if refusal.code == "cursor_no_futuro" else refusal
    except ClientError as error:
        return error
    return bad_answer()


def _other_ledger() -> OtherLedger:
    return OtherLedger(_("The server's ledger is not the one that was read before."))
