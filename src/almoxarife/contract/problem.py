"""How the server refuses: ``application/problem+json`` (RFC 9457)."""

from __future__ import annotations

from pydantic import Field

from almoxarife.contract.base import Message
from almoxarife.contract.codes import Understood
from almoxarife.i18n import _

MEDIA_TYPE = "application/problem+json"


class Problem(Message):
    """A refusal: for programs a stable ``codigo``, for people a ``mensagem``."""

    type: str = "about:blank"
    title: str
    status: int
    code: str = Field(alias="codigo", description=_("Stable name of the refusal, for programs."))
    message: str = Field(alias="mensagem", description=_("What happened and what to do, for people."))
    field: str | None = Field(None, alias="campo", description=_("The field at fault, if one is."))
    available: int | float | None = Field(
        None, alias="disponivel", description=_("How much there is, if more was asked for.")
    )
    line: int | None = Field(
        None, alias="linha", description=_("The row at fault in a list of them, from 1 on, if one is.")
    )
    understood: Understood | None = Field(
        None, alias="entendido", description=_("What could be read of a scan that nobody knows.")
    )
