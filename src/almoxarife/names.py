"""Forms of a name: how it is shown, how it is compared, how it is searched.

Unicode NFKC (UAX #15) makes composed and decomposed accents and full-width
twins one; ``str.casefold`` is Unicode's own comparison without case. Turkish
dotless and dotted i stay apart, as casefold keeps them.
"""

from __future__ import annotations

import unicodedata

from almoxarife.errors import InvalidField

# Controls, surrogates, private and unassigned characters, invisible format characters
# (bidirectional overrides, zero-width joiners) and the two line separators: none can be
# seen, and each makes two names that look alike or a text that lies about its order.
_INVISIBLE = frozenset({"Cc", "Cs", "Co", "Cn", "Cf", "Zl", "Zp"})
# Letters and signs without a shape, in other categories: the fillers of Hangul and Khmer, an empty braille cell.
_SHAPELESS = frozenset("\u115f\u1160\u3164\uffa0\u17b4\u17b5\u2800")
# They choose the shape of the character before them (an emoji's colours) and are none themselves; U+034F joins.
_SELECTORS = str.maketrans(
    dict.fromkeys([0x034F, *range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])
)


def display_form(text: str) -> str:
    """Return the name as it is kept and shown: composed, without spaces around it."""
    return unicodedata.normalize("NFC", text).strip()


def fold(text: str) -> str:
    """Return the form in which two names are the same name."""
    compatible = unicodedata.normalize("NFKC", text.translate(_SELECTORS)).casefold()
    return " ".join(unicodedata.normalize("NFKC", compatible).split())


def search_form(text: str) -> str:
    """Return the folded name without accents, in which people search."""
    decomposed = unicodedata.normalize("NFKD", fold(text))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def has_invisible(text: str) -> bool:
    """Tell whether a character in the text cannot be seen (controls, line breaks, overrides)."""
    return any(c in _SHAPELESS or unicodedata.category(c) in _INVISIBLE for c in text)


def check_line(text: str, field: str, maximum: int, *, may_be_empty: bool = False) -> str:
    """Return the form in which a text of one line is kept, at most so many characters. Raises InvalidField."""
    # Nothing that a person types grows shorter by so much; looking at all of a megabyte would take long.
    if len(text) > maximum * 4:
        raise InvalidField(field=field, reason="too_long", maximum=maximum)
    line = display_form(text)
    if not may_be_empty and not fold(line):
        raise InvalidField(field=field, reason="empty")
    if len(line) > maximum:
        raise InvalidField(field=field, reason="too_long", maximum=maximum)
    # Of the text as it came: a line break is no space around a name.
    if has_invisible(text):
        raise InvalidField(field=field, reason="invisible")
    return line


def check_notes(text: str, field: str, maximum: int) -> str:
    """Return the form in which a text of any number of lines is kept. Raises InvalidField."""
    if len(text) > maximum * 4:
        raise InvalidField(field=field, reason="too_long", maximum=maximum)
    lines = text.replace("\r\n", "\n").split("\n")
    if any(has_invisible(line) for line in lines):
        raise InvalidField(field=field, reason="invisible")
    notes = "\n".join(display_form(line) for line in lines).strip()
    if len(notes) > maximum:
        raise InvalidField(field=field, reason="too_long", maximum=maximum)
    return notes
