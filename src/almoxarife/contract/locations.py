"""Messages about places."""

from __future__ import annotations

from pydantic import Field

from almoxarife.contract.base import Message
from almoxarife.i18n import _


class PlaceRequest(Message):
    """Body of ``POST /locais``."""

    name: str = Field(alias="nome", examples=["Prateleira 3"])
    parent: str | None = Field(None, alias="dentro_de", description=_("The place in which it is."))


class PlaceChange(Message):
    """Body of ``POST /locais/alterar``: what is absent stays as it is."""

    id: str = Field(examples=["l6"])
    name: str | None = Field(None, alias="nome")
    parent: str | None = Field(
        None, alias="dentro_de", description=_("The place in which it is from now on; null: in none.")
    )
    active: bool | None = Field(None, alias="ativo")


class PlaceRow(Message):
    """A place; those outside (supplier, customer, loss, adjustment) are none where goods can be found."""

    id: str
    name: str = Field(alias="nome")
    kind: str = Field(
        alias="tipo", json_schema_extra={"enum": ["fornecedor", "interno", "cliente", "perda", "ajuste"]}
    )
    parent: str | None = Field(alias="dentro_de")
    default: bool = Field(alias="padrao", description=_("Where entries go that name no place."))
    active: bool = Field(alias="ativo")
