"""Rules of products: their names and their ids."""

from __future__ import annotations

import re

from almoxarife.errors import DomainError, InvalidField
from almoxarife.names import display_form, fold, has_invisible

MAX_NAME = 200
# An id is p1, p2, …: at most the digits of a 63-bit number, no leading zero.
_ID = re.compile(r"p([1-9][0-9]{0,17})")


class ProductExists(DomainError):
    """A product with this name exists: ``name`` is the one that is there."""


class ProductNotFound(DomainError):
    """No product has this id: ``product_id``."""


def check_name(text: str) -> str:
    """Return the form in which a product's name is kept. Raises InvalidField."""
    if len(text) > MAX_NAME * 4:
        raise InvalidField(field="nome", reason="too_long", maximum=MAX_NAME)
    name = display_form(text)
    if not fold(name):
        raise InvalidField(field="nome", reason="empty")
    if len(name) > MAX_NAME:
        raise InvalidField(field="nome", reason="too_long", maximum=MAX_NAME)
    # Of the text as it came: a line break is no space around a name.
    if has_invisible(text):
        raise InvalidField(field="nome", reason="invisible")
    return name


def number_of(product_id: str) -> int | None:
    """Return the number in an id (``p7`` → 7), or None where the text is no product's id."""
    match = _ID.fullmatch(product_id)
    return int(match[1]) if match else None
