"""Rules of codes: check digits, the form in which two codes are the same code, and what is refused."""

from __future__ import annotations

import re

from almoxarife.errors import DomainError, InvalidField
from almoxarife.features.codes.rules.printed import require_not_printed
from almoxarife.names import check_line, fold

MAX_CODE = 60
MAX_KIT = 50
GTIN, OWN, SUPPLIERS, SCALE = "gtin", "proprio", "fornecedor", "balanca"
KINDS = (GTIN, OWN, SUPPLIERS, SCALE)
# Whose code it is: everybody's, the scale's, else the number of a supplier.
EVERYBODY, OF_SCALE = 0, -1
# A GTIN in the 14 digits in which the standard keeps all of them (GS1 General Specifications, 3.3.2).
KEY_DIGITS = 14
_GTIN_LENGTHS = frozenset({8, 12, 13, 14})
# No label has room for more than ten digits beside prefix, value and check digit.
_SCALE_NUMBER = re.compile("[0-9]{1,10}")


class WrongCheckDigit(DomainError):
    """The last digit of ``text`` must be ``digit``; ``field`` named it, ``understood``: the code as it should be."""


class CodeNotFound(DomainError):
    """Nobody has the code ``text``; ``understood``: what could be read of it."""


class AmbiguousCode(DomainError):
    """Several suppliers (``suppliers``, their names) have the code ``text``; say whose it is."""


class SupplierNotFound(DomainError):
    """No partner has this id: ``supplier_id``."""


class CodeInUse(DomainError):
    """The code ``text`` belongs to a product: its ``name`` and ``product_id``."""


class CodeNotThere(DomainError):
    """No code has this id."""


class CodeIdConflict(DomainError):
    """The id belongs to a code with other content."""


class KitCode(DomainError):
    """The code ``text`` enters several products, and here is room for one: ``field``."""


class LabelOfScale(DomainError):
    """The code ``text`` is a label of the scale; what a product is given is the ``number`` on it."""


class CodeWithoutUnit(DomainError):
    """The code ``text`` of a product counts in ``unit``, and the product that remains (``name``) does not."""


def check_digit(digits: str) -> str:
    """Return the check digit that belongs behind some digits.

    Weights 3 and 1 in turn from the right, and what is missing to the next ten (GS1 General Specifications, 7.9.1).
    """
    total = sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def has_right_digit(digits: str) -> bool:
    """Tell whether the last digit of a number is its check digit."""
    return check_digit(digits[:-1]) == digits[-1]


def looks_like_gtin(text: str) -> bool:
    """Tell whether a text has as many digits as a GTIN, and nothing else."""
    return len(text) in _GTIN_LENGTHS and text.isascii() and text.isdigit()


def gtin_key(text: str) -> str | None:
    """Return a GTIN in 14 digits, None where the text is none or its check digit is wrong.

    Eight digits that are no GTIN-8 may be a UPC-E.
    """
    if not looks_like_gtin(text):
        return None
    return text.zfill(KEY_DIGITS) if has_right_digit(text) else upc_e_key(text)


def upc_e_key(text: str) -> str | None:
    """Return the number that the eight digits of a UPC-E stand for in 14 digits, None where they are none.

    Zeros of a UPC of 12 digits are left out of it; its seventh digit tells where, and the check digit is that of the
    whole (GS1 General Specifications, 5.2.2.4.2).

    >>> upc_e_key("04252614")
    '00042100005264'
    """
    if len(text) != 8 or not looks_like_gtin(text) or text[0] != "0":
        return None
    digits, how, check = text[1:6], text[6], text[7]
    if how in "012":
        whole = f"0{digits[:2]}{how}0000{digits[2:]}{check}"
    elif how == "3":
        whole = f"0{digits[:3]}00000{digits[3:]}{check}"
    elif how == "4":
        whole = f"0{digits[:4]}00000{digits[4:]}{check}"
    else:
        whole = f"0{digits}0000{how}{check}"
    return whole.zfill(KEY_DIGITS) if has_right_digit(whole) else None


def written_gtin(key: str) -> str:
    """Return a GTIN of 14 digits as it is printed: of a case 14, of a small piece 8, else 13.

    A UPC of 12 digits is the same number as an EAN of 13 with a zero before it.
    """
    if key.startswith("000000"):
        return key[6:]
    return key if key[0] != "0" else key[1:]


def is_printed_on_pieces(gtin: str) -> bool:
    """Tell whether a GTIN as it is kept stands on single pieces; 14 digits are on cases alone."""
    return len(gtin) < KEY_DIGITS


def key_of(text: str) -> str:
    """Return the form in which two codes are the same: digits of a GTIN as such, else without case."""
    return gtin_key(text) or fold(text)


def scale_key(text: str) -> str:
    """Return the form in which two numbers of the scale are the same: without zeros before them."""
    return text.lstrip("0") or "0"


def require_check_digit(text: str, field: str) -> str:
    """Return the 14 digits of a text that looks like a GTIN. Raises WrongCheckDigit."""
    key = gtin_key(text)
    if key is None:
        digit = check_digit(text[:-1])
        understood = {"tipo": GTIN, "codigo": written_gtin((text[:-1] + digit).zfill(KEY_DIGITS))}
        raise WrongCheckDigit(text=text, digit=digit, field=field, understood=understood)
    return key


def check_code(text: str, kind: str) -> tuple[str, str]:
    """Return a code as it is kept, and the form in which it is compared.

    Raises InvalidField, WrongCheckDigit, ReservedCode.
    """
    line = check_line(text, "codigo", MAX_CODE)
    if kind == GTIN:
        if not looks_like_gtin(line):
            raise InvalidField(field="codigo", reason="not_gtin")
        key = require_check_digit(line, "codigo")
        return written_gtin(key), key
    if kind == SCALE:
        if not _SCALE_NUMBER.fullmatch(line):
            raise InvalidField(field="codigo", reason="not_scale_number", maximum=10)
        return scale_key(line), scale_key(line)
    if kind == OWN:
        require_not_printed(line)
    return line, key_of(line)


def check_kind(kind: str | None, text: str, *, of_supplier: bool) -> str:
    """Return the kind of a code, told by its text and whose it is where nobody says it. Raises InvalidField."""
    if kind is None:
        if of_supplier:
            return SUPPLIERS
        return GTIN if looks_like_gtin(text.strip()) else OWN
    if kind == SUPPLIERS and not of_supplier:
        raise InvalidField(field="fornecedor_id", reason="missing")
    if of_supplier and kind != SUPPLIERS:
        raise InvalidField(field="fornecedor_id", reason="not_together", other=f"tipo {kind}")
    return kind
