"""Declaring routes: address, who may call, what comes in, what goes out, in one place.

flask-openapi writes the documents from these declarations. Requests are read
by ``routing.checking`` instead of by it, for strictness and because it makes
the JSON schema of the parameters anew for every request.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar, get_type_hints

from flask import Flask, Response
from flask_openapi import APIBlueprint, Tag

from almoxarife.contract.base import Message, Query
from almoxarife.contract.conditions import IfMatch
from almoxarife.contract.problem import MEDIA_TYPE
from almoxarife.i18n import _
from almoxarife.routing import access as access_rules
from almoxarife.routing.access import Access
from almoxarife.routing.answers import JSON
from almoxarife.routing.checking import read_body, read_if_match, read_path, read_query
from almoxarife.routing.json_body import MAX_BODY_BYTES
from almoxarife.routing.raw_body import read_content

View = TypeVar("View", bound=Callable[..., Response])

# What goes out by status: a message, a bare list of it, or content of one of some media types; a message among these
# is what goes out as JSON.
Answers = Mapping[int, type[Message] | list[type[Message]] | tuple[str | type[Message], ...]]

SECURITY = "token"
_SHORT = "almoxarife_short"
_PROBLEM_CONTENT = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}


class Routes:
    """The routes of one feature; ``server.app`` registers their ``blueprint``."""

    def __init__(self, name: str, title: str) -> None:
        """``title`` is the heading under which the documents show the routes."""
        self.blueprint = APIBlueprint(name, __name__, abp_tags=[Tag(name=title)])

    def get(self, address: str, **declaration: Any) -> Callable[[View], View]:
        """Declare a route that reads; see ``_declare``."""
        return lambda view: self._declare(self.blueprint.get, address, view, **declaration)

    def post(self, address: str, **declaration: Any) -> Callable[[View], View]:
        """Declare a route that writes; see ``_declare``."""
        return lambda view: self._declare(self.blueprint.post, address, view, **declaration)

    def put(self, address: str, **declaration: Any) -> Callable[[View], View]:
        """Declare a route that sets something to what comes in; see ``_declare``."""
        return lambda view: self._declare(self.blueprint.put, address, view, **declaration)

    def patch(self, address: str, **declaration: Any) -> Callable[[View], View]:
        """Declare a route that changes some of something; see ``_declare``."""
        return lambda view: self._declare(self.blueprint.patch, address, view, **declaration)

    def delete(self, address: str, **declaration: Any) -> Callable[[View], View]:
        """Declare a route that takes something away; see ``_declare``."""
        return lambda view: self._declare(self.blueprint.delete, address, view, **declaration)

    def _declare(
        self,
        method: Callable[..., Callable[..., Any]],
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
        (``almoxarife.hurry``).
        """
        reads = _Reads.of(view)

        @functools.wraps(view)
        def checked(**parts: object) -> Response:
            return view(**reads.filled(parts, largest_body))

        access_rules.mark(checked, access)
        setattr(checked, _SHORT, short)
        # flask-openapi's own mark for views that read the request themselves.
        checked.__delay_validate_request__ = True  # type: ignore[attr-defined]
        method(
            address,
            summary=summary,
            description=_who(access),
            responses=_documented(answers, _statuses(reads, access, refusals)),
            security=[] if access.least is None else [{SECURITY: []}],
            **(_content_of(takes) if takes else {}),
        )(checked)
        return view


def short_routes(app: Flask) -> frozenset[tuple[str, str]]:
    """Return method and path of those routes of an app that may be run in a hurry."""
    return frozenset(
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        if getattr(app.view_functions[rule.endpoint], _SHORT, False)
        for method in rule.methods or ()
        if method in ("GET", "POST")
    )


class _Reads(NamedTuple):
    """What a view function takes of a request."""

    path: type[Query] | None
    query: type[Query] | None
    if_match: bool
    body: type[Message] | None
    content: bool

    @classmethod
    def of(cls, view: Callable[..., object]) -> _Reads:
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


def _who(access: Access) -> str:
    """Return what the documents say of who may call."""
    if access.least is None:
        return _("For everybody, without a token.")
    return _("Takes at least the role “{least}”.").format(least=access.least)


def _content_of(media_types: Sequence[str]) -> dict[str, Any]:
    """Return what the documents say of content that is no JSON."""
    return {"request_body": {"required": True, "content": _media(media_types)}}


def _media(media_types: Sequence[str]) -> dict[str, Any]:
    return {media_type: {"schema": {}} for media_type in media_types}


def _content(kind: str | type[Message]) -> tuple[str, Any]:
    """Return a media type and what the documents say of it; of a message, that it goes out as JSON."""
    return (kind, {"schema": {}}) if isinstance(kind, str) else (JSON, {"schema": _schema(kind)})


def _statuses(reads: _Reads, access: Access, more: Sequence[int]) -> list[int]:
    statuses = {*more, 503}
    if reads.query or reads.body or reads.content or _can_be_bad(reads.path):
        statuses.add(400)
    if reads.body or reads.content:
        statuses.add(413)
    if reads.body:
        statuses.add(415)
    if reads.if_match:
        statuses |= {412, 428}
    if access.least is not None:
        statuses |= {401, 403}
    return sorted(statuses)


def _can_be_bad(path: type[Query] | None) -> bool:
    """Tell whether an address is refused by itself; one without bounds names at worst what is not there."""
    return path is not None and any(
        field.metadata or field.annotation is not str for field in path.model_fields.values()
    )


def _documented(answers: Answers, refusals: Sequence[int]) -> dict[str, Any]:
    documented: dict[str, Any] = {}
    for status, message in answers.items():
        if isinstance(message, list):
            schema = {"type": "array", "items": _schema(message[0])}
            documented[str(status)] = {
                "description": _("List"),
                "content": {JSON: {"schema": schema}},
            }
        elif isinstance(message, tuple):
            documented[str(status)] = {"description": _("Content"), "content": dict(map(_content, message))}
        else:
            documented[str(status)] = message
    for status in refusals:
        documented[str(status)] = {"description": _("Refusal"), "content": _PROBLEM_CONTENT}
    return documented


def _schema(message: type[Message]) -> Any:
    """Return a message's schema with those of the messages inside it where they stand, not apart from it."""
    whole = message.model_json_schema(mode="serialization")
    parts = whole.pop("$defs", {})

    def put_in(value: Any) -> Any:
        if isinstance(value, list):
            return [put_in(one) for one in value]
        if not isinstance(value, dict):
            return value
        if "$ref" in value:
            part = {**parts[value["$ref"].rsplit("/", 1)[1]]}
            # Our docstrings are English and for programmers.
            part.pop("description", None)
            return put_in(part)
        return {key: put_in(one) for key, one in value.items()}

    return put_in(whole)
