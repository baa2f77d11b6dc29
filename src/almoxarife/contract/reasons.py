"""Messages about reasons."""

from __future__ import annotations

from pydantic import Field

from almoxarife.contract.base import Message
from almoxarife.i18n import _


class ReasonRequest(Message):
    """Body of ``POST /motivos``."""

    name: str = Field(alias="nome", examples=["Quebra"])


class ReasonChange(Message):
    """Body of ``POST /motivos/alterar``: what is absent stays as it is."""

    id: str = Field(examples=["m1"])
    name: str | None = Field(None, alias="nome")
    active: bool | None = Field(None, alias="ativo")


class ReasonRow(Message):
    """A reason: why goods were lost or counted otherwise."""

    id: str
    name: str = Field(alias="nome")
    active: bool = Field(alias="ativo", description=_("Whether it may be given for new movements."))
