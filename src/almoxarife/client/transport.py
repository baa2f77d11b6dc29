"""One exchange with the server, bounded in time and in size.

requests only limits the wait for each piece of an answer: a server that sends
a byte now and then holds a call for ever. A watchdog therefore shuts the
connection down when the whole exchange has taken too long.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError
from urllib3.response import HTTPResponse

from almoxarife import __version__
from almoxarife.client.vouching import context_of

CONNECT_TIMEOUT_S = 3.05
READ_TIMEOUT_S = 10.0
EXCHANGE_LIMIT_S = 15.0
# The longest page of entries takes less than 1 MiB.
LONGEST_ANSWER_BYTES = 16 * 1024 * 1024
_PIECE_BYTES = 64 * 1024
PROGRAM = "almoxarife"

Body: TypeAlias = Mapping[str, object] | bytes | None


class Broken(Exception):
    """The exchange was not completed; ``timed_out`` tells whether for lack of time."""

    def __init__(self, *, timed_out: bool) -> None:
        super().__init__(timed_out)
        self.timed_out = timed_out


class Untrusted(Exception):
    """Who answers cannot prove to be the server that is meant; nothing was sent."""


class TooLong(Exception):
    """The answer is longer than any that the API gives."""


@dataclass(frozen=True)
class Reply:
    """A complete answer, not yet understood."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Wire:
    """A kept connection to one server; used by one thread at a time."""

    def __init__(
        self,
        *,
        trust_environment: bool,
        adapter: WatchedAdapter | None = None,
        authority: Path | None = None,
        program: str = PROGRAM,
    ) -> None:
        """``authority``: the file with the only authority that may vouch for the server; None for the usual ones.

        ``program``: what the list of sessions calls who asks.
        """
        self._adapter = adapter or WatchedAdapter(authority)
        self._authority = authority
        self._session = requests.Session()
        self._session.headers["User-Agent"] = f"{program}/{__version__}"
        self._session.trust_env = trust_environment
        self._session.mount("http://", self._adapter)
        self._session.mount("https://", self._adapter)

    def exchange(
        self,
        method: str,
        url: str,
        *,
        token: str | None = None,
        query: Mapping[str, str | int] | None = None,
        body: Body = None,
        if_match: str | None = None,
        limit_s: float = EXCHANGE_LIMIT_S,
    ) -> Reply:
        """Send one request and return its complete answer; a body of bytes goes as it is, any other as JSON.

        Raises Broken when there is none within ``limit_s``, TooLong when it has no end, and Untrusted.
        """
        # Who waits longer than usual waits for what the server works out before it says anything.
        silence_s = limit_s if limit_s > EXCHANGE_LIMIT_S else min(READ_TIMEOUT_S, limit_s)
        with self._adapter.watched(limit_s) as watch:
            try:
                response = self._session.request(
                    method,
                    url,
                    params=dict(query or {}),
                    data=body if isinstance(body, bytes) else None,
                    json=None if isinstance(body, bytes) else body,
                    headers={} if if_match is None else {"If-Match": if_match},
                    auth=Bearer(token),
                    timeout=(min(CONNECT_TIMEOUT_S, limit_s), silence_s),
                    allow_redirects=False,
                    stream=True,
                    verify=verified_by(self._authority),
                )
                with response:
                    reply = read_whole(response)
            except requests.Timeout as error:
                raise Broken(timed_out=True) from error
            except requests.exceptions.SSLError as error:
                raise failed_tls(error) from error
            # Answers that are no HTTP come out of urllib3 as they are.
            except (requests.RequestException, HTTPError, OSError, ValueError) as error:
                raise Broken(timed_out=watch.fired) from error
            # The end of an answer without a length looks the same as a connection that was shut down.
            if watch.fired:
                raise Broken(timed_out=True)
            return reply

    def close(self) -> None:
        """Close the connection."""
        self._session.close()


