"""Messages about counts of the stock (inventário físico)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from almoxarife.contract.base import Message, Query
from almoxarife.contract.count_calendar import AccuracyRow, PageSize
from almoxarife.contract.types import Exact, WholeNumber
from almoxarife.i18n import _

STATES = ["aberta", "em_revisao", "confirmada", "cancelada"]
SITUATIONS = ["certo", "divergente", "inesperado", "faltante"]
ClassName = Literal["A", "B", "C"]
Wanted = Literal[
    "todos", "certos", "divergentes", "inesperados", "faltantes", "recontar", "movidos", "series_repetidas"
]
StateWanted = Literal["aberta", "em_revisao", "confirmada", "cancelada", "em_andamento", "terminada"]
MOST_ITEMS = 1_000


def _id() -> Any:
    return Field(
        None,
        description=_("UUID made by the client before it sends. The same id again does nothing again."),
        json_schema_extra={"format": "uuid"},
    )


class CountPath(Query):
    """The count in an address."""

    # Other words here, such as “agenda”, are addresses of their own.
    id: str = Field(alias="contagem_id", max_length=30, json_schema_extra={"pattern": "^c[0-9]+$"})


class CountRequest(Message):
    """Body of ``POST /contagens``: what is to be counted; nothing of it: the whole shop."""

    id: str | None = _id()
    place_id: str | None = Field(
        None, alias="local_id", description=_("Only this place and everything inside it.")
    )
    category_id: str | None = Field(
        None, alias="categoria_id", description=_("Only products of this category and those below it.")
    )
    abc: ClassName | None = Field(
        None,
        alias="classe",
        description=_("Only products of this ABC class, by the issues of twelve months."),
    )
    products: list[str] | None = Field(
        None, alias="produtos", description=_("Only these products."), min_length=1, max_length=10_000
    )
    blind: bool = Field(
        False, alias="cega", description=_("Whether those who count are not told what is expected.")
    )
    note: str | None = Field(None, alias="observacao")


class CountQuery(Query):
    """Parameters of ``GET /contagens``."""

    state: StateWanted | None = Field(
        None,
        alias="situacao",
        description=_(
            "Only counts in this state; “em_andamento”: those that have not ended, “terminada”: the others."
        ),
    )
    before: str | None = Field(
        None, alias="antes_de", max_length=30, description=_("Only counts before this one.")
    )
    limit: PageSize | None = Field(None, alias="limite", description=_("How many at the most; else 50."))


class Progress(Message):
    """How far a count is; an item is a product at a place, of a tracked one by lot."""

    expected: int = Field(
        alias="esperados", description=_("Items of which there is something, and those counted.")
    )
    counted: int = Field(alias="contados")
    lines: int = Field(alias="linhas")
    unknown: int = Field(
        alias="desconhecidos", description=_("Scanned texts that are no product, unresolved.")
    )
    different: int | None = Field(
        alias="divergentes", description=_("Counted items with a difference; null while they are hidden.")
    )
    recount: int = Field(
        alias="recontar", description=_("Items that are to be counted anew and have not been.")
    )
    twice: int = Field(alias="series_repetidas", description=_("Serial numbers that several lines show."))


class CountRow(Message):
    """A count."""

    id: str
    state: str = Field(alias="situacao", json_schema_extra={"enum": list(STATES)})
    place_id: str | None = Field(alias="local_id")
    place_name: str | None = Field(alias="local")
    category_id: str | None = Field(alias="categoria_id")
    category_name: str | None = Field(alias="categoria", description=_("With the names of those above it."))
    abc: str | None = Field(alias="classe")
    products: int | None = Field(alias="produtos", description=_("How many products it is about; null: all."))
    blind: bool = Field(alias="cega")
    note: str | None = Field(alias="observacao")
    opened_by: str = Field(alias="aberta_por")
    created_at: str = Field(alias="aberta_em", json_schema_extra={"format": "date-time"})
    closed_at: str | None = Field(alias="encerrada_em", json_schema_extra={"format": "date-time"})
    ended_by: str | None = Field(alias="decidida_por")
    ended_at: str | None = Field(alias="decidida_em", json_schema_extra={"format": "date-time"})
    progress: Progress | None = Field(alias="progresso", description=_("Null in lists."))
    accuracy: AccuracyRow | None = Field(alias="acuracidade", description=_("Of a confirmed count."))


class Confirmed(CountRow):
    """A confirmed count, with the movements that it led to."""

    adjustments: list[int] = Field(alias="ajustes", description=_("The “sequencia” of each adjustment."))


class CountedLot(Message):
    """The lot that was counted, by the number on it."""

    number: str = Field(alias="numero", examples=["A-123"])


class LineRequest(Message):
    """Body of ``POST /contagens/{contagem_id}/linhas``: so much was seen, and is added to what was seen before."""

    id: str | None = _id()
    product_id: str | None = Field(None, alias="produto_id", examples=["p1"])
    text: str | None = Field(
        None,
        alias="texto",
        description=_("What was scanned, when it is no product; somebody resolves it later."),
    )
    quantity: Exact | None = Field(
        None, alias="quantidade", description=_("Zero: looked, and nothing is there.")
    )
    unit: str | None = Field(
        None, alias="unidade", description=_("Unit of the quantity; the stock unit if absent.")
    )
    place_id: str | None = Field(
        None, alias="local_id", description=_("Where; the place of the count if absent.")
    )
    lot: CountedLot | None = Field(None, alias="lote")
    lot_id: str | None = Field(None, alias="lote_id", examples=["v1"])
    serial: str | None = Field(None, alias="serie", description=_("The serial number of a single thing."))
    replaces: str | None = Field(
        None,
        alias="substitui",
        description=_("Id of the line that this one corrects."),
        json_schema_extra={"format": "uuid"},
    )
    void: bool = Field(
        False, alias="anula", description=_("The replaced line was a mistake, and nothing takes its place.")
    )
    recount: bool = Field(
        False, alias="recontagem", description=_("What is to be counted anew is counted again.")
    )


class LineRow(Message):
    """Something that somebody saw."""

    id: str = Field(json_schema_extra={"format": "uuid"})
    number: int = Field(alias="numero")
    product_id: str | None = Field(alias="produto_id")
    product_name: str | None = Field(alias="nome_produto")
    text: str | None = Field(alias="texto")
    place_id: str = Field(alias="local_id")
    place_name: str = Field(alias="local")
    lot: str | None = Field(alias="lote", description=_("Number of the lot, or serial number."))
    quantity: int | float = Field(alias="quantidade")
    username: str = Field(alias="contado_por")
    counted_at: str = Field(alias="contado_em", json_schema_extra={"format": "date-time"})
    sequence: int = Field(alias="sequencia", description=_("Where the ledger ended at that moment."))
    expected: int | float | None = Field(
        alias="esperado", description=_("The balance at that moment; null while it is hidden.")
    )
    round: int = Field(alias="rodada", description=_("0 at first, 1 when counted anew, and so on."))
    replaces: int | None = Field(
        alias="substitui", description=_("Number of the line that this one corrects.")
    )
    twice: bool = Field(alias="serie_repetida", description=_("Another line shows the same serial number."))


class CountedRow(LineRow):
    """A line that was just counted, with what is known of its item by now."""

    total: int | float = Field(alias="total", description=_("All that was counted of the item."))


class LineQuery(Query):
    """Parameters of ``GET /contagens/{contagem_id}/linhas``."""

    after: Annotated[WholeNumber, Field(ge=0, le=2**62)] | None = Field(
        None, alias="depois_de", description=_("Only lines after this “numero”, oldest first.")
    )
    latest: PageSize | None = Field(None, alias="ultimas", description=_("The newest so many, oldest first."))
    limit: PageSize | None = Field(None, alias="limite", description=_("How many at the most; else 1,000."))
    unknown: Literal["true", "false"] | None = Field(
        None, alias="desconhecidas", description=_("Whether only what is no product and nobody resolved.")
    )


class ItemKey(Message):
    """An item of a count: a product at a place, of a tracked one its lot."""

    product_id: str = Field(alias="produto_id")
    place_id: str = Field(alias="local_id")
    lot: str | None = Field(None, alias="lote")


class ItemRow(Message):
    """What was found of an item."""

    product_id: str = Field(alias="produto_id")
    product_name: str = Field(alias="nome_produto")
    unit: str = Field(alias="unidade")
    place_id: str = Field(alias="local_id")
    place_name: str = Field(alias="local")
    lot: str | None = Field(alias="lote")
    counted: int | float | None = Field(alias="contado", description=_("Null: nobody counted it."))
    expected: int | float | None = Field(alias="esperado", description=_("Null while it is hidden."))
    difference: int | float | None = Field(alias="diferenca", description=_("Null while it is hidden."))
    situation: str | None = Field(
        alias="situacao",
        description=_("Null while it is hidden."),
        json_schema_extra={"enum": [*SITUATIONS, None]},
    )
    lines: int = Field(alias="linhas")
    people: list[str] = Field(alias="contado_por")
    round: int = Field(alias="rodada")
    moved: bool = Field(
        alias="movido", description=_("Goods moved while it was being counted in several lines.")
    )
    twice: bool = Field(alias="serie_repetida")
    recount: bool = Field(alias="recontar", description=_("To be counted anew, and not done yet."))
    reviewed: bool = Field(alias="revisado")


class ItemQuery(Query):
    """Parameters of ``GET /contagens/{contagem_id}/itens``."""

    wanted: Wanted | None = Field(None, alias="situacao", description=_("Which items; all if absent."))
    skip: Annotated[WholeNumber, Field(ge=0, le=10_000_000)] | None = Field(
        None, alias="pular", description=_("How many to leave out from the beginning.")
    )
    limit: PageSize | None = Field(None, alias="limite", description=_("How many at the most; else 1,000."))


class ReviewRequest(Message):
    """Body of ``POST /contagens/{contagem_id}/revisoes``: what a manager says of items."""

    decision: Literal["aceitar", "recontar"] = Field(alias="decisao")
    items: list[ItemKey] | None = Field(None, alias="itens", min_length=1, max_length=MOST_ITEMS)
    all_different: bool = Field(
        False, alias="todas_divergencias", description=_("Every counted item with a difference.")
    )


class Reviewed(Message):
    """How many items something was said of."""

    items: int = Field(alias="itens")


class ConfirmRequest(Message):
    """Body of ``POST /contagens/{contagem_id}/confirmar``."""

    id: str | None = _id()
    zero_missing: bool = Field(
        False,
        alias="zerar_faltantes",
        description=_("Whether all that nobody counted is not there any more."),
    )
    zero: list[ItemKey] | None = Field(
        None, alias="zerar", max_length=MOST_ITEMS, description=_("What of it is not there any more.")
    )
    ignore_unknown: bool = Field(
        False,
        alias="ignorar_desconhecidos",
        description=_("Whether texts that nobody resolved are left out."),
    )
    reason_id: str | None = Field(
        None, alias="motivo_id", description=_("Reason of the adjustments; “m4”, Contagem, if absent.")
    )
