"""One request whose answer does not end: bounded in silence instead of in time."""

from __future__ import annotations

from collections.abc import Generator
from http import HTTPStatus
from pathlib import Path

import requests
from urllib3.exceptions import HTTPError

from almoxarife.client.transport import (
    CONNECT_TIMEOUT_S,
    EXCHANGE_LIMIT_S,
    READ_TIMEOUT_S,
    Bearer,
    Broken,
    Reply,
    Watch,
    WatchedAdapter,
    failed_tls,
    read_whole,
    verified_by,
)

CONTENT_TYPE = "text/event-stream"
# The server lets hear something every 15 seconds.
SILENCE_LIMIT_S = 40.0
_PIECE_BYTES = 64 * 1024


class NoStream(Exception):
    """What came is a complete answer and no stream: ``reply``."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


class Stream:
    """A connection for one stream; read in one thread, closed from any."""

    def __init__(
        self,
        *,
        trust_environment: bool,
        silence_limit_s: float = SILENCE_LIMIT_S,
        authority: Path | None = None,
    ) -> None:
        """``authority``: the file with the only authority that may vouch for the server; None for the usual ones."""
        self._silence_limit_s = silence_limit_s
        self._authority = authority
        self._adapter = WatchedAdapter(authority)
        self._session = requests.Session()
        self._session.trust_env = trust_environment
        self._session.mount("http://", self._adapter)
        self._session.mount("https://", self._adapter)
        self._watch: Watch | None = None
        self._closed = False

    def pieces(self, url: str, *, token: str | None, query: dict[str, str | int]) -> Generator[bytes]:
        """Send the request and yield what comes, as it comes; first an empty piece when the stream is there.

        Raises NoStream for any other answer, Broken when the connection is lost or silent, and Untrusted; ends when
        the server ends the stream, or this object is closed.
        """
        with self._session, self._adapter.watched(EXCHANGE_LIMIT_S) as watch:
            self._watch = watch
            if self._closed:
                return
            try:
                yield from self._exchange(watch, url, token, query)
            except requests.Timeout as error:
                raise Broken(timed_out=True) from error
            except requests.exceptions.SSLError as error:
                raise failed_tls(error) from error
            except (requests.RequestException, HTTPError, OSError, ValueError) as error:
                if not self._closed:
                    raise Broken(timed_out=watch.fired) from error

    def close(self) -> None:
        """End the stream now."""
        self._closed = True
        if self._watch is not None:
            self._watch.fire()

    def _exchange(
        self, watch: Watch, url: str, token: str | None, query: dict[str, str | int]
    ) -> Generator[bytes]:
        response = self._session.get(
            url,
            params=query,
            auth=Bearer(token),
            headers={"Accept": CONTENT_TYPE, "Accept-Encoding": "identity"},
            timeout=(CONNECT_TIMEOUT_S, READ_TIMEOUT_S),
            allow_redirects=False,
            stream=True,
            verify=verified_by(self._authority),
        )
        with response:
            kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            if response.status_code != HTTPStatus.OK or kind != CONTENT_TYPE:
                raise NoStream(read_whole(response))
            watch.bound_silence(self._silence_limit_s)
            yield b""
            while piece := response.raw.read1(_PIECE_BYTES):
                yield piece
