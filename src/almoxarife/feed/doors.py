"""Who may watch, and from where on: what a request must show before its stream is opened."""

from __future__ import annotations

import asyncio

from aiohttp import web

from almoxarife.contract.types import MAX_SEQUENCE
from almoxarife.errors import InvalidField
from almoxarife.features.accounts.rules import InvalidToken, token_in
from almoxarife.features.accounts.service import Accounts, digest_of
from almoxarife.features.movements.rules import CursorAhead
from almoxarife.feed.hub import Hub
from almoxarife.feed.tail import Tail

# What a browser sends when it connects again; it wins, because the address stays as it was.
LAST_EVENT = "Last-Event-ID"
CURSOR = "depois_de"
_MOST_DIGITS = 19


async def check_token(request: web.Request, accounts: Accounts) -> bytes:
    """Return the digest of a request's token. Raises InvalidToken, Unavailable."""
    digest = digest_of(token_in(request.headers.get("Authorization", "")))
    if digest not in await asyncio.to_thread(accounts.look_up, [digest]):
        raise InvalidToken()
    return digest


async def check_cursor(request: web.Request, hub: Hub, tail: Tail) -> int:
    """Return the sequence after which a request wants to watch; without one it is the present end.

    Raises InvalidField, CursorAhead, Unavailable.
    """
    if request.headers.get(LAST_EVENT):
        cursor: int | None = _whole(request.headers[LAST_EVENT], LAST_EVENT)
    else:
        cursor = _whole(request.query[CURSOR], CURSOR) if CURSOR in request.query else None
    if cursor is None or cursor > hub.head or not hub.watchers:
        # Somebody may know of a movement that has not come round to us; and for nobody nothing is read.
        await tail.catch_up()
    if cursor is None:
        return hub.head
    if cursor > hub.head:
        raise CursorAhead(head=hub.head)
    return cursor


def _whole(text: str, field: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
        raise InvalidField(field=field, reason="not_whole_number")
    number = int(text)
    if number > MAX_SEQUENCE:
        raise InvalidField(field=field, reason="too_large", maximum=MAX_SEQUENCE)
    return number
