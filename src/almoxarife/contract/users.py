"""Messages about users: accounts as an administrator sees and changes them."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from almoxarife.contract.accounts import MAX_PASSWORD, MAX_USERNAME
from almoxarife.contract.base import Message
from almoxarife.i18n import _

RoleName = Literal["leitor", "operador", "gerente", "administrador"]


class UserRow(Message):
    """One account as an administrator sees it."""

    username: str = Field(alias="usuario")
    role: str = Field(alias="papel")
    status: str = Field(
        alias="situacao",
        description=_("“ativa”, “pendente” (waits for approval) or “desativada” (may not log in)."),
    )
    created_at: str = Field(alias="criada_em", json_schema_extra={"format": "date-time"})


class Named(Message):
    """Body of the routes that need to know nothing but whom they are about."""

    username: str = Field(alias="usuario", json_schema_extra={"maxLength": MAX_USERNAME})


class RoleChange(Named):
    """Body of ``POST /usuarios/papel``."""

    role: RoleName = Field(alias="papel")


class PasswordReset(Named):
    """Body of ``POST /usuarios/senha``."""

    new: str = Field(alias="senha_nova", json_schema_extra={"maxLength": MAX_PASSWORD})
