"""Messages about lots and serial numbers."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from almoxarife.contract.base import Message, Query
from almoxarife.contract.types import Exact, ProductMeant, WholeNumber
from almoxarife.i18n import _

MOST_DAYS = 3_660
MAX_NUMBER = 60


class LotQuery(Query):
    """Parameters of ``GET /lotes``."""

    product_id: ProductMeant | None = Field(None, alias="produto_id")
    expiring_in: Annotated[WholeNumber, Field(ge=0, le=MOST_DAYS)] | None = Field(
        None,
        alias="vencem_em",
        description=_("Only lots in stock that expire within so many days, or have expired."),
    )


class SuggestionQuery(Query):
    """Parameters of ``GET /lotes/sugestao``."""

    product_id: ProductMeant = Field(alias="produto_id")
    quantity: Exact = Field(alias="quantidade")
    place_id: str | None = Field(None, alias="local_id", max_length=30)


class LotPlace(Message):
    """How much of a lot is at a place."""

    place_id: str = Field(alias="local_id")
    quantity: int | float = Field(alias="quantidade")


class LotRow(Message):
    """A lot of a product, or a single thing with a serial number, and where it is."""

    id: str
    product_id: str = Field(alias="produto_id")
    product_name: str = Field(alias="nome_produto")
    number: str = Field(alias="numero")
    made_on: str | None = Field(alias="fabricacao", json_schema_extra={"format": "date"})
    expires_on: str | None = Field(alias="validade", json_schema_extra={"format": "date"})
    expired: bool = Field(alias="vencido")
    quantity: int | float = Field(alias="quantidade", description=_("In all places together."))
    places: list[LotPlace] = Field(alias="locais")


class SuggestedLot(Message):
    """So much of a lot, from a place."""

    lot_id: str = Field(alias="lote_id")
    number: str = Field(alias="numero")
    expires_on: str | None = Field(alias="validade", json_schema_extra={"format": "date"})
    place_id: str = Field(alias="local_id")
    quantity: int | float = Field(alias="quantidade")


class Suggestion(Message):
    """Which lots to take, first expired first; ``falta``: what unexpired lots do not have."""

    lots: list[SuggestedLot] = Field(alias="lotes")
    missing: int | float = Field(alias="falta")
