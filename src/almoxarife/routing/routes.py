"""Declaring routes: address, who may call, what comes in, what goes out, in one place.

flask-openapi writes the documents from these declarations. Requests are read
by ``routing.checking`` instead of by it, for strictness and because it makes
the JSON schema of the parameters anew for every request.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, get_type_hints

from flask import Flask, Response
from flask_openapi import APIBlueprint, Tag

from almoxarife.contract.base import Message, Query
from almoxarife.contract.problem import MEDIA_TYPE
from almoxarife.i18n import _
from almoxarife.routing import access as access_rules
from almoxarife.routing.access import ACCOUNT, Access
from almoxarife.routing.answers import JSON
from almoxarife.routing.checking import read_body, read_query
from almoxarife.routing.json_body import MAX_BODY_BYTES

View = TypeVar("View", bound=Callable[..., Response])

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

    def _declare(
        self,
        method: Callable[..., Callable[..., Any]],
        address: str,
        view: View,
        *,
        summary: str,
        answers: Mapping[int, type[Message] | list[type[Message]]],
        refusals: Sequence[int] = (),
        access: Access = ACCOUNT,
        largest_body: int = MAX_BODY_BYTES,
        short: bool = False,
    ) -> View:
        """Register a view.

        Its parameters ``query`` and ``body``, annotated with messages of the contract, are filled from the
        request. ``answers``: what goes out by status, a list for a bare list of it. ``refusals``: the
        statuses of problems beyond 400 for bad input and those that every route of its kind has.
        ``largest_body``: how many bytes may come in, a whole number of MiB.
        ``short``: the server may run the view in a hurry (``almoxarife.hurry``).
        """
        hints = get_type_hints(view)
        query: type[Query] | None = hints.get("query")
        body: type[Message] | None = hints.get("body")

        @functools.wraps(view)
        def checked(**path: object) -> Response:
            if query is not None:
                path["query"] = read_query(query)
            if body is not None:
                path["body"] = read_body(body, largest_body)
            return view(**path)

        access_rules.mark(checked, access)
        setattr(checked, _SHORT, short)
        # flask-openapi's own mark for views that read the request themselves.
        checked.__delay_validate_request__ = True  # type: ignore[attr-defined]
        method(
            address,
            summary=summary,
            responses=_documented(answers, _statuses(query, body, access, refusals)),
            security=[{SECURITY: []}] if access.token else [],
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


def _statuses(
    query: type[Query] | None, body: type[Message] | None, access: Access, more: Sequence[int]
) -> list[int]:
    statuses = {*more, 503}
    if query or body:
        statuses.add(400)
    if body:
        statuses |= {413, 415}
    if access.token:
        statuses.add(401)
    if access.role:
        statuses.add(403)
    return sorted(statuses)


def _documented(
    answers: Mapping[int, type[Message] | list[type[Message]]], refusals: Sequence[int]
) -> dict[str, Any]:
    documented: dict[str, Any] = {}
    for status, message in answers.items():
        if isinstance(message, list):
            schema = {"type": "array", "items": message[0].model_json_schema(mode="serialization")}
            documented[str(status)] = {
                "description": _("List"),
                "content": {JSON: {"schema": schema}},
            }
        else:
            documented[str(status)] = message
    for status in refusals:
        documented[str(status)] = {"description": _("Refusal"), "content": _PROBLEM_CONTENT}
    return documented
