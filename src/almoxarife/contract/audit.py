"""Messages about who did what."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from almoxarife.contract.base import Message, Query
from almoxarife.contract.types import MAX_PAGE, MAX_SEQUENCE, WholeNumber
from almoxarife.i18n import _

_PageSize = Annotated[WholeNumber, Field(ge=1, le=MAX_PAGE)]


class AuditQuery(Query):
    """Parameters of ``GET /auditoria``."""

    after: Annotated[WholeNumber, Field(ge=0, le=MAX_SEQUENCE)] | None = Field(
        None, alias="depois_de", description=_("Cursor: only what comes after this “sequencia”.")
    )
    limit: _PageSize | None = Field(None, alias="limite", description=_("How many at the most."))
    latest: _PageSize | None = Field(
        None, alias="ultimos", description=_("The newest so many, oldest first.")
    )
    before: Annotated[WholeNumber, Field(ge=1, le=MAX_SEQUENCE)] | None = Field(
        None, alias="antes_de", description=_("Only what comes before this “sequencia”.")
    )
    username: str | None = Field(
        None, alias="usuario", max_length=200, description=_("Only what this user did.")
    )
    action: str | None = Field(
        None,
        alias="acao",
        max_length=80,
        description=_("Only what was done of this kind, such as “usuario.papel”."),
    )


class AuditRow(Message):
    """Something that somebody did."""

    sequence: int = Field(alias="sequencia", description=_("Position in the audit list: 1, 2, 3, …"))
    at: str = Field(alias="quando", json_schema_extra={"format": "date-time"})
    username: str = Field(alias="usuario")
    action: str = Field(alias="acao", examples=["usuario.papel"])
    subject: str = Field(alias="objeto", description=_("What it was done to."))
    details: dict[str, Any] = Field(
        alias="detalhes", description=_("What there is to say of it, such as before and after.")
    )
