"""Reading GS1 element strings: GS1-128, GS1 DataMatrix, GS1 QR Code, and the form that people read.

After the GS1 General Specifications, section 7.8. Each fault has a refusal of its own, with the identifier at fault,
so that whoever prints the labels knows what to change.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from almoxarife.errors import DomainError
from almoxarife.features.codes.rules.codes import check_digit, has_right_digit
from almoxarife.features.codes.rules.gs1_table import IDENTIFIERS, LENGTHS, Identifier, Piece

FNC1 = "\x1d"
# What scanners put in front when they tell which symbol it was (ISO/IEC 15424), of symbols that begin with FNC1.
_SYMBOLS = ("]C1", "]d2", "]Q3", "]e0", "]J1")
_BRACKETS = re.compile(r"\(([0-9]{2,4})\)")
_ALLOWED = {
    "N": re.compile("[0-9]*"),
    "D": re.compile("[0-9]*"),
    "X": re.compile(r"""[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]*"""),
    "Y": re.compile(r"[#\-/0-9A-Z]*"),
    "Z": re.compile("[A-Za-z0-9_=-]*"),
}


class UnknownIdentifier(DomainError):
    """There is no application identifier like ``identifier``, where one should begin."""


class WrongLength(DomainError):
    """Behind ``identifier`` (``title``) stand ``found`` characters, and it takes ``expected``."""


class MissingSeparator(DomainError):
    """Behind ``identifier`` (``title``) stand more than ``maximum`` characters without FNC1."""


class RepeatedIdentifier(DomainError):
    """``identifier`` (``title``) stands twice."""


class WrongCharacter(DomainError):
    """Behind ``identifier`` (``title``) stands a ``character`` that it does not take."""


class WrongDay(DomainError):
    """Behind ``identifier`` (``title``) stands ``value``, which is no day."""


class WrongDigit(DomainError):
    """The check digit behind ``identifier`` (``title``) must be ``digit`` for ``value``."""


class NotTogether(DomainError):
    """``identifier`` cannot stand beside ``other``."""


class MissingIdentifier(DomainError):
    """``identifier`` asks for ``other``, which is not there."""


class NoProduct(DomainError):
    """An element string names no product: neither (01) nor (02)."""


class Element(NamedTuple):
    """An element of a string: identifier, data title, and what is behind it as it stands."""

    identifier: str
    title: str
    value: str


def is_gs1(text: str) -> bool:
    """Tell whether a text says of itself that it is an element string."""
    return text.startswith(_SYMBOLS) or FNC1 in text or _BRACKETS.match(text) is not None


def elements_of(text: str, field: str) -> list[Element]:
    """Return the elements of a string in its order; ``field`` names it in refusals.

    Raises UnknownIdentifier, WrongLength, MissingSeparator, RepeatedIdentifier, WrongCharacter, WrongDay,
    WrongDigit, NotTogether, MissingIdentifier.
    """
    bare = text[3:] if text.startswith(_SYMBOLS) else text
    bare = bare.removeprefix(FNC1)
    raw = _bracketed(bare, field) if _BRACKETS.match(bare) else _concatenated(bare, field)
    found: dict[str, Element] = {}
    for identifier, value in raw:
        if identifier.digits in found:
            raise RepeatedIdentifier(**_named(identifier, field))
        _check(identifier, value, field)
        found[identifier.digits] = Element(identifier.digits, identifier.title, value)
    _check_pairs(set(found), field)
    return list(found.values())


def day_of(value: str, today: date) -> str:
    """Return a day of six digits (YYMMDD) such as 2026-11-24; day 00 is the last one of its month.

    The year is the one within 49 years before and 50 after the present one (7.12). Raises ValueError.
    """
    year, month, day = int(value[:2]), int(value[2:4]), int(value[4:6])
    year += today.year - today.year % 100
    if year - today.year > 50:
        year -= 100
    elif year - today.year < -49:
        year += 100
    if day == 0:
        if not 1 <= month <= 12:
            raise ValueError(value)
        day = calendar.monthrange(year, month)[1]
    return date(year, month, day).isoformat()


def _concatenated(text: str, field: str) -> Iterator[tuple[Identifier, str]]:
    """Yield identifiers and what is behind them, of a string as scanners send it."""
    place = 0
    while place < len(text):
        identifier = _identifier_at(text, place, field)
        place += len(identifier.digits)
        end = text.find(FNC1, place)
        end = len(text) if end < 0 else end
        if identifier.is_predefined:
            end = min(end, place + identifier.most)
        elif end - place > identifier.most:
            raise MissingSeparator(**_named(identifier, field), maximum=identifier.most)
        yield identifier, text[place:end]
        place = end
        if text.startswith(FNC1, place):
            place += 1


def _bracketed(text: str, field: str) -> Iterator[tuple[Identifier, str]]:
    """Yield identifiers and what is behind them, of the form that people read, such as (01)…(10)….

    A value may have brackets of its own: only an identifier of the table between two of them begins an element.
    """
    marks = [
        mark
        for mark in _BRACKETS.finditer(text)
        if mark.start() == 0 or mark[1] in IDENTIFIERS or LENGTHS.get(mark[1][:2]) is None
    ]
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        identifier = IDENTIFIERS.get(mark[1])
        if identifier is None:
            raise UnknownIdentifier(identifier=mark[1], field=field)
        end = following.start() if following is not None else len(text)
        yield identifier, text[mark.end() : end].removesuffix(FNC1)


def _identifier_at(text: str, place: int, field: str) -> Identifier:
    length = LENGTHS.get(text[place : place + 2], 2)
    digits = text[place : place + length]
    identifier = IDENTIFIERS.get(digits)
    if identifier is None:
        raise UnknownIdentifier(identifier=digits.replace(FNC1, ""), field=field)
    return identifier


def _check(identifier: Identifier, value: str, field: str) -> None:
    named = _named(identifier, field)
    if not identifier.least <= len(value) <= identifier.most:
        expected = (
            str(identifier.most)
            if identifier.least == identifier.most
            else f"{identifier.least}-{identifier.most}"
        )
        raise WrongLength(**named, found=len(value), expected=expected)
    place = 0
    for piece in identifier.pieces:
        part = value[place : place + piece.most]
        place += piece.most
        if part or not piece.is_optional:
            _check_piece(piece, part, named)


def _check_piece(piece: Piece, part: str, named: dict[str, object]) -> None:
    allowed = _ALLOWED[piece.kind].match(part)
    assert allowed is not None
    if allowed.end() < len(part):
        raise WrongCharacter(**named, character=part[allowed.end()])
    if len(part) < piece.least:
        raise WrongLength(**named, found=len(part), expected=str(piece.least))
    if piece.kind == "D":
        try:
            day_of(part, date(2000, 1, 1))
        except ValueError:
            raise WrongDay(**named, value=part) from None
    if piece.has_check_digit and not has_right_digit(part):
        raise WrongDigit(**named, value=part, digit=check_digit(part[:-1]))


def _check_pairs(there: set[str], field: str) -> None:
    """Refuse what cannot be said together of one scan (4.13 and 4.14), as far as it tells what is counted."""
    if {"01", "02"} <= there:
        raise NotTogether(identifier="01", other="02", field=field)
    if "02" in there and "37" not in there:
        raise MissingIdentifier(identifier="02", other="37", field=field)
    if "37" in there and not there & {"00", "02", "8026"}:
        raise MissingIdentifier(identifier="37", other="02", field=field)


def _named(identifier: Identifier, field: str) -> dict[str, object]:
    return {"identifier": identifier.digits, "title": identifier.title, "field": field}
