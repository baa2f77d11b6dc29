"""What is printed as a code: which kind of code a text becomes, and what its bars are as far as that is a rule.

EAN-13, EAN-8 and UPC-A (an EAN-13 that begins with 0) after the GS1 General Specifications, section 5.2; Code 128
after ISO/IEC 15417; QR Code after ISO/IEC 18004.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias, get_args

from almoxarife.errors import InvalidField

Wanted: TypeAlias = Literal["automatico", "ean13", "code128", "qr"]
WANTED: tuple[Wanted, ...] = get_args(Wanted)
Kind: TypeAlias = Literal["ean", "code128", "qr"]
MAX_CODE = 80

_LEFT = (
    "0001101",
    "0011001",
    "0010011",
    "0111101",
    "0100011",
    "0110001",
    "0101111",
    "0111011",
    "0110111",
    "0001011",
)
# Which of the first six digits are written in the other (even) form tells the seventh: the first of the number.
_PARITY = ("000000", "001011", "001101", "001110", "010011", "011001", "011100", "010101", "010110", "011010")
_GUARD, _MIDDLE = "101", "01010"


class Code(NamedTuple):
    """A text and the kind of code that it is printed as."""

    text: str
    kind: Kind


class Limits(NamedTuple):
    """Of a kind of code, in modules and mm: what stays white at its sides, and how wide a module may be."""

    quiet_left: int
    quiet_right: int
    most_module: float


# Two dots of a printer with 203 dots per inch. GS1 wants 0.264 mm of an EAN-13, which such a printer cannot draw.
LEAST_MODULE = 0.249
LIMITS: dict[Kind, Limits] = {
    "ean": Limits(11, 7, 0.40),
    "code128": Limits(10, 10, 0.40),
    "qr": Limits(4, 4, 0.80),
}


def check_digit(digits: str) -> str:
    """Return the check digit that follows some digits of a GTIN.

    Weights 3 and 1, from the right (GS1 General Specifications, 7.9).

    >>> check_digit("789123456789")
    '5'
    """
    total = sum(int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def is_gtin(text: str, lengths: tuple[int, ...] = (8, 12, 13)) -> bool:
    """Tell whether a text is a GTIN of one of some lengths, with its check digit."""
    return len(text) in lengths and text.isascii() and text.isdigit() and check_digit(text[:-1]) == text[-1]


def code_of(text: str, wanted: Wanted) -> Code:
    """Return as what a text is printed. Raises InvalidField where it cannot be printed as what was wanted."""
    if not text:
        raise InvalidField(field="codigo", reason="empty")
    if len(text) > MAX_CODE:
        raise InvalidField(field="codigo", reason="too_long", maximum=MAX_CODE)
    plain = all(" " <= character <= "~" for character in text)
    if wanted == "ean13" and not is_gtin(text):
        raise InvalidField(field="codigo", reason="not_printable_gtin")
    if wanted == "code128" and not plain:
        raise InvalidField(field="codigo", reason="not_ascii")
    if wanted == "qr" or not plain:
        return Code(text, "qr")
    if wanted == "code128" or not is_gtin(text):
        return Code(text, "code128")
    return Code(text.zfill(13) if len(text) == 12 else text, "ean")


def ean_modules(digits: str) -> str:
    """Return the modules of an EAN-13 or EAN-8, 1 for a bar.

    >>> ean_modules("96385074")
    '1010001011010111101111010110111010101001110111001010001001011100101'
    """
    if len(digits) == 13:
        parity, left, right = _PARITY[int(digits[0])], digits[1:7], digits[7:]
    else:
        parity, left, right = "0000", digits[:4], digits[4:]
    first = "".join(
        _even(digit) if even == "1" else _LEFT[int(digit)] for digit, even in zip(left, parity, strict=True)
    )
    second = "".join(_right(digit) for digit in right)
    return f"{_GUARD}{first}{_MIDDLE}{second}{_GUARD}"


def shown_text(code: Code) -> str:
    """Return the code as people read it, in groups where it is customary."""
    text = code.text
    if code.kind == "ean" and len(text) == 13:
        return f"{text[0]} {text[1:7]} {text[7:]}"
    if code.kind == "ean":
        return f"{text[:4]} {text[4:]}"
    return text


def runs(modules: str) -> list[tuple[int, int]]:
    """Return where bars begin and how wide they are, in modules.

    >>> runs("1011")
    [(0, 1), (2, 2)]
    """
    found: list[tuple[int, int]] = []
    for place, module in enumerate(modules):
        if module == "0":
            continue
        if found and sum(found[-1]) == place:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((place, 1))
    return found


def _right(digit: str) -> str:
    """Return a digit right of the middle: its odd form with bars and spaces changed for each other."""
    return _LEFT[int(digit)].translate(str.maketrans("01", "10"))


def _even(digit: str) -> str:
    """Return a digit in even form: that of the right side, read backwards."""
    return _right(digit)[::-1]
