"""Messages about products."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from almoxarife.contract.base import Message, Query
from almoxarife.contract.types import WholeNumber
from almoxarife.i18n import _

MAX_NAME = 200
MAX_SEARCH = 200
MAX_FOUND = 200
DEFAULT_FOUND = 50


class ProductRequest(Message):
    """Body of ``POST /produtos``."""

    name: str = Field(
        alias="nome", examples=["Parafuso 10mm"], json_schema_extra={"minLength": 1, "maxLength": MAX_NAME}
    )


class ProductRow(Message):
    """A product: its id (``p1``, ``p2``, …) and its name."""

    id: str
    name: str = Field(alias="nome")


class ProductQuery(Query):
    """Parameters of ``GET /produtos``."""

    search: str | None = Field(
        None,
        alias="busca",
        max_length=MAX_SEARCH,
        description=_("Words, or parts of words, in any order; accents and case do not matter. Also an id."),
    )
    limit: Annotated[WholeNumber, Field(ge=1, le=MAX_FOUND)] | None = Field(
        None, alias="limite", description=_("How many at the most.")
    )
