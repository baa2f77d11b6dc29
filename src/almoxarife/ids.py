"""Ids as they go over the wire: a letter for the kind of thing, and its number (``p7``, ``l2``, ``v12``), or a UUID."""

from __future__ import annotations

import re

from almoxarife.errors import InvalidField

# At most the digits of a 63-bit number, no leading zero: one thing has one spelling.
_NUMBER = re.compile("[1-9][0-9]{0,17}")
_UUID = re.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


def number_in(text: str, letter: str) -> int | None:
    """Return the number in an id (``p7`` → 7), or None where the text is no id with that letter."""
    if text[:1] != letter or not _NUMBER.fullmatch(text, 1):
        return None
    return int(text[1:])


def number_after(text: str | None, letter: str) -> int:
    """Return the number behind which a list goes on, 0 for its beginning. Raises InvalidField."""
    if text is None:
        return 0
    number = number_in(text, letter)
    if number is None:
        raise InvalidField(field="depois_de", reason="not_id", example=f"{letter}12")
    return number


def uuid_of(text: str, field: str = "id") -> bytes:
    """Return the 16 bytes of a UUID in its usual form of 36 characters. Raises InvalidField."""
    # Not uuid.UUID(), which also takes braces, "urn:uuid:" and hyphens anywhere: one id must have one spelling.
    if not _UUID.fullmatch(text):
        raise InvalidField(field=field, reason="not_uuid")
    return bytes.fromhex(text.replace("-", ""))
