"""Messages about what to buy, how products are bought, and purchase orders."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from almoxarife.contract.base import Message, Query
from almoxarife.contract.progress import WorkIdParameter
from almoxarife.contract.types import MAX_PAGE, Exact, ProductMeant, WholeNumber
from almoxarife.i18n import _

MOST_ROWS = 10_000
MOST_ORDERS = 200


class SuggestionQuery(Query):
    """Parameters of ``GET /compras/sugestao``."""

    days: Annotated[WholeNumber, Field(ge=1, le=1_095)] = Field(
        90, alias="dias", description=_("Consumption is measured over so many days that end today.")
    )
    cover_days: Annotated[WholeNumber, Field(ge=1, le=365)] = Field(
        30, alias="cobertura", description=_("How many days a purchase lasts where there is no target.")
    )
    partner_id: str | None = Field(
        None, alias="parceiro_id", max_length=30, description=_("Only from this supplier."), examples=["t1"]
    )
    limit: Annotated[WholeNumber, Field(ge=1, le=MOST_ROWS)] = Field(
        MOST_ROWS, alias="limite", description=_("How many products at the most.")
    )
    format: Literal["json", "csv", "xlsx", "txt"] = Field(
        "json", alias="formato", description=_("txt: a text for each supplier, ready to be sent.")
    )
    work_id: WorkIdParameter = None


class SuggestionItem(Message):
    """What to buy of a product, and why; in its stock unit."""

    product_id: str = Field(alias="produto_id")
    product_name: str = Field(alias="nome_produto")
    code: str = Field(
        alias="codigo",
        description=_("By which the supplier knows it: his own code, else the GTIN; empty without either."),
    )
    unit: str = Field(alias="unidade")
    quantity: int | float = Field(alias="sugestao")
    pack: int | float | None = Field(alias="embalagem", description=_("It is bought in multiples of these."))
    stock: int | float = Field(alias="saldo")
    reserved: int | float = Field(alias="reservado")
    on_order: int | float = Field(alias="em_pedido")
    consumed_a_day: int | float = Field(alias="consumo_diario")
    lead_days: int = Field(alias="prazo_dias")
    minimum: int | float = Field(alias="minimo")
    target: int | float | None = Field(alias="alvo")
    maximum: int | float | None = Field(alias="maximo")
    reorder_point: int | float = Field(alias="ponto_pedido")


class SupplierSuggestion(Message):
    """What to buy from a supplier; ``parceiro_id`` is null for products that have none."""

    partner_id: str | None = Field(alias="parceiro_id")
    partner_name: str = Field(alias="nome_parceiro")
    phone: str = Field(alias="telefone")
    email: str
    expected_on: str = Field(
        alias="previsto_para",
        description=_("Today and the longest lead time."),
        json_schema_extra={"format": "date"},
    )
    text: str = Field(alias="texto", description=_("The order, ready to be sent."))
    items: list[SuggestionItem] = Field(alias="itens")


class Suggestion(Message):
    """What to buy, supplier by supplier."""

    shop: str = Field(alias="loja")
    today: str = Field(alias="hoje", json_schema_extra={"format": "date"})
    days: int = Field(alias="dias")
    cover_days: int = Field(alias="cobertura")
    more: bool = Field(
        alias="continua", description=_("Whether there are more products than were asked for.")
    )
    suppliers: list[SupplierSuggestion] = Field(alias="fornecedores")


class SupplyQuery(Query):
    """Parameters of ``GET /compras/produtos``."""

    product_id: ProductMeant | None = Field(None, alias="produto_id")
    partner_id: str | None = Field(None, alias="parceiro_id", max_length=30)
    after: str | None = Field(
        None,
        alias="depois_de",
        max_length=30,
        description=_("Cursor: only products that come after this one."),
    )
    limit: Annotated[WholeNumber, Field(ge=1, le=MAX_PAGE)] = Field(MAX_PAGE, alias="limite")


class SupplyKey(Message):
    """Body of ``POST /compras/produtos/remover``."""

    product_id: str = Field(alias="produto_id", examples=["p1"])


class SupplyRequest(SupplyKey):
    """Body of ``PUT /compras/produtos``: how a product is bought."""

    partner_id: str | None = Field(
        None, alias="parceiro_id", description=_("From whom it is bought first."), examples=["t1"]
    )
    lead_days: int = Field(
        0, alias="prazo_dias", description=_("Days from the order to the goods, 0 to 730.")
    )
    pack: Exact | None = Field(
        None, alias="embalagem", description=_("It is bought in multiples of so many stock units.")
    )


class SupplyRow(Message):
    """How a product is bought."""

    product_id: str = Field(alias="produto_id")
    product_name: str = Field(alias="nome_produto")
    unit: str = Field(alias="unidade")
    partner_id: str | None = Field(alias="parceiro_id")
    partner_name: str = Field(alias="nome_parceiro")
    lead_days: int = Field(alias="prazo_dias")
    pack: int | float | None = Field(alias="embalagem")


class OrderLineRequest(Message):
    """So much of a product, in its stock unit."""

    product_id: str = Field(alias="produto_id", examples=["p1"])
    quantity: Exact = Field(alias="quantidade")


class OrderRequest(Message):
    """Body of ``POST /compras/pedidos``."""

    id: str | None = Field(
        None,
        description=_("UUID made by the client before it sends. The same id again is the same order."),
        json_schema_extra={"format": "uuid"},
    )
    partner_id: str | None = Field(None, alias="parceiro_id", examples=["t1"])
    expected_on: str | None = Field(
        None,
        alias="previsto_para",
        description=_("The day on which it should come."),
        json_schema_extra={"format": "date"},
    )
    note: str | None = Field(None, alias="observacao")
    lines: list[OrderLineRequest] = Field(alias="itens", description=_("1 to 1,000 products, each once."))


class OrderId(Message):
    """Body of ``POST /compras/pedidos/cancelar``."""

    id: str = Field(examples=["o1"])


class ReceiptRequest(OrderId):
    """Body of ``POST /compras/pedidos/receber``: which entry brought goods of an order."""

    movement_id: str = Field(alias="movimento_id", json_schema_extra={"format": "uuid"})


class OrderQuery(Query):
    """Parameters of ``GET /compras/pedidos``."""

    state: Literal["abertos", "todos"] = Field(
        "abertos", alias="situacao", description=_("Only orders of which something is waited for, or all.")
    )
    partner_id: str | None = Field(None, alias="parceiro_id", max_length=30)
    order: Literal["antigos", "recentes"] = Field(
        "antigos", alias="ordem", description=_("Which come first: the oldest or the newest.")
    )
    after: str | None = Field(
        None, alias="depois_de", max_length=30, description=_("Cursor: only orders that come after this one.")
    )
    limit: Annotated[WholeNumber, Field(ge=1, le=MOST_ORDERS)] = Field(MOST_ORDERS, alias="limite")


class OrderLineRow(Message):
    """A line of an order, and how much of it has come; in the product's stock unit."""

    product_id: str = Field(alias="produto_id")
    product_name: str = Field(alias="nome_produto")
    unit: str = Field(alias="unidade")
    quantity: int | float = Field(alias="quantidade")
    received: int | float = Field(alias="recebido")


class OrderRow(Message):
    """A purchase order."""

    id: str
    client_id: str = Field(alias="id_cliente", json_schema_extra={"format": "uuid"})
    partner_id: str | None = Field(alias="parceiro_id")
    partner_name: str = Field(alias="nome_parceiro")
    state: str = Field(alias="situacao", description=_("aberto, recebido or cancelado."))
    username: str = Field(alias="feito_por")
    ordered_at: str = Field(alias="feito_em", json_schema_extra={"format": "date-time"})
    expected_on: str | None = Field(alias="previsto_para", json_schema_extra={"format": "date"})
    note: str = Field(alias="observacao")
    lines: list[OrderLineRow] = Field(alias="itens")