class Bearer(requests.auth.AuthBase):
    """Sends the token, and keeps requests from sending what a .netrc file holds."""

    def __init__(self, token: str | None) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Put the token on a request."""
        if self._token is not None:
            request.headers["Authorization"] = f"Bearer {self._token}"
        return request


def verified_by(authority: Path | None) -> str | bool:
    """Return what requests takes for an authority; said at each request, or a variable of the system wins over it."""
    return True if authority is None else str(authority)


def failed_tls(error: requests.exceptions.SSLError) -> Exception:
    """Return what a failure of TLS means: a wrong server, or a broken connection."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLCertVerificationError):
        reason = getattr(cause.args[0], "reason", None) if cause.args else None
        cause = reason if isinstance(reason, BaseException) else cause.__cause__ or cause.__context__
    return Broken(timed_out=False) if cause is None else Untrusted(str(cause))


def read_whole(response: requests.Response) -> Reply:
    """Return an answer once all of it has come. Raises TooLong, and what reading raises."""
    pieces: list[bytes] = []
    left = LONGEST_ANSWER_BYTES
    for piece in response.iter_content(_PIECE_BYTES):
        pieces.append(piece)
        left -= len(piece)
        if left < 0:
            raise TooLong
    return Reply(response.status_code, response.headers, b"".join(pieces))


class Watch:
    """Shuts the socket in use down when its time is over, or when it is told to."""

    def __init__(self, limit_s: float) -> None:
        self.fired = False
        self._socket: socket.socket | None = None
        self._lock = threading.Lock()
        self._timer = threading.Timer(limit_s, self.fire)
        self._timer.daemon = True
        self._timer.start()

    def follow(self, used: socket.socket) -> None:
        """Take note of the socket on which the exchange goes on."""
        with self._lock:
            self._socket = used
            if self.fired:
                self._shut_down()

    def end(self) -> None:
        """Leave the socket alone from now on."""
        self._timer.cancel()
        with self._lock:
            self._socket = None

    def bound_silence(self, limit_s: float) -> None:
        """Let the exchange take as long as it likes, while something comes at least so often."""
        self._timer.cancel()
        with self._lock:
            if self._socket is not None:
                self._socket.settimeout(limit_s)

    def fire(self) -> None:
        """End the exchange now; from any thread."""
        with self._lock:
            self.fired = True
            self._shut_down()

    def _shut_down(self) -> None:
        if self._socket is not None:
            # Not SSLSocket's own method: it takes the TLS object away from the thread that reads.
            with contextlib.suppress(OSError):
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


class WatchedAdapter(HTTPAdapter):
    """The transport of requests whose exchanges can be ended from another thread."""

    def __init__(self, authority: Path | None = None) -> None:
        self._watch: Watch | None = None
        self._authority = authority
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

    @contextlib.contextmanager
    def watched(self, limit_s: float) -> Iterator[Watch]:
        """Return a context in which the exchange is ended after ``limit_s`` seconds."""
        watch = self._watch = Watch(limit_s)
        try:
            yield watch
        finally:
            watch.end()
            self._watch = None

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        """Make the pools of urllib3 with connections that tell the watch about themselves."""
        # An authority that cannot be read vouches for nobody: the request then fails with what requests says of it.
        with contextlib.suppress(OSError):
            options["ssl_context"] = context_of(self._authority)
        super().init_poolmanager(*arguments, **options)
        adapter = self

        class _PlainConnection(HTTPConnection):
            def getresponse(self) -> HTTPResponse:  # type: ignore[override]
                adapter.follow(self.sock)
                return super().getresponse()

        class _SecureConnection(HTTPSConnection):
            def getresponse(self) -> HTTPResponse:  # type: ignore[override]
                adapter.follow(self.sock)
                return super().getresponse()

        class _PlainPool(HTTPConnectionPool):
            ConnectionCls = _PlainConnection

        class _SecurePool(HTTPSConnectionPool):
            ConnectionCls = _SecureConnection

        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}

    def follow(self, used: socket.socket | None) -> None:
        """Take note of the socket on which the exchange goes on."""
        if self._watch is not None and used is not None:
            self._watch.follow(used)
