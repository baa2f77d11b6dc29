"""Rules of reasons: why goods were lost, counted otherwise, or taken although they had expired."""

from __future__ import annotations

from almoxarife.errors import DomainError
from almoxarife.ids import number_in
from almoxarife.names import check_line

MAX_NAME = 80


class ReasonExists(DomainError):
    """A reason with this name exists: ``name`` is the one that is there."""


class ReasonNotFound(DomainError):
    """No reason has this id, or none that may still be given: ``reason_id``."""


def check_name(text: str) -> str:
    """Return the form in which a reason's name is kept. Raises InvalidField."""
    return check_line(text, "nome", MAX_NAME)


def number_of(reason_id: str) -> int:
    """Return the number in an id (``m7`` → 7). Raises ReasonNotFound."""
    number = number_in(reason_id, "m")
    if number is None:
        raise ReasonNotFound(reason_id=reason_id)
    return number
