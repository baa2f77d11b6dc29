"""Types of the wire that several messages use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from almoxarife.i18n import _

MAX_SEQUENCE = 2**63 - 1
MAX_PAGE = 1_000
MAX_WHOLE_QUANTITY = 999_999_999
# A GS1 element string has up to 48 characters in a GS1-128, in a matrix some hundreds.
MAX_SCAN = 400

# Which of the things that can be deactivated a list shows, and what that means: None for all of them.
Situation: TypeAlias = Literal["ativos", "inativos", "todos"]
SITUATIONS: Mapping[Situation, bool | None] = {"ativos": True, "inativos": False, "todos": None}


_DECIMAL = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?")


class Unreadable:
    """Stands for a JSON number that is not read: NaN, an infinity, or one of absurd length or exponent.

    It takes the place of the number so that the refusal can name the field.
    """


def _digits(value: object) -> int:
    """Read a whole number of the query; unlike ``int`` it takes neither signs, spaces nor underscores."""
    if isinstance(value, int):
        return value
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 19:
        return int(value)
    raise PydanticCustomError("not_whole_number", "not a whole number")


def _quantity(value: Any) -> Decimal:
    """Read a quantity: a JSON number, or a string of digits as the first programs send it."""
    if isinstance(value, str):
        text = value.strip()
        if text.isascii() and text.isdigit() and len(text) <= 20:
            return Decimal(text)
    elif isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return Decimal(value)
    raise PydanticCustomError("not_number", "not a number")


def _decimal(value: Any) -> Decimal:
    """Read an exact number: a JSON number, or a text such as ``12.50``."""
    if isinstance(value, str):
        if _DECIMAL.fullmatch(value):
            return Decimal(value)
    elif isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return Decimal(value)
    raise PydanticCustomError("not_number", "not a number")


WholeNumber = Annotated[int, BeforeValidator(_digits)]

# A product that a search is about, by its id or by what was scanned of it.
ProductMeant = Annotated[
    str, Field(max_length=MAX_SCAN, description=_("A product: its id, or one of its codes."), examples=["p1"])
]

Quantity = Annotated[
    Decimal,
    PlainValidator(_quantity),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 1, "maximum": MAX_WHOLE_QUANTITY},
                {"type": "string", "pattern": "^0{0,9}[1-9][0-9]{0,8}$"},
            ],
            "examples": [50],
        }
    ),
]

# Of an adjustment also less than nothing, and of what is weighed also parts of a unit.
SignedQuantity = Annotated[
    Decimal,
    PlainValidator(_quantity),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": -MAX_WHOLE_QUANTITY, "maximum": MAX_WHOLE_QUANTITY},
                {"type": "string", "pattern": "^0{0,9}[1-9][0-9]{0,8}$"},
            ],
            "examples": [50],
        }
    ),
]

# Money, and quantities of which there may be parts.
Exact = Annotated[
    Decimal,
    PlainValidator(_decimal),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number"},
                {"type": "string", "pattern": r"^-?[0-9]{1,20}(\.[0-9]{1,20})?$"},
            ],
            "examples": ["12.50"],
        }
    ),
]
