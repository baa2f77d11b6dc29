"""Flask on granian's event loop.

Short requests run on the loop itself, one after the other, and an entry waits
for its commit without a thread of its own: with threads, the fight for Python's
one lock costs more than the request. Everything else runs on a thread that may
wait, as under any WSGI server.
"""

from __future__ import annotations

import asyncio
import io
import logging
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import Any

from flask import Flask

from almoxarife.errors import Unavailable
from almoxarife.hurry import TakesLong, hurried
from almoxarife.long_work import told
from almoxarife.routing.answers import JSON, LATER, READY, Later
from almoxarife.server.departure import Departure
from almoxarife.server.headers import SECURITY_HEADERS
from almoxarife.server.past_flask import PastFlask
from almoxarife.server.rsgi_body import Bodies
from almoxarife.server.rsgi_environ import File, complete, environ_of, short_environ_of
from almoxarife.server.tiny_bodies import TinyBodies
from almoxarife.server.watching import HEADER, REQUEST_ID, Observer

# Reading a longer body takes long enough for a thread.
LARGEST_SHORT_BODY = 65_536
# So short a body, as that of an entry, needs no room of its own: all connections together send 48 MiB of them.
LARGEST_TINY_BODY = 4_096
# A piece of an answer that is not taken for so long has nobody who reads it.
SEND_LIMIT_S = 60.0
_JSON_HEADERS = [("content-type", JSON), *SECURITY_HEADERS]
_NO_BODY = b""

_logger = logging.getLogger(__name__)


