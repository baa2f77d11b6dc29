"""The document that describes the API (OpenAPI 3.1), made of the declarations of its routes.

flask-openapi writes it, for an app that is thrown away again: making JSON
schemas of all messages takes a fifth of a start and some megabytes, and most
servers are never asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_openapi import APIBlueprint, Info, OpenAPI, Tag

from almoxarife.contract.base import Message, Query
from almoxarife.contract.problem import MEDIA_TYPE, Problem
from almoxarife.i18n import _
from almoxarife.routing.access import Access
from almoxarife.routing.answers import JSON
from almoxarife.routing.routes import Answers, Declared, Reads, Routes

_SECURITY = "token"
_PROBLEM_CONTENT = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}


def document(title: str, version: str, features: Iterable[Routes]) -> dict[str, Any]:
    """Return what the API says of itself."""
    app = OpenAPI(
        "almoxarife",
        info=Info(title=title, version=version),
        security_schemes={_SECURITY: {"type": "http", "scheme": "bearer"}},
        # Every route has its own words for 400; the library's 422 does not exist here.
        validation_error_status=400,
        validation_error_model=Problem,
        doc_ui=False,
        static_folder=None,
    )
    app.openapi_version = "3.1.0"
    for feature in features:
        blueprint = APIBlueprint(feature.blueprint.name, __name__, abp_tags=[Tag(name=feature.title)])
        for one in feature.declared:
            _declare(blueprint, one)
        app.register_api(blueprint)
    return _for_readers(app.api_doc)


def _declare(blueprint: APIBlueprint, one: Declared) -> None:
    method = getattr(blueprint, one.method.lower())
    method(
        one.address,
        summary=one.summary,
        description=_who(one.access),
        responses=_documented(one.answers, _statuses(one.reads, one.access, one.refusals)),
        security=[] if one.access.least is None else [{_SECURITY: []}],
        **(_content_of(one.takes) if one.takes else {}),
    )(one.view)


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


def _statuses(reads: Reads, access: Access, more: Sequence[int]) -> list[int]:
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


def _for_readers(document: dict[str, Any]) -> dict[str, Any]:
    """Take out what the library adds: 400 on routes that take nothing, and our docstrings, which are English."""
    for operations in document["paths"].values():
        for operation in operations.values():
            if JSON in operation["responses"].get("400", {}).get("content", {}):
                del operation["responses"]["400"]
            for answer in operation["responses"].values():
                schema = answer.get("content", {}).get(JSON, {}).get("schema", {})
                schema.get("items", {}).pop("description", None)
    for schema in document["components"]["schemas"].values():
        schema.pop("description", None)
    return document
