"""Whether an answer is one that the documents promise."""

from __future__ import annotations

import re
from typing import Any

import jsonschema  # type: ignore[import-untyped]
from schemathesis.specs.openapi.definitions import OPENAPI_31

from .running import PROBLEM, Answer


def _is_instant(value: object) -> bool:
    """RFC 3339 in UTC with microseconds, as the contract says."""
    return not isinstance(value, str) or bool(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", value))


_FORMATS = jsonschema.FormatChecker(["uuid"])
_FORMATS.checkers["date-time"] = (_is_instant, ())


class Documents:
    """The ``/openapi.json`` of a server."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document

    def faults(self) -> list[str]:
        """Return what is wrong with the document as OpenAPI 3.1."""
        return [
            fault.message for fault in jsonschema.Draft202012Validator(OPENAPI_31).iter_errors(self.document)
        ]

    def operations(self) -> list[tuple[str, str, dict[str, Any]]]:
        """Return method, path and description of every operation."""
        return [
            (method.upper(), path, operation)
            for path, item in self.document["paths"].items()
            for method, operation in item.items()
        ]

    def with_token(self) -> list[tuple[str, str]]:
        """Return method and path of every operation that needs a token."""
        return [(method, path) for method, path, operation in self.operations() if operation.get("security")]

    def _item(self, path: str) -> dict[str, Any]:
        """Return what there is at an address; ``/produtos/p1`` is at ``/produtos/{produto_id}``."""
        address = path.split("?", maxsplit=1)[0].rstrip("/")
        for known, item in self.document["paths"].items():
            if re.fullmatch(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(known)), address):
                found: dict[str, Any] = item
                return found
        return {}

    def check(self, method: str, path: str, answer: Answer) -> None:
        """Fail unless the operation's documents have this answer."""
        status, content_type = answer.status, answer.headers["Content-Type"]
        operation = self._item(path).get(method.lower())
        if operation is None:
            # What is at no address, or does not take the method, is refused in the usual form.
            assert status in (400, 404, 405), (method, path, status)
            schema = self.document["components"]["schemas"]["Problem"]
            assert content_type == PROBLEM
        else:
            assert str(status) in operation["responses"], f"{method} {path} does not document {status}"
            content = operation["responses"][str(status)]["content"]
            media_type = content_type.split(";", maxsplit=1)[0]
            assert media_type in content, f"{method} {path} {status} does not document {media_type}"
            schema = content[media_type]["schema"]
            if not media_type.endswith("json"):
                return
        whole = {**schema, "components": self.document["components"]}
        validator = jsonschema.Draft202012Validator(whole, format_checker=_FORMATS)
        faults = [fault.message for fault in validator.iter_errors(answer.json())]
        assert faults == [], f"{method} {path} {status}: {answer.body[:500]!r}"
