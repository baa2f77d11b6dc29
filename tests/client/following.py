"""A feed that says what it is told to, and a reader that follows it."""

from __future__ import annotations

import hashlib
import json
import socket
import time
from collections.abc import Sequence

from almoxarife.client.alerts import Alert
from almoxarife.client.errors import ClientError
from almoxarife.client.feed import FeedReader, News
from almoxarife.client.movements import Entry
from almoxarife.client.session import Session
from almoxarife.client.stream import Stream

from .hostile import Behaviour, HostileServer, answer, hang

LIMIT_S = 10.0
SILENCE_S = 0.4


def receipt(sequence: int, ledger: str = "a") -> str:
    return hashlib.sha256(f"{ledger} {sequence}".encode()).hexdigest()


def event(sequence: int, ledger: str = "a") -> str:
    row = {
        "id": f"00000000-0000-4000-8000-{sequence:012d}",
        "produto_id": "p1",
        "nome_produto": "Parafuso 10mm",
        "quantidade": 50,
        "registrado_por": "maria",
        "timestamp": "2026-11-24T02:37:15.123456Z",
        "sequencia": sequence,
        "recibo": receipt(sequence, ledger),
    }
    return f"id: {sequence}\nevent: movimento\ndata: {json.dumps(row)}\n\n"


def stream(text: str, *, then: Behaviour = hang, chunked: bool = True) -> Behaviour:
    """Begin a stream, say something, and then do something else."""

    def behave(connection: socket.socket) -> None:
        head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
        body = ": oi\n\n" + text
        if chunked:
            head += "Transfer-Encoding: chunked\r\n"
            body = f"{len(body.encode()):x}\r\n{body}\r\n"
        connection.sendall(f"{head}\r\n{body}".encode())
        then(connection)

    return behave


def chunk(text: str) -> Behaviour:
    """Say more on a stream, then be silent."""

    def behave(connection: socket.socket) -> None:
        connection.sendall(f"{len(text):x}\r\n{text}\r\n".encode())
        time.sleep(30)

    return behave


class Following:
    """A reader of a server whose feed is on the same port."""

    def __init__(
        self,
        server: HostileServer,
        *streams: Behaviour,
        after: int = 0,
        of: str = "a",
        first: Sequence[Behaviour] = (),
    ) -> None:
        """``first``: what comes before the health and the stream of each of ``streams``; the reader starts at once."""
        health = answer(200, {"estado": "ok", "versao": "1", "eventos": server.url + "/eventos"})
        server.behaviours = [*first, *(each for one in streams for each in (health, one))]
        self.server = server
        self.session = Session(server.url)
        self.session.token = "token"
        self.reader = FeedReader(
            self.session,
            open_stream=lambda remote: Stream(trust_environment=remote, silence_limit_s=SILENCE_S),
        )
        self.entries: list[Entry] = []
        self.alerts: list[Alert] = []
        self.missed_alerts = False
        self.errors: list[ClientError] = []
        self.news = News([], live=False)
        self.reader.start(after, receipt(after, of)[:16] if after else "")

    def look(self) -> News:
        self.news = self.reader.take()
        self.entries += self.news.entries
        self.alerts += self.news.alerts
        self.missed_alerts = self.missed_alerts or self.news.missed_alerts
        if self.news.error and (not self.errors or self.errors[-1] is not self.news.error):
            self.errors.append(self.news.error)
        return self.news

    def until_entries(self, count: int) -> None:
        end = time.monotonic() + LIMIT_S
        while len(self.entries) < count:
            assert time.monotonic() < end, self.errors
            self.look()
            time.sleep(0.005)

    def until_error(self, kind: type[ClientError]) -> ClientError:
        end = time.monotonic() + LIMIT_S
        while not any(type(error) is kind for error in self.errors):
            assert time.monotonic() < end, (self.errors, self.news)
            self.look()
            time.sleep(0.005)
        return self.errors[-1]

    @property
    def sequences(self) -> list[int]:
        return [entry.sequence for entry in self.entries]

    @property
    def requests(self) -> list[str]:
        """The requests for a stream."""
        return [seen.line for seen in self.server.seen if "/eventos" in seen.line]
