"""Messages about stock cards, and about stock and its value at any instant."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from almoxarife.contract.base import Message, Query
from almoxarife.contract.types import MAX_SEQUENCE, ProductMeant, WholeNumber
from almoxarife.i18n import _

MOST_LINES = 10_000
# In an explanation each line is a sentence or two.
MOST_EXPLAINED = 1_000
DEFAULT_EXPLAINED = 200

PlaceId = Annotated[
    str | None,
    Field(
        alias="local_id",
        max_length=20,
        description=_("Only this place, with all inside it; else the whole shop."),
        examples=["l2"],
    ),
]


class CardQuery(Query):
    """Parameters of ``GET /kardex``."""

    product_id: ProductMeant = Field(alias="produto_id")
    place_id: PlaceId = None
    since: str | None = Field(
        None, alias="de", max_length=40, description=_("First day, or first RFC 3339 instant.")
    )
    until: str | None = Field(
        None, alias="ate", max_length=40, description=_("Last day, or last RFC 3339 instant.")
    )
    after: Annotated[WholeNumber, Field(ge=0, le=MAX_SEQUENCE)] | None = Field(
        None,
        alias="depois_de",
        description=_("Go on behind the line of this “sequencia”, when “continua” was true."),
    )
    limit: Annotated[WholeNumber, Field(ge=1, le=MOST_LINES)] = Field(
        MOST_LINES, alias="limite", description=_("How many at the most.")
    )


class ExplanationQuery(CardQuery):
    """Parameters of ``GET /kardex/explicacao``."""

    limit: Annotated[WholeNumber, Field(ge=1, le=MOST_EXPLAINED)] = Field(
        DEFAULT_EXPLAINED,
        alias="limite",
        description=_("How many steps at the most, the last ones; the summary counts all."),
    )


class InventoryQuery(Query):
    """Parameters of ``GET /estoque/saldos`` and ``GET /estoque/valor``."""

    at: str | None = Field(
        None,
        alias="em",
        max_length=40,
        description=_("Day (its end) or RFC 3339 instant; without it, now."),
        examples=["2026-11-24"],
    )
    place_id: PlaceId = None


class StockAmount(Message):
    """How much there is, what it is worth, and what one unit of it is worth."""

    quantity: int | float = Field(alias="saldo")
    value: int | float = Field(alias="valor")
    unit_value: int | float = Field(alias="custo_medio")


class CardLine(Message):
    """A line of a stock card: balance and value before, and what the movement made of them."""

    sequence: int = Field(alias="sequencia")
    id: str = Field(json_schema_extra={"format": "uuid"})
    kind: str = Field(alias="tipo")
    effective_at: str = Field(alias="data_efetiva", json_schema_extra={"format": "date-time"})
    recorded_at: str = Field(alias="timestamp", json_schema_extra={"format": "date-time"})
    username: str = Field(alias="registrado_por")
    from_location: str = Field(alias="de")
    to_location: str = Field(alias="para")
    moved: int | float = Field(alias="movimentado", description=_("How much was moved, without a sign."))
    change: int | float = Field(alias="quantidade", description=_("By how much the balance changed."))
    quantity: int | float = Field(alias="saldo")
    cost: int | float = Field(alias="custo", description=_("What the movement brought or (negative) took."))
    unit_cost: int | float = Field(alias="custo_unitario")
    correction: int | float = Field(
        alias="correcao",
        description=_("What else changed the value: a cost that had been assumed is known now."),
    )
    value: int | float = Field(alias="valor")
    unit_value: int | float = Field(alias="custo_medio")
    basis: str = Field(
        alias="base_do_custo",
        description=_(
            "informado, estorno, devolucao, estoque, ultimo, desconhecido or nenhum: where the cost is from."
        ),
    )
    reverses: int | None = Field(alias="estorna", description=_("The “sequencia” of what it reverses."))
    reversed_by: int | None = Field(alias="estornado_por", description=_("The “sequencia” of its reversal."))
    document: str | None = Field(alias="documento")
    note: str | None = Field(alias="observacao")
    returns: int | None = Field(
        None, alias="devolve", description=_("The “sequencia” of the movement whose goods come back.")
    )


class CardPart(Message):
    """What a card and its explanation say first."""

    product_id: str = Field(alias="produto_id")
    product_name: str = Field(alias="nome_produto")
    place_id: str | None = Field(alias="local_id")
    method: str = Field(alias="metodo", description=_("medio (weighted average) or peps (FIFO)."))
    opening: StockAmount = Field(alias="abertura")
    closing: StockAmount = Field(alias="fechamento")
    more: bool = Field(alias="continua", description=_("Whether there are more lines than were asked for."))


class Card(CardPart):
    """A product's stock card over some time."""

    lines: list[CardLine] = Field(alias="linhas")


class Explanation(CardPart):
    """The same as arithmetic that a person can follow."""

    summary: list[str] = Field(alias="resumo")
    steps: list[str] = Field(alias="passos")


class ProductBalance(Message):
    """A product and how much of it there is."""

    product_id: str = Field(alias="produto_id")
    product_name: str = Field(alias="nome_produto")
    quantity: int | float = Field(alias="saldo")


class ProductValue(ProductBalance):
    """A product, how much of it there is, and what that is worth."""

    value: int | float = Field(alias="valor")
    unit_value: int | float = Field(alias="custo_medio")


class StockValue(Message):
    """What the stock was worth at an instant: in all, and by product."""

    method: str = Field(alias="metodo")
    total: int | float = Field(alias="valor_total")
    products: list[ProductValue] = Field(alias="produtos")
