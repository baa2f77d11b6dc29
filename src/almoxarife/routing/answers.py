"""How views answer: JSON of messages, and lists of any length as a stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from http import HTTPStatus
from itertools import chain

from flask import Response

from almoxarife.contract.base import Message

JSON = "application/json"


def answer(message: Message, status: int = HTTPStatus.OK) -> Response:
    """Answer with a message."""
    return answer_json(message.model_dump_json(by_alias=True), status)


def answer_json(text: str, status: int = HTTPStatus.OK) -> Response:
    """Answer with JSON that is written already."""
    return Response(text, status, content_type=JSON)


def answer_list(rows: Iterable[str]) -> Response:
    """Answer with a bare list of rows, each JSON that is written already."""
    return answer_json(f"[{','.join(rows)}]")


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
