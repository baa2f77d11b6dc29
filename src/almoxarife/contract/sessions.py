"""Messages about sessions: where an account is logged in."""

from __future__ import annotations

from pydantic import Field

from almoxarife.contract.accounts import MAX_USERNAME
from almoxarife.contract.base import Message, Query
from almoxarife.contract.users import Named
from almoxarife.i18n import _

_LONGEST_ID = 64


class SessionRow(Message):
    """A session: a token, as a person recognises it."""

    id: str = Field(description=_("Names the session; it is no token and opens nothing."))
    username: str = Field(alias="usuario")
    created_at: str = Field(alias="criada_em", json_schema_extra={"format": "date-time"})
    used_at: str = Field(
        alias="usada_em",
        description=_("When it was used last, as noted every quarter of an hour."),
        json_schema_extra={"format": "date-time"},
    )
    expires_at: str = Field(
        alias="expira_em",
        description=_("RFC 3339, UTC; use of the token postpones it."),
        json_schema_extra={"format": "date-time"},
    )
    address: str = Field(alias="endereco", description=_("From where it was begun; of IPv6, the network."))
    program: str = Field(alias="programa", description=_("What the program called itself."))
    is_current: bool = Field(alias="atual", description=_("Whether it is the one that asks."))


class SessionEnd(Message):
    """Body of ``POST /sessoes/encerrar``."""

    id: str = Field(json_schema_extra={"maxLength": _LONGEST_ID})


class SessionsOf(Query):
    """Query of ``GET /usuarios/sessoes``."""

    username: str | None = Field(
        None,
        alias="usuario",
        description=_("Only this account's."),
        json_schema_extra={"maxLength": MAX_USERNAME},
    )


class UserSessionEnd(Named):
    """Body of ``POST /usuarios/sessoes/encerrar``."""

    id: str | None = Field(
        None,
        description=_("Only this session; without it all."),
        json_schema_extra={"maxLength": _LONGEST_ID},
    )
