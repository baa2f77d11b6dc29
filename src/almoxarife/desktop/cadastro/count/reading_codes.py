"""From typed or pasted codes to products, by asking the server for one after another."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from almoxarife.client.codes import Reading
from almoxarife.client.errors import Refused, SessionExpired, Unavailable
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.count_api import UNKNOWN_CODE
from almoxarife.i18n import _

# A group separator of a scanned string is neither: ``splitlines`` and ``\\s`` would take it for one.
_LINE_END = re.compile(r"[\r\n]+")
_BETWEEN = re.compile(r"[ \t,;]+")
# A product's own id in capitals; codes are the same in either case.
_OWN_ID = re.compile(r"P[0-9]+")


@dataclass(frozen=True)
class CodeRead:
    """Which products a text stands for, or why none; ``line``: the one in which it stood."""

    line: str
    text: str
    products: tuple[Product, ...] = ()
    why: str = ""


def lines_of(text: str) -> list[str]:
    """Return what stands in each line, each once, in order."""
    return [line for line in dict.fromkeys(part.strip() for part in _LINE_END.split(text)) if line]


def read_codes(ask: Callable[[str], Reading], lines: Sequence[str]) -> list[CodeRead]:
    """Return which products some lines stand for; ``ask`` may take seconds, and raise errors of ``client.errors``.

    A line that is no code itself may be several, with spaces, commas or semicolons between them.
    """
    return [one for line in lines for one in _read(ask, line)]


def _read(ask: Callable[[str], Reading], line: str) -> list[CodeRead]:
    whole = _answer(ask, line)
    parts = list(dict.fromkeys(part for part in _BETWEEN.split(line) if part))
    if isinstance(whole, Refused) and whole.code == UNKNOWN_CODE and len(parts) > 1:
        return [_outcome(line, part, _answer(ask, part)) for part in parts]
    return [_outcome(line, line, whole)]


def _answer(ask: Callable[[str], Reading], text: str) -> Reading | Refused:
    try:
        return ask(text.lower() if _OWN_ID.fullmatch(text) else text)
    except (SessionExpired, Unavailable):
        raise
    except Refused as refusal:
        return refusal


def _outcome(line: str, text: str, answer: Reading | Refused) -> CodeRead:
    if isinstance(answer, Refused):
        return CodeRead(line, text, why=answer.message)
    if not answer.lines:
        return CodeRead(line, text, why=_("That is the place {name}.").format(name=answer.place_name))
    return CodeRead(line, text, tuple(part.product for part in answer.lines))
