"""Messages about products."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from pydantic.config import JsonDict

from almoxarife.contract.base import Message, Query
from almoxarife.contract.types import MAX_SEQUENCE, Situation, WholeNumber
from almoxarife.contract.units import MAX_DECIMALS
from almoxarife.i18n import _

MAX_NAME = 200
MAX_NOTES = 2_000
MAX_FIELDS = 30
MAX_SEARCH = 200
MAX_FOUND = 200
DEFAULT_FOUND = 50
MAX_CHANGES = 1_000

Tracking = Literal["nenhum", "lote", "serie"]
_Decimals = Annotated[int, Field(ge=0, le=MAX_DECIMALS)]
_NAME_SCHEMA: JsonDict = {"minLength": 1, "maxLength": MAX_NAME}
_UNIT = _("Code of the stock unit, in which balances are kept.")
_DECIMALS = _("How many decimals a quantity may have; those of the unit unless it is said.")
_TRACKING = _("What is told apart: nothing, lots, or each piece by its serial number.")
_CATEGORY = _("The category, or null.")
_FIELDS = _("The shop's own fields: names and texts.")


class ProductPath(Query):
    """The address of a product."""

    product_id: str = Field(alias="produto_id", examples=["p1"])


class ProductRequest(Message):
    """Body of ``POST /produtos``; all but the name may be left out."""

    name: str = Field(alias="nome", examples=["Parafuso 10mm"], json_schema_extra=_NAME_SCHEMA)
    unit: str = Field("UN", alias="unidade", description=_UNIT)
    decimals: _Decimals | None = Field(None, alias="decimais", description=_DECIMALS)
    tracking: Tracking = Field("nenhum", alias="rastreio", description=_TRACKING)
    category_id: str | None = Field(None, alias="categoria_id", description=_CATEGORY)
    notes: str = Field("", alias="observacoes", json_schema_extra={"maxLength": MAX_NOTES})
    fields: dict[str, str] = Field({}, alias="campos", max_length=MAX_FIELDS, description=_FIELDS)


class ProductChange(Message):
    """Body of ``PATCH /produtos/{produto_id}``: what is not there stays as it is."""

    name: str = Field("", alias="nome", json_schema_extra=_NAME_SCHEMA)
    unit: str = Field("", alias="unidade", description=_UNIT)
    decimals: _Decimals = Field(0, alias="decimais", description=_DECIMALS)
    tracking: Tracking = Field("nenhum", alias="rastreio", description=_TRACKING)
    category_id: str | None = Field(None, alias="categoria_id", description=_CATEGORY)
    notes: str = Field("", alias="observacoes", json_schema_extra={"maxLength": MAX_NOTES})
    fields: dict[str, str] = Field({}, alias="campos", max_length=MAX_FIELDS, description=_FIELDS)


class MergeRequest(Message):
    """Body of ``POST /produtos/{produto_id}/unir``."""

    into_id: str = Field(alias="produto_id", examples=["p1"], description=_("The product that stays."))


class ProductRow(Message):
    """A product: its id (``p1``, ``p2``, …) and its name; the rest with ``detalhes=sim``."""

    id: str
    name: str = Field(alias="nome")


class ProductDetails(ProductRow):
    """All there is to know of a product."""

    unit: str = Field(alias="unidade", description=_UNIT)
    decimals: int = Field(alias="decimais", description=_DECIMALS)
    tracking: str = Field(alias="rastreio", description=_TRACKING)
    category_id: str | None = Field(alias="categoria_id", description=_CATEGORY)
    notes: str = Field(alias="observacoes")
    fields: dict[str, str] = Field(alias="campos", description=_FIELDS)
    active: bool = Field(alias="ativo", description=_("Whether it is in use."))
    merged_into: str | None = Field(
        alias="unido_a", description=_("The product that took its place, or null.")
    )
    merged: list[str] = Field(alias="unidos", description=_("The products whose place it took."))
    created_at: str = Field(alias="criado_em", json_schema_extra={"format": "date-time"})
    version: int = Field(alias="versao", description=_("Counts the changes; the ETag carries it."))


class ProductQuery(Query, defer_build=False):
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
    situation: Situation = Field(
        "todos", alias="situacao", description=_("Only products in use, only others, or all.")
    )
    category_id: str | None = Field(
        None, alias="categoria", description=_("Only products of this category and of those below it.")
    )
    after: str | None = Field(
        None, alias="depois_de", description=_("Only what comes after the product with this id.")
    )
    details: Literal["sim", "nao"] = Field(
        "nao", alias="detalhes", description=_("“sim”: all there is to know of each product.")
    )

    @property
    def is_plain(self) -> bool:
        """Whether the whole list is asked for, as the first programs do."""
        return not self.model_fields_set

    @property
    def is_search(self) -> bool:
        """Whether nothing is asked for but what a text means: what people do at each keystroke."""
        return self.category_id is None and self.after is None and self.details == "nao"


class ChangeQuery(Query):
    """Parameters of ``GET /produtos/{produto_id}/alteracoes``."""

    after: Annotated[WholeNumber, Field(ge=0, le=MAX_SEQUENCE)] = Field(
        0, alias="depois_de", description=_("Only what comes after this “numero”, oldest first.")
    )
    limit: Annotated[WholeNumber, Field(ge=1, le=MAX_CHANGES)] = Field(
        MAX_CHANGES, alias="limite", description=_("How many at the most.")
    )


class ChangeRow(Message):
    """One change of a product: only what changed is in ``antes`` and ``depois``."""

    number: int = Field(alias="numero", description=_("Grows with every change of any product."))
    changed_at: str = Field(alias="quando", json_schema_extra={"format": "date-time"})
    username: str = Field(alias="quem")
    action: str = Field(alias="acao")
    before: dict[str, object] = Field(alias="antes")
    after: dict[str, object] = Field(alias="depois")


class PictureRow(Message):
    """What is kept of a picture."""

    media_type: str = Field(alias="tipo")
    size: int = Field(alias="bytes")
    digest: str = Field(alias="sha256")
