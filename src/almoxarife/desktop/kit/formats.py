"""Numbers and dates as Brazilians type them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

from almoxarife.i18n import N_, _, format_quantity, language
from almoxarife.quantities import NotWhole, read_whole

_REASONS = {
    "empty": N_("Type the quantity."),
    "fraction": N_("Use a whole number, without a comma."),
    "not_number": N_("Use a whole number such as 50 or 1.234."),
    "not_positive": N_("The quantity must be more than zero."),
    "too_large": N_("The most is {maximum}."),
}
_DECIMAL = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d*))?")
_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2}|\d{4}))?")
_CENTURY = 2000
MINUS = "\N{MINUS SIGN}"


class NumberError(ValueError):
    """What was typed is no usable number; its text tells a person what to type."""


class DateError(ValueError):
    """What was typed is no day; its text tells a person what to type."""


def parse_whole(text: str, *, maximum: int) -> int:
    """Return the positive whole number typed: ``50``, ``1.234``; a comma and zeros (``50,00``) are no part.

    Raises NumberError with a sentence.
    """
    try:
        return read_whole(text, maximum=maximum)
    except NotWhole as refusal:
        sentence = _(_REASONS[refusal.reason]).format(maximum=format_quantity(maximum))
        raise NumberError(sentence) from None


def parse_quantity(
    text: str, *, decimals: int, maximum: int, signed: bool = False, or_zero: bool = False
) -> Decimal | int:
    """Return the quantity typed, with at most so many decimals.

    ``signed`` also takes ``-3`` and ``+3``, ``or_zero`` nothing at all where there are decimals. Raises NumberError
    with a sentence.
    """
    written = unicodedata.normalize("NFKC", text).replace(" ", "").replace(MINUS, "-")
    sign = -1 if signed and written.startswith("-") else 1
    unsigned = written[1:] if signed and written[:1] in ("+", "-") else written
    if not decimals or not unsigned:
        return sign * parse_whole(unsigned, maximum=maximum)
    number = _decimal(unsigned, decimals)
    if not number and not or_zero:
        raise NumberError(_(_REASONS["not_positive"]))
    if number > maximum:
        raise NumberError(_(_REASONS["too_large"]).format(maximum=format_quantity(maximum)))
    return sign * (int(number) if number == number.to_integral_value() else number)


def parse_money(text: str, *, maximum: int) -> Decimal:
    """Return the amount typed, zero or more, with at most four decimals: ``1.234,56``, ``R$ 5``.

    Raises NumberError with a sentence.
    """
    written = unicodedata.normalize("NFKC", text).replace(" ", "").removeprefix("R$")
    number = _decimal(written, 4)
    if number > maximum:
        raise NumberError(_(_REASONS["too_large"]).format(maximum=format_quantity(maximum)))
    return number


def parse_date(text: str, *, today: date) -> date:
    """Return the day typed: ``24/11/2026``, ``24/11/26``, or ``24/11`` of this year.

    Raises DateError with a sentence.
    """
    found = _DATE.fullmatch(unicodedata.normalize("NFKC", text).replace(" ", ""))
    wrong = DateError(_("Use a date such as 24/11/2026."))
    if found is None:
        raise wrong
    day, month, year = found.groups()
    number = int(year) if year else today.year
    try:
        return date(number if number >= 100 else _CENTURY + number, int(month), int(day))
    except ValueError:
        raise wrong from None


def format_date(day: date) -> str:
    """Return a day as Brazilians write it, ``24/11/2026``."""
    return f"{day:%d/%m/%Y}"


def format_money(amount: Decimal | int) -> str:
    """Return an amount with two decimals, more where it has more: ``1.234,50``, ``0,3333``."""
    from babel.numbers import format_decimal

    return format_decimal(amount, format="#,##0.00##", locale=language())


def format_signed(quantity: Decimal | int) -> str:
    """Return a quantity with its sign, ``+50`` or ``-3``; zero has none."""
    return f"+{format_quantity(quantity)}" if quantity > 0 else format_quantity(quantity)


def _decimal(written: str, decimals: int) -> Decimal:
    found = _DECIMAL.fullmatch(written) if written.isascii() and len(written) <= 40 else None
    if found is None:
        raise NumberError(_("Use a number such as 2,5 or 1.234."))
    whole, part = found[1].replace(".", ""), (found[2] or "").rstrip("0")
    if len(part) > decimals:
        raise NumberError(_("At most {count} decimals.").format(count=decimals))
    return Decimal(f"{whole}.{part or 0}")
