"""A request's JSON, read strictly: what other readers let pass is refused here, with the field named.

``json.loads`` takes NaN, infinities, numbers of any length and the last of two
equal keys. Each would make two programs read one body differently, or cost
minutes of arithmetic (``1e999999999``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from json.scanner import make_scanner
from typing import Any

from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from almoxarife.contract.types import Unreadable
from almoxarife.errors import DuplicateKey, InvalidField, NotJson, in_row

# Of a route that says nothing else.
MAX_BODY_BYTES = 1024 * 1024
# Far beyond any quantity or price; bounded before any arithmetic is done with it.
MAX_DIGITS = 40
MAX_EXPONENT = 40
_READ = "almoxarife.body_read"


def usual_text(environ: dict[str, Any], largest: int) -> bytes | None:
    """Return the JSON text in the body of a request as nearly all are, None when it takes a second look.

    That is one that is declared as JSON and of a length that is known and allowed; the layers that Werkzeug puts
    around the stream are then not needed. Raises NotJson.
    """
    length = environ.get("CONTENT_LENGTH", "")
    if environ.get("CONTENT_TYPE") != "application/json" or not length.isdecimal() or int(length) > largest:
        return None
    raw = _body(environ["wsgi.input"], int(length))
    mark_read(environ)
    return raw


def read_text(request: Request, largest: int = MAX_BODY_BYTES) -> bytes:
    """Return the JSON text in a request's body, which may have so many bytes.

    Raises RequestEntityTooLarge, UnsupportedMediaType, NotJson.
    """
    # A body without a length shows only when it is read that it is too long: by one byte more than may come.
    request.max_content_length = largest + 1
    length = request.environ.get("CONTENT_LENGTH", "")
    if length.isdecimal() and int(length) <= largest:
        raw = _body(request.environ["wsgi.input"], int(length))
    else:
        raw = request.get_data(cache=False)
    if len(raw) > largest:
        raise RequestEntityTooLarge
    mark_read(request.environ)
    if (
        request.environ.get("CONTENT_TYPE") != "application/json"
        and not request.is_json
        and (raw or request.mimetype)
    ):
        raise UnsupportedMediaType
    return raw


def parse(raw: bytes) -> object:
    """Return the value of a JSON text; a number comes as int, Decimal or Unreadable.

    Raises NotJson, DuplicateKey, and InvalidField for a text that cannot be stored.
    """
    try:
        text = raw.decode("utf-8")
        value = _value_of(text)
    except (ValueError, RecursionError) as fault:
        raise NotJson(reason=type(fault).__name__) from None
    if "\\u" in text or "\0" in text:
        _refuse_unstorable(value)
    return value


def _value_of(text: str) -> object:
    try:
        # To look for blanks around a value takes the decoder as long as to read an entry.
        value, end = _scanned(text, 0)
    except StopIteration:
        return _DECODER.decode(text)
    return value if end == len(text) else _DECODER.decode(text)


def _body(stream: Any, length: int) -> bytes:
    raw: bytes = stream.read(length)
    while len(raw) < length:
        more = stream.read(length - len(raw))
        if not more:
            # Not every HTTP server tells that the connection broke; half of what was said may be JSON too.
            raise NotJson(reason="cut short")
        raw += more
    return raw


def mark_read(environ: dict[str, Any]) -> None:
    """Note that a request's body was read to its end."""
    environ[_READ] = True


def was_read(environ: Mapping[str, Any]) -> bool:
    """Tell whether a request's body was read to its end."""
    return _READ in environ


def is_storable(text: str) -> bool:
    """Tell whether both databases can hold a text: no NUL, no half of a surrogate pair."""
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def _whole(digits: str) -> int | Unreadable:
    return int(digits) if len(digits) <= MAX_DIGITS else Unreadable()


def _decimal(text: str) -> Decimal | Unreadable:
    if len(text) > MAX_DIGITS:
        return Unreadable()
    try:
        number = Decimal(text)
    except InvalidOperation:
        return Unreadable()
    return number if abs(number.adjusted()) <= MAX_EXPONENT else Unreadable()


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    result: dict[str, object] = {}
    for key, value in pairs:
        if key in result:
            raise DuplicateKey(field=key)
        result[key] = value
    return result


_DECODER = json.JSONDecoder(
    parse_int=_whole,
    parse_float=_decimal,
    parse_constant=lambda name: Unreadable(),
    object_pairs_hook=_object,
)
# It takes a decoder; typeshed says otherwise.
_scanned = make_scanner(_DECODER)  # type: ignore[arg-type]


def _refuse_unstorable(value: object) -> None:
    """Refuse what escapes can smuggle in; only the uppermost level, and the rows of its lists, have texts to use."""
    for key, inner in value.items() if isinstance(value, dict) else ():
        if isinstance(inner, str) and not is_storable(inner):
            raise InvalidField(field=key, reason="invisible")
        for row, element in enumerate(inner) if isinstance(inner, list) else ():
            for field, text in element.items() if isinstance(element, dict) else ():
                if isinstance(text, str) and not is_storable(text):
                    raise in_row(InvalidField(field=field, reason="invisible"), key, row)
