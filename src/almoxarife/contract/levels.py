"""Messages about how much of a product there should be."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from almoxarife.contract.base import Message, Query
from almoxarife.contract.types import MAX_PAGE, Exact, ProductMeant, WholeNumber
from almoxarife.i18n import _


class LevelQuery(Query):
    """Parameters of ``GET /niveis``."""

    product_id: ProductMeant | None = Field(None, alias="produto_id")
    place_id: str | None = Field(None, alias="local_id", max_length=30)
    after: str | None = Field(
        None, alias="depois_de", max_length=30, description=_("Cursor: only levels that come after this one.")
    )
    limit: Annotated[WholeNumber, Field(ge=1, le=MAX_PAGE)] = Field(MAX_PAGE, alias="limite")


class LevelKey(Message):
    """Body of ``POST /niveis/remover``: whose levels, and where."""

    product_id: str = Field(alias="produto_id", examples=["p1"])
    place_id: str | None = Field(
        None, alias="local_id", description=_("A place with everything inside it; the whole shop if absent.")
    )


class LevelRequest(LevelKey):
    """Body of ``PUT /niveis``; a level that is left out is not said any more."""

    minimum: Exact | None = Field(
        None, alias="minimo", description=_("Below it there is too little; 0 if absent.")
    )
    target: Exact | None = Field(None, alias="alvo", description=_("Up to it one buys."))
    maximum: Exact | None = Field(None, alias="maximo", description=_("Above it there is too much."))


class LevelRow(Message):
    """How much of a product there should be, in the whole shop or at a place."""

    id: str
    product_id: str = Field(alias="produto_id")
    product_name: str = Field(alias="nome_produto")
    unit: str = Field(alias="unidade")
    place_id: str | None = Field(alias="local_id")
    place_name: str = Field(alias="nome_local")
    minimum: int | float = Field(alias="minimo")
    target: int | float | None = Field(alias="alvo")
    maximum: int | float | None = Field(alias="maximo")
