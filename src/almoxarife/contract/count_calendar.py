"""Messages about how right the ledger was, and about what to count next."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from almoxarife.contract.base import Message, Query
from almoxarife.contract.types import MAX_PAGE, WholeNumber
from almoxarife.i18n import _

MOST_DAYS = 3_660
PageSize = Annotated[WholeNumber, Field(ge=1, le=MAX_PAGE)]


class AccuracyRow(Message):
    """How right the ledger was."""

    items: int = Field(alias="itens")
    right: int = Field(alias="certos")
    of_items: float | None = Field(
        alias="acuracidade_itens", description=_("Items that were right, in per cent.")
    )
    of_quantity: float | None = Field(
        alias="acuracidade_quantidade",
        description=_("The expected quantity without all differences, in per cent of it."),
    )
    of_value: float | None = Field(
        alias="acuracidade_valor",
        description=_("The expected value without all differences, in per cent of it."),
    )
    difference_value: int | float = Field(alias="valor_divergente")


class AccuracyQuery(Query):
    """Parameters of ``GET /contagens/acuracidade``."""

    since: str | None = Field(
        None, alias="de", max_length=40, description=_("Day or instant from which to look.")
    )
    until: str | None = Field(
        None, alias="ate", max_length=40, description=_("Day or instant up to which to look.")
    )
    limit: PageSize | None = Field(None, alias="limite", description=_("How many at the most; else 100."))


class CountAccuracy(AccuracyRow):
    """How right the ledger was, as one count found it."""

    id: str
    confirmed_at: str = Field(alias="confirmada_em", json_schema_extra={"format": "date-time"})
    place_id: str | None = Field(alias="local_id")
    place_name: str | None = Field(alias="local")
    note: str | None = Field(alias="observacao")


class MonthAccuracy(AccuracyRow):
    """How right the ledger was in a month."""

    month: str = Field(alias="mes", examples=["2026-11"])
    counts: int = Field(alias="contagens")


class AccuracyOverTime(Message):
    """How right the ledger was: all together, by month, and by count, newest first."""

    total: AccuracyRow
    months: list[MonthAccuracy] = Field(alias="meses")
    counts: list[CountAccuracy] = Field(alias="contagens")


class AgendaQuery(Query):
    """Parameters of ``GET /contagens/agenda``."""

    place_id: str | None = Field(
        None, alias="local_id", max_length=30, description=_("Only this place and everything inside it.")
    )
    due: Literal["true", "false"] | None = Field(
        None, alias="vencidas", description=_("Whether only what is due; else what comes later, too.")
    )
    limit: PageSize | None = Field(None, alias="limite", description=_("How many at the most; else 100."))


class Intervals(Message):
    """After how many days a product of each class is counted again."""

    a: int = Field(alias="A", ge=1, le=MOST_DAYS)
    b: int = Field(alias="B", ge=1, le=MOST_DAYS)
    c: int = Field(alias="C", ge=1, le=MOST_DAYS)


class DueRow(Message):
    """What is to be counted next."""

    product_id: str = Field(alias="produto_id")
    product_name: str = Field(alias="nome_produto")
    place_id: str = Field(alias="local_id")
    place_name: str = Field(alias="local")
    quantity: int | float = Field(alias="saldo")
    abc: str = Field(alias="classe", json_schema_extra={"enum": ["A", "B", "C"]})
    counted_at: str | None = Field(
        alias="contado_em", json_schema_extra={"format": "date-time"}, description=_("Null: never.")
    )
    due_on: str = Field(alias="vence_em", json_schema_extra={"format": "date"})
    overdue_days: int = Field(alias="dias_de_atraso", description=_("Negative: so many days are left."))


class Agenda(Message):
    """What to count next, the longest overdue first."""

    intervals: Intervals = Field(alias="intervalos")
    due: int = Field(alias="vencidos", description=_("How many items are due."))
    items: list[DueRow] = Field(alias="itens")
