"""Rules of reasons: why goods were lost, counted otherwise, or taken although they had expired."""

from __future__ import annotations

import re

from almoxarife.errors import DomainError, InvalidField
from almoxarife.names import display_form, fold, has_invisible

MAX_NAME = 80
_ID = re.compile(r"m([1-9][0-9]{0,17})")


class ReasonExists(DomainError):
    """A reason with this name exists: ``name`` is the one that is there."""


class ReasonNotFound(DomainError):
    """No reason has this id, or none that may still be given: ``reason_id``."""


def check_name(text: str) -> str:
    """Return the form in which a reason's name is kept. Raises InvalidField."""
    name = display_form(text[: 4 * MAX_NAME])
    if not fold(name):
        raise InvalidField(field="nome", reason="empty")
    if len(name) > MAX_NAME:
        raise InvalidField(field="nome", reason="too_long", maximum=MAX_NAME)
    if has_invisible(text):
        raise InvalidField(field="nome", reason="invisible")
    return name


def number_of(reason_id: str) -> int:
    """Return the number in an id (``m7`` → 7). Raises ReasonNotFound."""
    match = _ID.fullmatch(reason_id)
    if match is None:
        raise ReasonNotFound(reason_id=reason_id)
    return int(match[1])
