"""From the text of a request to the message that a view function takes."""

from __future__ import annotations

import re
import threading
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from flask import request
from pydantic import BaseModel, ValidationError

from almoxarife.contract.base import Message, Query
from almoxarife.contract.conditions import HEADER, IfMatch
from almoxarife.errors import DomainError, InvalidField, MissingVersion, in_row
from almoxarife.routing.json_body import is_storable, parse, read_text, usual_text
from almoxarife.routing.present import present_environ

Model = TypeVar("Model", bound=BaseModel)

# Nested lists take twenty times the memory of their text, and anybody may send them to the log-in: many such bodies
# at the same instant must not fill the memory.
LARGE_BYTES = 64 * 1024
_large_at_once = threading.BoundedSemaphore(2)

# pydantic's names of faults → our reasons; what is not here is a wrong type.
_REASONS = {
    "missing": "missing",
    "model_type": "not_object",
    "list_type": "not_list",
    "too_short": "too_few",
    "too_long": "too_many",
    "string_type": "not_text",
    "string_too_long": "too_long",
    "not_number": "not_number",
    "not_whole_number": "not_whole_number",
    "greater_than_equal": "too_small",
    "less_than_equal": "too_large",
    "literal_error": "not_one_of",
}
_BOUNDS = {"max_length": "maximum", "min_length": "minimum", "le": "maximum", "ge": "minimum"}


def read_query(model: type[Query]) -> Query:
    """Return the parameters of the present request's address. Raises InvalidField."""
    return _query(model, present_environ().get("QUERY_STRING", ""))


# Monitors ask for the same again and again, and messages are never changed.
@lru_cache(maxsize=1_000)
def _query(model: type[Query], text: str) -> Query:
    values: dict[str, str] = {}
    # As Werkzeug reads it, whose way with what is no UTF-8 this is.
    for name, value in parse_qsl(
        text.encode("latin1").decode(), keep_blank_values=True, errors="werkzeug.url_quote"
    ):
        values.setdefault(name, value)
    for name, field in model.model_fields.items():
        parameter = field.alias or name
        if not is_storable(values.get(parameter, "")):
            raise InvalidField(field=parameter, reason="invisible")
    return _validated(model, values)


def read_path(model: type[Query], parts: Mapping[str, object]) -> Query:
    """Return the changing parts of the present request's address. Raises InvalidField."""
    return _validated(model, dict(parts))


def read_if_match() -> IfMatch:
    """Return the version that the present request's caller has seen. Raises MissingVersion."""
    value = request.headers.get(HEADER, "").strip()
    if not value:
        raise MissingVersion
    return IfMatch(value=value)


def read_body(model: type[Message], largest: int) -> Message:
    """Return the message in the present request's body, which may have so many bytes.

    Raises InvalidField and what ``read_text`` and ``parse`` raise.
    """
    text = usual_text(present_environ(), largest)
    if text is None:
        # Past Flask there is no request to look at: it is given to Flask then, as after every other fault.
        text = read_text(request._get_current_object(), largest)  # type: ignore[attr-defined]  # noqa: SLF001 - Werkzeug documents it
    if len(text) <= LARGE_BYTES:
        return _validated(model, parse(text))
    with _large_at_once:
        return _validated(model, parse(text))


def _validated(model: type[Model], value: object) -> Model:
    try:
        return model.model_validate(value, by_alias=True, by_name=False)
    except ValidationError as faults:
        raise _refusal(faults.errors(include_url=False, include_input=False)[0]) from None


def _refusal(fault: Mapping[str, Any]) -> DomainError:
    place = fault["loc"]
    context = fault.get("ctx", {})
    bounds = {_BOUNDS[name]: bound for name, bound in context.items() if name in _BOUNDS}
    if fault["type"] == "literal_error":
        # pydantic lists them in English: 'a', 'b' or 'c'.
        bounds["options"] = ", ".join(re.findall("'([^']*)'", context["expected"]))
    reason = _REASONS.get(fault["type"], "wrong_type")
    if len(place) < 2 or not isinstance(place[1], int):
        # An object within the body is named with its field: lote.numero.
        return InvalidField(field=".".join(map(str, place)) or None, reason=reason, **bounds)
    # Something in a list of rows: its name, the row's number, and the row's field unless it is no object.
    rows, row, *field = place
    if not field:
        return in_row(InvalidField(field=None, reason="not_row"), rows, row)
    return in_row(InvalidField(field=str(field[0]), reason=reason, **bounds), rows, row)
