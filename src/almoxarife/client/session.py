"""The conversation with one server: token, time limits, retries.

The retries are ours, not urllib3's: whether a POST may be repeated depends on
its body, and pauses and attempts together must end within one time limit.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from almoxarife.client.answers import bad_answer, json_of, refuse
from almoxarife.client.errors import ClientError, SessionExpired, TimedOut, Unavailable, Unreachable
from almoxarife.client.introduction import wrong_server
from almoxarife.client.transport import (
    EXCHANGE_LIMIT_S,
    PROGRAM,
    Body,
    Broken,
    Reply,
    TooLong,
    Untrusted,
    Wire,
)
from almoxarife.config import is_loopback
from almoxarife.i18n import _

ATTEMPTS = 3
CALL_LIMIT_S = 25.0
FIRST_PAUSE_S = 0.3
LONGEST_PAUSE_S = 5.0


class Session:
    """Calls to the API at ``server_url``; safe to use from several threads.

    ``transport`` makes the connection of a thread; tests put another one in its place.
    """

    def __init__(
        self,
        server_url: str,
        *,
        authority: Path | None = None,
        program: str = PROGRAM,
        transport: Callable[[], Wire] | None = None,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        """``authority``: the file with the only authority that may vouch for the server; None for the usual ones.

        ``program``: what the list of sessions calls who asks.
        """
        self.authority = authority
        self.program = program
        self.server_url = server_url.rstrip("/")
        self.token: str | None = None
        # A proxy knows nothing of this machine's own addresses.
        remote = not is_loopback(urlsplit(self.server_url).hostname or "")
        self._transport = transport or (
            lambda: Wire(trust_environment=remote, authority=authority, program=program)
        )
        self._sleep = sleep
        self._wires = threading.local()

    def request(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str | int] | None = None,
        body: Body = None,
        token: str | None = None,
        if_match: str | None = None,
        repeatable: bool = False,
        patience_s: float | None = None,
    ) -> object:
        """Return the JSON value of the answer; see ``reply``."""
        answer = self.reply(
            method,
            path,
            query=query,
            body=body,
            token=token,
            if_match=if_match,
            repeatable=repeatable,
            patience_s=patience_s,
        )
        return json_of(answer)

    def reply(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str | int] | None = None,
        body: Body = None,
        token: str | None = None,
        if_match: str | None = None,
        repeatable: bool = False,
        patience_s: float | None = None,
    ) -> Reply:
        """Return the answer to a request that was done; ``token`` is sent in place of the session's own.

        A GET, a POST whose body carries an ``id``, and what is called ``repeatable`` is repeated when no answer
        came or the server cannot serve; everything else is sent once. Raises an error of ``client.errors``
        within about ``CALL_LIMIT_S`` seconds, or ``patience_s`` for what the server may have to work out first.
        """
        repeatable = repeatable or method == "GET" or (isinstance(body, Mapping) and "id" in body)
        end = time.monotonic() + (patience_s or CALL_LIMIT_S)
        longest_s = patience_s or EXCHANGE_LIMIT_S
        attempt = 0
        while True:
            attempt += 1
            sent = token or self.token
            try:
                reply = self._exchange(
                    method, path, sent, query, body, if_match, min(longest_s, end - time.monotonic())
                )
                refuse(reply, token_sent=sent is not None)
            except SessionExpired:
                # Somebody logged in again while this was under way; a 401 means that nothing was done.
                if attempt >= ATTEMPTS or token or self.token in (None, sent):
                    raise
            except (Unreachable, Unavailable) as error:
                pause_s = _pause(attempt, error)
                if not repeatable or attempt >= ATTEMPTS or pause_s is None:
                    raise
                if time.monotonic() + pause_s >= end:
                    raise
                self._sleep(pause_s)
            else:
                return reply

    def _exchange(
        self,
        method: str,
        path: str,
        token: str | None,
        query: Mapping[str, str | int] | None,
        body: Body,
        if_match: str | None,
        left_s: float,
    ) -> Reply:
        limit_s = max(1.0, left_s)
        try:
            return self._wire().exchange(
                method,
                self.server_url + path,
                token=token,
                query=query,
                body=body,
                if_match=if_match,
                limit_s=limit_s,
            )
        except TooLong:
            raise bad_answer() from None
        except Untrusted as error:
            raise wrong_server(self.server_url, self.authority) from error
        except Broken as broken:
            raise self._no_answer(timed_out=broken.timed_out) from broken

    def _wire(self) -> Wire:
        wire: Wire | None = getattr(self._wires, "wire", None)
        if wire is None:
            wire = self._wires.wire = self._transport()
        return wire

    def _no_answer(self, *, timed_out: bool) -> Unreachable:
        if timed_out:
            message = _("The server at {address} takes too long to answer. Wait a moment and try again.")
            return TimedOut(message.format(address=self.server_url))
        message = _("The server at {address} does not answer. Check that it is on and the network works.")
        return Unreachable(message.format(address=self.server_url))


def _pause(attempt: int, error: ClientError) -> float | None:
    """Return the seconds to wait before the next attempt, None when the server wishes a longer pause."""
    wish_s = error.retry_after_s if isinstance(error, Unavailable) else None
    if wish_s is not None:
        # A little more than asked for, so that not everyone comes back at once.
        return wish_s + random.uniform(0, 0.2) if wish_s <= LONGEST_PAUSE_S else None
    growing: float = FIRST_PAUSE_S * 2 ** (attempt - 1)
    return random.uniform(0.5, 1.0) * min(growing, LONGEST_PAUSE_S)
