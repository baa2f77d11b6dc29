"""A session that answers a few questions from the last visit while the server is away."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode

from almoxarife.client.errors import BadAnswer, ClientError, Unavailable, Unreachable
from almoxarife.client.session import Session
from almoxarife.client.transport import Body, Reply
from almoxarife.client.visit.store import Visit
from almoxarife.contract.products import MAX_FOUND

# What forms for movements ask besides the product: places, reasons, facts, units, lots, partners, scans.
_REMEMBERED = re.compile(
    r"/(locais|motivos|lotes|parceiros|configuracoes|codigos/leitura|produtos/[^/]+(/unidades)?)"
)
_PRODUCT = re.compile(r"/produtos/([^/]+)")
# Not at every log-in: it takes the server some work.
PRODUCTS_AGE_S = 3_600.0
MOST_PRODUCTS = 200_000


@dataclass
class Heard:
    """What kept the server from answering a question that was answered all the same."""

    trouble: ClientError | None = None


_heard: ContextVar[Heard | None] = ContextVar("heard", default=None)


@contextlib.contextmanager
def listening() -> Iterator[Heard]:
    """Return what is heard of the server within, in this thread."""
    heard = Heard()
    before = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(before)


def note_trouble(error: ClientError) -> None:
    """Let who listens in this thread hear that the server is away, though there is an answer."""
    heard = _heard.get()
    if heard is not None:
        heard.trouble = error


class RememberingSession(Session):
    """Asks the server, and remembers; ``away`` tells when to answer without asking it first."""

    def __init__(self, server_url: str, visit: Visit, *, authority: Path | None = None, program: str) -> None:
        super().__init__(server_url, authority=authority, program=program)
        self._visit = visit
        self.away: Callable[[], bool] = lambda: False

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
        """Return the answer to a request, or the last one to the same question while the server is away."""

        def ask() -> Reply:
            return super(RememberingSession, self).reply(
                method,
                path,
                query=query,
                body=body,
                token=token,
                if_match=if_match,
                repeatable=repeatable,
                patience_s=patience_s,
            )

        if (method, path) == ("POST", "/produtos"):
            reply = ask()
            self._learn(reply)
            return reply
        searched = path == "/produtos" and query is not None and "busca" in query and "detalhes" not in query
        if method != "GET" or not (searched or _REMEMBERED.fullmatch(path)):
            return ask()
        remembered = self._remembered(path, query or {}) if self.away() else None
        if remembered is not None:
            return self._instead(remembered, self._no_answer(timed_out=False))
        try:
            reply = ask()
        except (Unreachable, Unavailable, BadAnswer) as error:
            remembered = self._remembered(path, query or {})
            if remembered is None:
                raise
            return self._instead(remembered, error)
        if searched:
            self._learn(reply)
        else:
            headers = {name: reply.headers[name] for name in ("ETag",) if name in reply.headers}
            self._visit.keep(_question(path, query or {}), headers, reply.body)
        return reply

    def remember_products(self) -> None:
        """Take the whole list of products along, unless that was done not long ago."""
        if self._visit.products_age_s() < PRODUCTS_AGE_S:
            return
        rows: list[dict[str, Any]] = []
        while len(rows) < MOST_PRODUCTS:
            query: dict[str, str | int] = {"detalhes": "sim", "limite": MAX_FOUND}
            if rows:
                query["depois_de"] = str(rows[-1]["id"])
            page = self.request("GET", "/produtos", query=query)
            if not isinstance(page, list) or not page:
                break
            rows += page
        self._visit.keep_products(rows)

    def _learn(self, reply: Reply) -> None:
        """Remember products that this program has met since it took the list along."""
        if reply.status >= HTTPStatus.BAD_REQUEST:
            return
        with contextlib.suppress(ValueError):
            found = json.loads(reply.body)
            rows = found if isinstance(found, list) else [found]
            if all(isinstance(row, dict) and {"id", "nome"} <= row.keys() for row in rows):
                self._visit.learn(rows)

    def _remembered(self, path: str, query: Mapping[str, str | int]) -> Reply | None:
        if path == "/produtos":
            found = self._visit.search(str(query["busca"]), int(query.get("limite", MAX_FOUND)))
            return None if found is None else Reply(HTTPStatus.OK, {}, json.dumps(found).encode())
        answer = self._visit.answer(_question(path, query))
        if answer is not None:
            return Reply(HTTPStatus.OK, *answer)
        product = _PRODUCT.fullmatch(path)
        row = self._visit.product(unquote(product[1])) if product else None
        return None if row is None else Reply(HTTPStatus.OK, {}, json.dumps(row).encode())

    def _instead(self, reply: Reply, trouble: ClientError) -> Reply:
        note_trouble(trouble)
        return reply


def _question(path: str, query: Mapping[str, str | int]) -> str:
    return f"{path}?{urlencode(sorted(query.items()))}"
