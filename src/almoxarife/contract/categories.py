"""Messages about categories of products."""

from __future__ import annotations

from pydantic import Field

from almoxarife.contract.base import Message, Query
from almoxarife.i18n import _

MAX_CATEGORY_NAME = 80


class CategoryPath(Query):
    """The address of a category."""

    category_id: str = Field(alias="categoria_id", examples=["c1"])


class CategoryRequest(Message):
    """Body of ``POST /categorias``."""

    name: str = Field(
        alias="nome",
        examples=["Ferragens"],
        json_schema_extra={"minLength": 1, "maxLength": MAX_CATEGORY_NAME},
    )
    parent_id: str | None = Field(
        None, alias="pai_id", description=_("The category below which it lies; null at the top.")
    )


class CategoryChange(Message):
    """Body of ``PATCH /categorias/{categoria_id}``: what is not there stays as it is."""

    name: str = Field("", alias="nome", json_schema_extra={"minLength": 1, "maxLength": MAX_CATEGORY_NAME})
    parent_id: str | None = Field(
        None, alias="pai_id", description=_("The category below which it lies; null at the top.")
    )


class CategoryRow(Message):
    """A category."""

    id: str
    name: str = Field(alias="nome")
    parent_id: str | None = Field(alias="pai_id")
    path: list[str] = Field(alias="caminho", description=_("The names from the top down to its own."))
    version: int = Field(alias="versao")
