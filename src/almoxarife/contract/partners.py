"""Messages about partners: suppliers and customers."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from pydantic.config import JsonDict

from almoxarife.contract.base import Message, Query
from almoxarife.contract.types import Situation, WholeNumber
from almoxarife.i18n import _

MAX_PARTNER_NAME = 120
MAX_PARTNER_SEARCH = 200
MAX_PARTNERS = 200
DEFAULT_PARTNERS = 50

Kind = Literal["fornecedor", "cliente", "ambos"]
_NAME_SCHEMA: JsonDict = {"minLength": 1, "maxLength": MAX_PARTNER_NAME}
_DOCUMENT = _("CPF or CNPJ, with or without its signs; the CNPJ may have letters.")


class PartnerPath(Query):
    """The address of a partner."""

    partner_id: str = Field(alias="parceiro_id", examples=["t1"])


class PartnerRequest(Message):
    """Body of ``POST /parceiros``."""

    kind: Kind = Field(alias="tipo")
    name: str = Field(alias="nome", examples=["Distribuidora Aurora Ltda."], json_schema_extra=_NAME_SCHEMA)
    document: str | None = Field(
        None, alias="documento", description=_DOCUMENT, examples=["12.ABC.345/01DE-35"]
    )
    email: str = Field("", json_schema_extra={"maxLength": 120})
    phone: str = Field("", alias="telefone", json_schema_extra={"maxLength": 40})
    notes: str = Field("", alias="observacoes", json_schema_extra={"maxLength": 2_000})


class PartnerChange(Message):
    """Body of ``PATCH /parceiros/{parceiro_id}``: what is not there stays as it is."""

    kind: Kind = Field("ambos", alias="tipo")
    name: str = Field("", alias="nome", json_schema_extra=_NAME_SCHEMA)
    document: str | None = Field(None, alias="documento", description=_DOCUMENT)
    email: str = Field("", json_schema_extra={"maxLength": 120})
    phone: str = Field("", alias="telefone", json_schema_extra={"maxLength": 40})
    notes: str = Field("", alias="observacoes", json_schema_extra={"maxLength": 2_000})


class PartnerRow(Message):
    """A partner."""

    id: str
    kind: str = Field(alias="tipo")
    name: str = Field(alias="nome")
    document: str | None = Field(alias="documento", description=_("CPF or CNPJ with its signs, or null."))
    email: str
    phone: str = Field(alias="telefone")
    notes: str = Field(alias="observacoes")
    active: bool = Field(alias="ativo", description=_("Whether it is in use."))
    created_at: str = Field(alias="criado_em", json_schema_extra={"format": "date-time"})
    version: int = Field(alias="versao", description=_("Counts the changes; the ETag carries it."))


class PartnerQuery(Query):
    """Parameters of ``GET /parceiros``."""

    search: str = Field(
        "",
        alias="busca",
        max_length=MAX_PARTNER_SEARCH,
        description=_("Words of the name, or parts of them; the beginning of the document; an id."),
    )
    kind: Literal["fornecedor", "cliente"] | None = Field(
        None, alias="tipo", description=_("Only suppliers, or only customers; who is both is either.")
    )
    situation: Situation = Field(
        "todos", alias="situacao", description=_("Only partners in use, only others, or all.")
    )
    after: str | None = Field(
        None, alias="depois_de", description=_("Only what comes after the partner with this id.")
    )
    limit: Annotated[WholeNumber, Field(ge=1, le=MAX_PARTNERS)] = Field(
        DEFAULT_PARTNERS, alias="limite", description=_("How many at the most.")
    )
