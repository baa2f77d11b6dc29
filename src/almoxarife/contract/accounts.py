"""Messages about accounts: who may speak to the server."""

from __future__ import annotations

from pydantic import Field

from almoxarife.contract.base import Message
from almoxarife.i18n import _

MAX_USERNAME = 80
MAX_PASSWORD = 1_024


class Credentials(Message, defer_build=False):
    """Body of ``POST /registrar_usuario_app`` and ``POST /login``; keys as the first version had them."""

    username: str = Field(examples=["maria"], json_schema_extra={"maxLength": MAX_USERNAME})
    password: str = Field(examples=["1234"], json_schema_extra={"maxLength": MAX_PASSWORD})


class LoggedIn(Message, defer_build=False):
    """Answer of ``POST /login``."""

    message: str = Field(alias="mensagem")
    token: str = Field(description=_("Send it as “Authorization: Bearer <token>”."))
    username: str = Field(alias="usuario")
    role: str = Field(alias="papel")
    expires_at: str = Field(
        alias="expira_em",
        description=_("RFC 3339, UTC; use of the token postpones it."),
        json_schema_extra={"format": "date-time"},
    )


class PasswordChange(Message):
    """Body of ``POST /senha``."""

    current: str = Field(alias="senha_atual", json_schema_extra={"maxLength": MAX_PASSWORD})
    new: str = Field(alias="senha_nova", json_schema_extra={"maxLength": MAX_PASSWORD})
