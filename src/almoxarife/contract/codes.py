"""Messages about codes: what is printed on goods and read by scanners."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, get_args

from pydantic import Field
from pydantic.config import JsonDict

from almoxarife.contract.base import Message, Query
from almoxarife.contract.kinds import KIND_WORDS
from almoxarife.contract.movement_requests import LotInput
from almoxarife.contract.movements import EntryRow
from almoxarife.contract.products import ProductRow
from almoxarife.contract.types import MAX_SCAN, Exact
from almoxarife.i18n import _

MAX_CODE = 60
MAX_KIT = 50

CodeKind = Literal["gtin", "proprio", "fornecedor", "balanca"]
_KINDS: JsonDict = {"enum": list(get_args(CodeKind))}
# What a scan turned out to be: a code as it is kept, a label of the scale, a GS1 element string, a label of the shop.
_READING_KINDS: JsonDict = {"enum": [*get_args(CodeKind), "gs1", "produto", "lote", "local"]}
_UUID = _("UUID made by the client before it sends. The same id again is the same code.")
_QUANTITY = _("How many of the unit one scan stands for.")
_CODE_UNIT = _("The product's stock unit, or one of its other units; the stock unit if absent.")
_SUPPLIER = _("Whose code it is; the same text may be the code of another supplier.")


class CodeLineInput(Message):
    """What else one scan stands for, of a kit."""

    product_id: str = Field(alias="produto_id", examples=["p2"])
    quantity: Exact = Field(Decimal(1), alias="quantidade", description=_QUANTITY)
    unit: str | None = Field(None, alias="unidade", description=_CODE_UNIT)


class CodeRequest(Message):
    """Body of ``POST /produtos/{produto_id}/codigos``."""

    id: str | None = Field(None, description=_UUID, json_schema_extra={"format": "uuid"})
    code: str = Field(
        alias="codigo", examples=["7891000001080"], json_schema_extra={"minLength": 1, "maxLength": MAX_CODE}
    )
    kind: CodeKind | None = Field(
        None,
        alias="tipo",
        description=_("Told by the text if absent: a GTIN by its length, a supplier's by “fornecedor_id”."),
    )
    supplier_id: str | None = Field(None, alias="fornecedor_id", description=_SUPPLIER, examples=["t1"])
    quantity: Exact = Field(Decimal(1), alias="quantidade", description=_QUANTITY)
    unit: str | None = Field(None, alias="unidade", description=_CODE_UNIT)
    others: list[CodeLineInput] = Field(
        [],
        alias="outros",
        max_length=MAX_KIT - 1,
        description=_("Further products that one scan stands for, of a kit."),
    )


class CodeId(Message):
    """Body of ``POST /codigos/retirar``."""

    id: str = Field(json_schema_extra={"format": "uuid"})


class CodeLine(Message):
    """So much of a product that one scan stands for."""

    product_id: str = Field(alias="produto_id")
    product_name: str = Field(alias="nome_produto")
    quantity: int | float = Field(alias="quantidade")
    unit: str = Field(alias="unidade")


class CodeRow(Message):
    """A code, and what one scan of it stands for."""

    id: str = Field(json_schema_extra={"format": "uuid"})
    code: str = Field(alias="codigo", description=_("In its normal form: a UPC of 12 digits shows 13."))
    kind: str = Field(alias="tipo", json_schema_extra=_KINDS)
    supplier_id: str | None = Field(alias="fornecedor_id")
    supplier_name: str | None = Field(alias="nome_fornecedor")
    lines: list[CodeLine] = Field(alias="linhas", description=_("More than one of a kit."))
    created_at: str = Field(alias="criado_em", json_schema_extra={"format": "date-time"})
    active: bool = Field(alias="ativo", description=_("False once it was taken away."))


class ReadingQuery(Query):
    """Parameters of ``GET /codigos/leitura``."""

    text: str = Field(
        alias="texto",
        max_length=MAX_SCAN,
        description=_(
            "What the scanner sent; FNC1 as the character 29 (%1D), symbology identifiers may stay."
        ),
    )
    supplier_id: str | None = Field(
        None, alias="fornecedor_id", max_length=30, description=_("Whose goods are scanned.")
    )


class Element(Message):
    """One element of a GS1 string."""

    identifier: str = Field(alias="ai", description=_("Application identifier."))
    title: str = Field(alias="titulo", description=_("Data title of the standard."))
    value: str = Field(alias="valor")


class ReadingLine(Message):
    """So much of a product that a scan stands for."""

    product: ProductRow = Field(alias="produto")
    quantity: int | float | None = Field(
        alias="quantidade", description=_("In “unidade”; null where a label tells the price alone.")
    )
    unit: str = Field(alias="unidade")
    factor: int | float = Field(alias="fator", description=_("How many of the stock unit are in one."))
    tracking: str = Field(alias="rastreio")


Day = Annotated[str | None, Field(json_schema_extra={"format": "date"})]


class ReadingPlace(Message):
    """The place that a scanned label is of."""

    id: str
    name: str = Field(alias="nome")


class ReadingRow(Message):
    """What a scan stands for."""

    kind: str = Field(alias="especie", json_schema_extra=_READING_KINDS)
    code: str = Field(alias="codigo", description=_("The code that was found, in its normal form."))
    code_id: str | None = Field(alias="codigo_id", json_schema_extra={"format": "uuid"})
    lines: list[ReadingLine] = Field(
        alias="linhas", description=_("More than one of a kit, none of the label of a place.")
    )
    place: ReadingPlace | None = Field(None, alias="local")
    lot_id: str | None = Field(None, alias="lote_id", description=_("Of the label of a lot."))
    lot: str | None = Field(None, alias="lote")
    expires_on: Day = Field(None, alias="validade")
    made_on: Day = Field(None, alias="fabricacao")
    serial: str | None = Field(None, alias="serie")
    price: int | float | None = Field(None, alias="preco")
    weight: int | float | None = Field(None, alias="peso", description=_("Kilograms."))
    elements: list[Element] = Field([], alias="elementos", description=_("All that a GS1 string says."))


class Understood(Message):
    """What could be read of a scan whose code nobody knows, or whose check digit is wrong.

    ``kind`` and ``code`` are what a product would be given, so that the next scan finds it.
    """

    kind: CodeKind = Field(alias="tipo")
    code: str = Field(alias="codigo")
    lot: str | None = Field(None, alias="lote")
    expires_on: Day = Field(None, alias="validade")
    made_on: Day = Field(None, alias="fabricacao")
    serial: str | None = Field(None, alias="serie")


class ScanRequest(Message):
    """Body of ``POST /inventario/leitura``: all that one scan stands for, together or not at all."""

    id: str | None = Field(
        None,
        description=_("UUID made by the client before it sends; those of the movements are made of it."),
        json_schema_extra={"format": "uuid"},
    )
    code: str = Field(alias="codigo", json_schema_extra={"minLength": 1, "maxLength": MAX_SCAN})
    supplier_id: str | None = Field(None, alias="fornecedor_id")
    quantity: Exact | None = Field(
        None, alias="quantidade", description=_("How many times it was scanned; once if absent.")
    )
    kind: str | None = Field(
        None,
        alias="tipo",
        description=_("Kind of movement; an entry if absent."),
        json_schema_extra={"enum": [*KIND_WORDS[:-1], None]},
    )
    place_id: str | None = Field(None, alias="local_id")
    target_id: str | None = Field(None, alias="para_local_id")
    lot: LotInput | None = Field(None, alias="lote")
    lot_id: str | None = Field(None, alias="lote_id")
    serial: str | None = Field(None, alias="serie")
    partner_id: str | None = Field(None, alias="parceiro_id")
    reason_id: str | None = Field(None, alias="motivo_id")
    note: str | None = Field(None, alias="observacao")
    document: str | None = Field(None, alias="documento")
    effective_at: str | None = Field(None, alias="data_efetiva")


class ScanAnswer(Message):
    """What is stored for each line of a scan, in its order."""

    rows: list[EntryRow] = Field(alias="movimentos")
    repeated: bool = Field(alias="repetida", description=_("Whether it was there already."))
