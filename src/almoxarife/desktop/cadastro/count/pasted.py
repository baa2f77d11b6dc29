"""What was pasted where people count: the lines of a data collector's file, or of a sheet, with quantities."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from almoxarife.contract.types import MAX_WHOLE_QUANTITY
from almoxarife.desktop.kit.formats import NumberError, parse_quantity
from almoxarife.i18n import _, format_quantity

DECIMALS = 4
# Who has counted more pastes it in parts.
MOST_LINES = 5_000
# A group separator of a scanned string is no end of a line.
_LINE_END = re.compile(r"[\r\n]+")
_QUANTITY = re.compile(r"(.*\S)\s*[\t;|]\s*([^\t;|]*)")


class PastedLine(NamedTuple):
    """A code, and how often it was counted."""

    code: str
    quantity: Decimal | int


def pasted_lines(text: str) -> Sequence[PastedLine]:
    """Return what a pasted text counts: a code in each line and, behind a tab, ``;`` or ``|``, a quantity, else 1.

    Raises NumberError, whose sentence names the line: nothing of such a text counts.
    """
    lines = [line.strip() for line in _LINE_END.split(text)]
    wanted = [(number, line) for number, line in enumerate(lines, 1) if line]
    if len(wanted) > MOST_LINES:
        said = _("At most {count} lines at a time.")
        raise NumberError(said.format(count=format_quantity(MOST_LINES)))
    return [_line(number, line) for number, line in wanted]


def _line(number: int, line: str) -> PastedLine:
    found = _QUANTITY.fullmatch(line)
    if found is None:
        return PastedLine(line, 1)
    code, quantity = found.groups()
    try:
        return PastedLine(code, parse_quantity(quantity, decimals=DECIMALS, maximum=MAX_WHOLE_QUANTITY))
    except NumberError as error:
        said = _("Line {number}, “{quantity}”: {why} Nothing was counted.")
        raise NumberError(said.format(number=number, quantity=quantity, why=error)) from None