class Bridge:
    """What granian calls for each request; see RSGI's specification for ``scope`` and ``protocol``."""

    def __init__(
        self,
        app: Flask,
        *,
        threads: int,
        observer: Observer | None = None,
        when_asked: Callable[[], None] | None = None,
    ) -> None:
        """Serve an app; ``threads``: how many requests may wait; ``when_asked`` is called for the first request."""
        self._app = app
        self._observer = observer or Observer()
        self._when_asked = when_asked
        self._past_flask = PastFlask(app)
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="request")
        self._bodies = Bodies()
        self._tiny_bodies = TinyBodies()
        self._settled: deque[asyncio.Future[None]] = deque()
        self._delivers = False

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take note of the loop, before the first request."""
        self._loop = loop

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take no request any more."""
        self._threads.shutdown(wait=False)

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """Answer one request."""
        if self._when_asked is not None:
            self._when_asked()
            self._when_asked = None
        environ = short_environ_of(scope)
        request_id = self._observer.begin(environ)
        try:
            length = self._short_length(scope, environ)
            if length is not None and length <= LARGEST_TINY_BODY:
                body = await self._tiny_bodies.received(protocol) if length else _NO_BODY
                await self._answer_shortly(scope, environ, protocol, body, request_id)
                return
            complete(environ)
            async with self._bodies.received(environ, protocol) as kept:
                if length is not None:
                    await self._answer_shortly(scope, environ, protocol, kept, request_id)
                else:
                    await self._on_thread(environ, protocol)
        except TimeoutError:
            protocol.response_empty(HTTPStatus.REQUEST_TIMEOUT, [("connection", "close"), *SECURITY_HEADERS])
        except Unavailable as fault:
            answer = self._refuse(environ, fault)
            answer.headers = [*answer.headers, ("connection", "close")]
            self._send(environ, protocol, answer)

    async def _answer_shortly(
        self, scope: Any, environ: dict[str, Any], protocol: Any, body: bytes | bytearray, request_id: str
    ) -> None:
        """Answer on the loop; on a thread after all, where that turns out to take long."""
        environ["wsgi.input"] = io.BytesIO(body)
        try:
            with hurried():
                answer = None if self._past_flask.answered(environ) else self._run(environ)
        except TakesLong:
            environ = environ_of(scope)
            environ["HTTP_X_REQUEST_ID"] = request_id
            self._observer.begin(environ)
            environ["wsgi.input"] = io.BytesIO(body)
            await self._on_thread(environ, protocol)
        else:
            await self._finish(environ, protocol, answer)

    def _short_length(self, scope: Any, environ: dict[str, Any]) -> int | None:
        """Return the length of a short request's body, None for any other request."""
        if not self._past_flask.knows(scope.method, scope.path) or "HTTP_TRANSFER_ENCODING" in environ:
            return None
        length = environ.get("CONTENT_LENGTH") or ("0" if scope.method == "GET" else "")
        return int(length) if length.isdecimal() and int(length) <= LARGEST_SHORT_BODY else None

    async def _on_thread(self, environ: dict[str, Any], protocol: Any) -> None:
        if environ["REQUEST_METHOD"] != "GET":
            # What is written is written, whoever hears of it.
            await self._loop.run_in_executor(self._threads, self._answer_slowly, environ, protocol)
            return
        departure = Departure(self._loop, protocol)
        try:
            await self._loop.run_in_executor(
                self._threads, self._answer_while_there, environ, protocol, departure
            )
        finally:
            departure.stop()

    def _run(self, environ: dict[str, Any]) -> _Answer:
        complete(environ)
        answer = _Answer()
        answer.pieces = self._app.wsgi_app(environ, answer.start)
        return answer

    async def _finish(self, environ: dict[str, Any], protocol: Any, answer: _Answer | None) -> None:
        """Send what a short request is answered with, once it is known; ``answer``: what Flask has made of it."""
        if answer is not None and answer.has_begun:
            self._send(environ, protocol, answer)
            return
        ready: tuple[str, int] | None = environ.get(READY)
        if ready is not None:
            self._observer.end(environ, ready[1])
            protocol.response_str(ready[1], [*_JSON_HEADERS, (HEADER, environ[REQUEST_ID])], ready[0])
            return
        later: Later = environ[LATER]
        settled = self._loop.create_future()
        later.pending.when_settled(lambda _pending: self._bring(settled))
        await settled
        try:
            text, status = later.render(later.pending.result())
        except Exception as fault:
            self._send(environ, protocol, self._refuse(environ, fault))
            return
        self._observer.end(environ, status)
        protocol.response_str(status, [*_JSON_HEADERS, (HEADER, environ[REQUEST_ID])], text)

    def _send(self, environ: dict[str, Any], protocol: Any, answer: _Answer) -> None:
        """Send an answer whose body is there."""
        self._observer.end(environ, answer.status)
        headers = [*answer.headers, (HEADER, environ[REQUEST_ID])]
        protocol.response_bytes(answer.status, headers, _joined(answer.pieces))

    def _bring(self, future: asyncio.Future[None]) -> None:
        """Wake a request on the loop; called in the thread of the commit, which wakes the loop once a batch."""
        self._settled.append(future)
        if not self._delivers:
            self._delivers = True
            self._loop.call_soon_threadsafe(self._deliver)

    def _deliver(self) -> None:
        self._delivers = False
        while self._settled:
            future = self._settled.popleft()
            if not future.done():
                future.set_result(None)

    def _refuse(self, environ: dict[str, Any], fault: Exception) -> _Answer:
        complete(environ)
        answer = _Answer()
        with self._app.request_context(environ):
            try:
                response = self._app.make_response(self._app.handle_user_exception(fault))
            except Exception as unforeseen:
                response = self._app.make_response(self._app.handle_exception(unforeseen))
            answer.pieces = response(environ, answer.start)
        return answer

    def _answer_while_there(self, environ: dict[str, Any], protocol: Any, departure: Departure) -> None:
        with told(departure.tell):
            self._answer_slowly(environ, protocol)

    def _answer_slowly(self, environ: dict[str, Any], protocol: Any) -> None:
        """Run a request on a thread that may wait, and send its answer from there."""
        try:
            answer = self._run(environ)
            pieces = answer.pieces
            if isinstance(pieces, list | tuple) or (answer.has_length() and not isinstance(pieces, File)):
                self._send(environ, protocol, answer)
                return
            self._observer.end(environ, answer.status)
            answer.headers = [*answer.headers, (HEADER, environ[REQUEST_ID])]
            if isinstance(pieces, File):
                pieces.close()
                protocol.response_file(answer.status, answer.headers, pieces.path)
                return
            self._stream(answer, protocol)
        except Exception:
            _logger.exception("an answer was not sent")

    def _stream(self, answer: _Answer, protocol: Any) -> None:
        pieces = iter(answer.pieces)
        try:
            transport = protocol.response_stream(answer.status, answer.headers)
            for piece in pieces:
                sending = asyncio.run_coroutine_threadsafe(_send(transport, piece), self._loop)
                try:
                    sending.result(SEND_LIMIT_S)
                finally:
                    sending.cancel()
        finally:
            _close(answer.pieces)


class _Answer:
    """What WSGI is told of an answer before its body."""

    __slots__ = ("has_begun", "headers", "pieces", "status")

    def __init__(self) -> None:
        self.has_begun = False

    status: int
    headers: list[tuple[str, str]]
    pieces: Iterable[bytes]

    def start(
        self, status: str, headers: list[tuple[str, str]], _fault: object = None
    ) -> Callable[..., None]:
        self.has_begun = True
        self.status = int(status[:3])
        self.headers = headers
        return _write_nothing

    def has_length(self) -> bool:
        return any(name.lower() == "content-length" for name, _value in self.headers)


def _write_nothing(_data: bytes) -> None:
    raise NotImplementedError


async def _send(transport: Any, piece: bytes) -> None:
    await transport.send_bytes(piece)


def _joined(pieces: Iterable[bytes]) -> bytes:
    try:
        return b"".join(pieces)
    finally:
        _close(pieces)


def _close(pieces: Iterable[bytes]) -> None:
    close = getattr(pieces, "close", None)
    if close is not None:
        close()
