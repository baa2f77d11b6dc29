"""Rules of units of measure: their codes, their decimals, and what a quantity in one of them is."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from almoxarife.errors import DomainError, InvalidField
from almoxarife.ledger.rules import QUANTITY_SCALE
from almoxarife.names import check_line

MAX_CODE = 6
MAX_NAME = 60
MAX_DECIMALS = 4
# The unit of a product of which nothing was said.
USUAL_UNIT = "UN"
# NF-e takes one to six characters for a unit (field uCom).
_CODE = re.compile(f"[A-Z0-9]{{1,{MAX_CODE}}}")


class UnitExists(DomainError):
    """A unit with this code exists: ``code``, and ``name`` of the one that is there."""


class UnitNotFound(DomainError):
    """No unit has this code: ``code``."""


class TooManyDecimals(DomainError):
    """A quantity is finer than its unit: ``unit`` and how many ``decimals`` that has."""


class NoDecimals(TooManyDecimals):
    """A quantity is no whole number, and its unit has no decimals: ``unit``."""


def canonical_code(text: str) -> str:
    """Return a unit's code as it is kept: ``kg`` is ``KG``. It may still be no code at all."""
    return unicodedata.normalize("NFKC", text[: MAX_CODE * 4]).strip().upper()


def check_code(text: str) -> str:
    """Return the form in which a unit's code is kept. Raises InvalidField."""
    code = canonical_code(text)
    if len(text) > MAX_CODE * 4 or not _CODE.fullmatch(code):
        raise InvalidField(field="codigo", reason="not_unit_code", maximum=MAX_CODE)
    return code


def check_name(text: str) -> str:
    """Return the form in which a unit's name is kept. Raises InvalidField."""
    return check_line(text, "nome", MAX_NAME)


def check_decimals(decimals: int) -> int:
    """Return a number of decimals that a quantity can have. Raises InvalidField."""
    if decimals < 0:
        raise InvalidField(field="decimais", reason="too_small", minimum=0)
    if decimals > MAX_DECIMALS:
        raise InvalidField(field="decimais", reason="too_large", maximum=MAX_DECIMALS)
    return decimals


def require_decimals(quantity: Decimal, unit: str, decimals: int) -> None:
    """Raise TooManyDecimals for a quantity that is finer than its unit."""
    fraction = quantity.normalize().as_tuple().exponent
    assert isinstance(fraction, int)
    if -fraction > decimals:
        raise too_fine(unit, decimals)


def too_fine(unit: str, decimals: int) -> TooManyDecimals:
    """Return the refusal of a quantity that is finer than its unit."""
    return (TooManyDecimals if decimals else NoDecimals)(unit=unit, decimals=decimals)


def finest(decimals: int) -> int:
    """Return the smallest quantity with so many decimals, in 1/10,000."""
    step: int = QUANTITY_SCALE // 10**decimals
    return step
