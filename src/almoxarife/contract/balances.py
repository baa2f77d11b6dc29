"""Messages about balances."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from almoxarife.contract.base import Message, Query
from almoxarife.contract.types import MAX_PAGE, ProductMeant, WholeNumber
from almoxarife.i18n import _


class BalanceQuery(Query):
    """Parameters of ``GET /saldos``."""

    product_id: ProductMeant | None = Field(None, alias="produto_id")
    place_id: str | None = Field(
        None, alias="local_id", max_length=30, description=_("Only this place and everything inside it.")
    )
    at: str | None = Field(
        None, alias="em", max_length=40, description=_("An instant, or a day: the balances at its end.")
    )
    after: str | None = Field(
        None,
        alias="depois_de",
        max_length=30,
        description=_("Cursor: only products that come after this one."),
    )
    limit: Annotated[WholeNumber, Field(ge=1, le=MAX_PAGE)] | None = Field(
        None, alias="limite", description=_("How many at the most.")
    )


class PlaceBalance(Message):
    """How much is at a place itself, and in it with everything inside (``ramo``)."""

    place_id: str = Field(alias="local_id")
    quantity: int | float = Field(alias="quantidade")
    branch: int | float = Field(alias="ramo")


class LotBalance(Message):
    """How much of a lot is at a place."""

    lot_id: str = Field(alias="lote_id")
    number: str = Field(alias="numero")
    expires_on: str | None = Field(alias="validade", json_schema_extra={"format": "date"})
    place_id: str = Field(alias="local_id")
    quantity: int | float = Field(alias="quantidade")


class BalanceRow(Message):
    """What there is of a product; ``reservado`` and ``disponivel`` only of now, ``lotes`` only of one product now."""

    product_id: str = Field(alias="produto_id")
    product_name: str = Field(alias="nome_produto")
    total: int | float
    reserved: int | float | None = Field(alias="reservado")
    available: int | float | None = Field(alias="disponivel")
    places: list[PlaceBalance] = Field(alias="locais")
    lots: list[LotBalance] | None = Field(None, alias="lotes")
