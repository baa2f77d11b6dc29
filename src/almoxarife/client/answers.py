"""From a complete answer to a value, or to the error that it tells of."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from almoxarife.client.errors import BadAnswer, ClientError, Refused, SessionExpired, Unavailable
from almoxarife.client.transport import Reply
from almoxarife.clock import from_rfc3339
from almoxarife.i18n import _

Answer = TypeVar("Answer")

# Another person's answer may say anything; more than this is no sentence.
LONGEST_MESSAGE = 500
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


def bad_answer() -> BadAnswer:
    """Return the error for an answer that is not our API's."""
    return BadAnswer(
        _("What answered is not this system's API, or is another version of it. Check the server's address.")
    )


def refuse(reply: Reply, *, token_sent: bool) -> None:
    """Return for a success; raise the error that any other answer stands for."""
    if not 200 <= reply.status < 300:
        raise _refusal(reply, token_sent=token_sent)


def json_of(reply: Reply) -> object:
    """Return the JSON value of a success."""
    try:
        return json.loads(reply.body)
    except (ValueError, RecursionError):
        raise bad_answer() from None


def read(shape: TypeAdapter[Answer], value: object) -> Answer:
    """Return a value of the wire as its message; raise BadAnswer when it has another shape."""
    try:
        return shape.validate_python(value)
    except ValidationError:
        raise bad_answer() from None


def read_quantity(number: int | float) -> Decimal | int:
    """Return a quantity of the wire exactly, an integer whenever it is whole."""
    if isinstance(number, int):
        return number
    if not math.isfinite(number):
        raise bad_answer()
    # The shortest text of a float is the one that was sent, up to 15 digits.
    return int(number) if number.is_integer() else Decimal(repr(number))


def read_instant(text: str) -> datetime:
    """Return an instant of the wire, aware, in UTC."""
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=from_rfc3339(text))
    except (ValueError, OverflowError):
        raise bad_answer() from None


def read_day(text: str | None) -> date | None:
    """Return a day of the wire."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise bad_answer() from None


def retry_after_s(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that a Retry-After header (RFC 9110 §10.2.3) asks for, None without a usable one."""
    text = headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit() and len(text) <= 9:
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _refusal(reply: Reply, *, token_sent: bool) -> ClientError:
    status = reply.status
    problem = _problem(reply.body)
    message, code = _text(problem, "mensagem"), _text(problem, "codigo")
    field = _text(problem, "campo") or None
    if status == HTTPStatus.UNAUTHORIZED and token_sent and code != "credenciais_invalidas":
        message = message or _("Your session has ended. Log in again.")
        return SessionExpired(message, status=status, code=code, field=field)
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        message = message or _("The server cannot answer right now. Wait a moment and try again.")
        message = _with_request_id(message, reply.headers)
        wait_s = retry_after_s(reply.headers)
        return Unavailable(message, status=status, code=code, field=field, retry_after_s=wait_s)
    if status >= HTTPStatus.BAD_REQUEST and message:
        found = problem.get("entendido")
        understood = found if isinstance(found, dict) else None
        return Refused(message, status=status, code=code, field=field, understood=understood)
    return bad_answer()


def _with_request_id(message: str, headers: Mapping[str, str]) -> str:
    """Return a sentence with what to look for in the server's log, where the server says it."""
    request_id = headers.get("X-Request-Id", "")
    if _REQUEST_ID.fullmatch(request_id) is None:
        return message
    return _("{message} (request {request_id})").format(message=message, request_id=request_id)


def _problem(body: bytes) -> dict[str, object]:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _text(problem: dict[str, object], key: str) -> str:
    value = problem.get(key)
    return " ".join(value.split())[:LONGEST_MESSAGE] if isinstance(value, str) else ""
