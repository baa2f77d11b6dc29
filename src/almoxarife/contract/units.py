"""Messages about units of measure."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field, PlainValidator, WithJsonSchema
from pydantic_core import PydanticCustomError

from almoxarife.contract.base import Message
from almoxarife.i18n import _

MAX_CODE = 6
MAX_UNIT_NAME = 60
MAX_DECIMALS = 4
MAX_CONVERSIONS = 50
MAX_FACTOR = 999_999


def _number(value: Any) -> Decimal:
    """Read a JSON number, or its text."""
    if isinstance(value, str):
        text = value.strip()
        if text.isascii() and len(text) <= 20 and text.replace(".", "", 1).isdigit():
            return Decimal(text)
    elif isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return Decimal(value)
    raise PydanticCustomError("not_number", "not a number")


Factor = Annotated[
    Decimal,
    PlainValidator(_number),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0.0001, "maximum": MAX_FACTOR, "multipleOf": 0.0001},
                {"type": "string", "pattern": r"^[1-9][0-9]{0,5}$"},
            ],
            "examples": [12],
        }
    ),
]


class UnitRow(Message):
    """A unit of measure."""

    code: str = Field(alias="codigo", examples=["KG"])
    name: str = Field(alias="nome")
    decimals: int = Field(alias="decimais", description=_("How many decimals a quantity in it may have."))


class UnitRequest(Message):
    """Body of ``POST /unidades``."""

    code: str = Field(
        alias="codigo",
        examples=["SC"],
        description=_("One to six letters or digits; kept in capitals."),
        json_schema_extra={"pattern": f"^[A-Z0-9]{{1,{MAX_CODE}}}$"},
    )
    name: str = Field(
        alias="nome", examples=["Saco"], json_schema_extra={"minLength": 1, "maxLength": MAX_UNIT_NAME}
    )
    decimals: Annotated[int, Field(ge=0, le=MAX_DECIMALS)] = Field(
        0, alias="decimais", description=_("How many decimals a quantity in it may have.")
    )


class Conversion(Message):
    """So many of a product's stock unit are in one of another unit: ``{"unidade": "CX", "fator": 12}``."""

    unit: str = Field(alias="unidade", examples=["CX"])
    factor: Factor = Field(
        alias="fator", description=_("How many of the stock unit are in one of this unit; four decimals.")
    )


class ConversionRow(Message):
    """A conversion as it is kept."""

    unit: str = Field(alias="unidade")
    factor: int | float = Field(alias="fator")


class Conversions(Message):
    """Body of ``PUT /produtos/{produto_id}/unidades``: the conversions that there are from now on."""

    conversions: list[Conversion] = Field(alias="conversoes", max_length=MAX_CONVERSIONS)


class ProductUnits(Message):
    """A product's stock unit, its decimals, and the units that can be typed instead."""

    unit: str = Field(alias="unidade", description=_("The stock unit, in which balances are kept."))
    decimals: int = Field(alias="decimais", description=_("How many decimals a quantity in it may have."))
    conversions: list[ConversionRow] = Field(alias="conversoes")
