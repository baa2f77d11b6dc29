"""How views answer: JSON of messages, and lists of any length as a stream."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from http import HTTPStatus
from itertools import chain
from typing import Any, NamedTuple

from flask import Response

from almoxarife.contract.base import Message
from almoxarife.hurry import in_hurry
from almoxarife.pending import Pending
from almoxarife.routing.present import present_environ

JSON = "application/json"
# In a hurried request's environ: what it is answered with, now or later.
READY = "almoxarife.ready"
LATER = "almoxarife.later"


class Later(NamedTuple):
    """An answer that cannot be given yet: ``render`` makes JSON and a status of the outcome."""

    pending: Pending[Any]
    render: Callable[[Any], tuple[str, int]]


class _Unsent(Response):
    """What Flask is given in place of an answer that is sent without it; nothing of it is sent."""

    def __call__(self, _environ: object, _start_response: object) -> Iterable[bytes]:
        """Send nothing."""
        return ()


_UNSENT = _Unsent(status=HTTPStatus.ACCEPTED)


def answer(message: Message, status: int = HTTPStatus.OK, *, version: int | None = None) -> Response:
    """Answer with a message; ``version`` is that of the thing it tells of, for the caller's If-Match."""
    response = answer_json(message.model_dump_json(by_alias=True), status)
    if version is not None:
        response.set_etag(str(version))
    return response


def answer_json(text: str, status: int = HTTPStatus.OK) -> Response:
    """Answer with JSON that is written already.

    In a hurry it is left in the environ, whence it is sent without what Flask and Werkzeug do for an answer.
    """
    if in_hurry():
        present_environ()[READY] = (text, int(status))
        return _UNSENT
    return Response(text, status, content_type=JSON)


def answer_later(pending: Pending[Any], render: Callable[[Any], tuple[str, int]]) -> Response:
    """Answer with JSON made of an outcome that is not there yet; raises what the outcome raises.

    In a hurry nobody waits for it here: who runs the request finds it in the environ and answers in its place.
    """
    if in_hurry():
        present_environ()[LATER] = Later(pending, render)
        return _UNSENT
    return answer_json(*render(pending.result()))


def answer_list(rows: Iterable[str]) -> Response:
    """Answer with a bare list of rows, each JSON that is written already."""
    return answer_json(list_json(rows))


def answer_messages(rows: Iterable[Message]) -> Response:
    """Answer with a bare list of messages."""
    return answer_list(row.model_dump_json(by_alias=True) for row in rows)


def list_json(rows: Iterable[str]) -> str:
    """Return the bare list of rows, each JSON that is written already."""
    return f"[{','.join(rows)}]"


def stream_list(pages: Iterator[list[str]]) -> Response:
    """Answer with a bare list of any length in constant memory; each page is a list of JSON texts.

    The first page is read before the answer begins, so that a database that cannot serve is still a refusal.
    """
    first = next(pages, [])
    return Response(_pieces(chain([first], pages)), mimetype=JSON)


def _pieces(pages: Iterable[list[str]]) -> Iterator[bytes]:
    before = "["
    for page in pages:
        if page:
            yield (before + ",".join(page)).encode()
            before = ","
    yield b"[]" if before == "[" else b"]"
