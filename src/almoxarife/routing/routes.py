"""Declaring routes: address, who may call, what comes in, what goes out, in one place.

``routing.described`` makes the documents of these declarations, when somebody
asks for them. Requests are read by ``routing.checking``.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar, get_type_hints

from flask import Blueprint, Flask, Response

from almoxarife.contract.base import Message, Query
from almoxarife.contract.conditions import IfMatch
from almoxarife.routing import access as access_rules
from almoxarife.routing.access import Access
from almoxarife.routing.checking import read_body, read_if_match, read_path, read_query
from almoxarife.routing.json_body import MAX_BODY_BYTES
from almoxarife.routing.raw_body import read_content

View = TypeVar("View", bound=Callable[..., Response])

# What goes out by status: a message, a bare list of it, or content of one of some media types; a message among these
# is what goes out as JSON.
Answers = Mapping[int, type[Message] | list[type[Message]] | tuple[str | type[Message], ...]]

_SHORT = "almoxarife_short"


class Declared(NamedTuple):
    """One route as it was declared; ``takes``: media types of a body that is no JSON; ``refusals``: of its own."""

    method: str
    address: str
    view: Callable[..., Response]
    reads: Reads
    summary: str
    answers: Answers
    access: Access
    refusals: Sequence[int]
    takes: Sequence[str]


class Routes:
    """The routes of one feature; ``server.app`` registers their ``blueprint``."""

    def __init__(self, name: str, title: str) -> None:
        """``title`` is the heading under which the documents show the routes."""
        self.blueprint = Blueprint(name, __name__)
        self.title = title
        self.declared: list[Declared] = []

    def get(self, address: str, **declaration: Any) -> Callable[[View], View]:
        """Declare a route that reads; see ``_declare``."""
        return lambda view: self._declare("GET", address, view, **declaration)

    def post(self, address: str, **declaration: Any) -> Callable[[View], View]:
        """Declare a route that writes; see ``_declare``."""
        return lambda view: self._declare("POST", address, view, **declaration)

    def put(self, address: str, **declaration: Any) -> Callable[[View], View]:
        """Declare a route that sets something to what comes in; see ``_declare``."""
        return lambda view: self._declare("PUT", address, view, **declaration)

    def patch(self, address: str, **declaration: Any) -> Callable[[View], View]:
        """Declare a route that changes some of something; see ``_declare``."""
        return lambda view: self._declare("PATCH", address, view, **declaration)

    def delete(self, address: str, **declaration: Any) -> Callable[[View], View]:
        """Declare a route that takes something away; see ``_declare``."""
        return lambda view: self._declare("DELETE", address, view, **declaration)

    def _declare(
        self,
        method: str,
        address: str,
        view: View,
        *,
        summary: str,
        answers: Answers,
        access: Access,
        refusals: Sequence[int] = (),
        largest_body: int = MAX_BODY_BYTES,
        takes: Sequence[str] = (),
        short: bool = False,
    ) -> View:
        """Register a view.

        Its parameters ``path``, ``query``, ``header`` (the version that the caller has seen) and ``body``,
        annotated with messages of the contract, are filled from the request; so is ``content``, the bytes of a
        body that is no JSON, of one of the media types in ``takes``. ``access``: which role it takes at least; a
        route that does not say so cannot be declared. ``refusals``: the statuses of problems
        beyond 400 for bad input and those that every route of its kind has. ``largest_body``: how many bytes
        may come in, a whole number of MiB. ``short``: the server may run the view in a hurry
        (``almoxarife.hurry``) and past Flask; its address has no changing parts, and the view uses nothing of
        Flask's but what ``routing`` hands it.
        """
        reads = Reads.of(view)

        @functools.wraps(view)
        def checked(**parts: object) -> Response:
            return view(**reads.filled(parts, largest_body))

        access_rules.mark(checked, access)
        setattr(checked, _SHORT, short)
        self.blueprint.add_url_rule(address, view_func=checked, methods=[method])
        self.declared.append(
            Declared(method, address, checked, reads, summary, answers, access, refusals, takes)
        )
        return view


def short_routes(app: Flask) -> dict[tuple[str, str], Callable[..., Any]]:
    """Return the views of those routes of an app that may be run in a hurry, by method and path."""
    return {
        (method, rule.rule): app.view_functions[rule.endpoint]
        for rule in app.url_map.iter_rules()
        if getattr(app.view_functions[rule.endpoint], _SHORT, False)
        for method in rule.methods or ()
        if method in ("GET", "POST")
    }


class Reads(NamedTuple):
    """What a view function takes of a request."""

    path: type[Query] | None
    query: type[Query] | None
    if_match: bool
    body: type[Message] | None
    content: bool

    @classmethod
    def of(cls, view: Callable[..., object]) -> Reads:
        """Return what the annotations of a view function say."""
        hints = get_type_hints(view)
        return cls(
            hints.get("path"),
            hints.get("query"),
            hints.get("header") is IfMatch,
            hints.get("body"),
            "content" in hints,
        )

    def filled(self, parts: dict[str, object], largest: int) -> dict[str, object]:
        """Return the view's arguments; ``parts`` are those of the address."""
        arguments: dict[str, object] = {}
        if self.path is not None:
            arguments["path"] = read_path(self.path, parts)
        if self.query is not None:
            arguments["query"] = read_query(self.query)
        if self.if_match:
            arguments["header"] = read_if_match()
        if self.body is not None:
            arguments["body"] = read_body(self.body, largest)
        if self.content:
            arguments["content"] = read_content(largest)
        return arguments
