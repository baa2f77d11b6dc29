"""Messages about analyses of the movements."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from almoxarife.contract.base import Message, Query
from almoxarife.contract.progress import WorkIdParameter
from almoxarife.contract.reports import PlaceId
from almoxarife.contract.types import ProductMeant, WholeNumber
from almoxarife.i18n import _

MOST_ROWS = 100_000
Percent = Annotated[WholeNumber, Field(ge=1, le=100)]


class AnalysisPath(Query):
    """The part of the address that names an analysis."""

    name: str = Field(
        alias="nome",
        max_length=40,
        description=_("abc, giro, cobertura, parado, envelhecimento, perdas or consumo."),
        examples=["abc"],
    )


class AnalysisQuery(Query):
    """Parameters of ``GET /analises/{nome}``."""

    since: str | None = Field(
        None, alias="desde", max_length=10, description=_("First day; without it, a year before the last.")
    )
    until: str | None = Field(None, alias="ate", max_length=10, description=_("Last day; without it, today."))
    place_id: PlaceId = None
    category_id: str | None = Field(
        None,
        alias="categoria_id",
        max_length=20,
        description=_("Only products of this category and of those below it."),
        examples=["c1"],
    )
    product_id: ProductMeant | None = Field(None, alias="produto_id")
    limit_a: Percent = Field(
        80,
        alias="limite_a",
        description=_("Of the ABC curve: how much of the value class A has, in percent."),
    )
    limit_b: Percent = Field(95, alias="limite_b", description=_("The same of the classes A and B together."))
    idle_days: Annotated[WholeNumber, Field(ge=1, le=3_660)] = Field(
        90, alias="dias_parado", description=_("Of dead stock: for how many days nothing has gone out.")
    )
    step: Literal["dia", "semana", "mes"] = Field(
        "mes", alias="por", description=_("Of consumption: summed up by day, week or month.")
    )
    limit: Annotated[WholeNumber, Field(ge=1, le=MOST_ROWS)] = Field(
        MOST_ROWS, alias="limite", description=_("How many rows at the most.")
    )
    format: Literal["json", "csv", "xlsx", "svg"] | None = Field(
        None, alias="formato", description=_("Instead of an Accept header.")
    )
    work_id: WorkIdParameter = None


class AnalysisColumn(Message):
    """A column: its key in the rows, its heading, and what its cells are."""

    key: str = Field(alias="chave")
    title: str = Field(alias="titulo")
    kind: str = Field(
        alias="tipo",
        description=_("texto, dia, contagem, quantidade, dinheiro, porcentagem or numero."),
    )


class AnalysisFact(AnalysisColumn):
    """Something to say of the whole."""

    value: int | float | str | None = Field(alias="valor")


class AnalysisChart(Message):
    """What its picture shows: bars with names, and for some a line of percentages."""

    kind: str = Field(alias="tipo")
    names: list[str] = Field(alias="nomes")
    values: list[int | float] = Field(alias="valores")
    cumulated: list[int | float] = Field(alias="acumulado")


class Analysis(Message):
    """A table with what is to be said of the whole; the rows have the keys of the columns."""

    name: str = Field(alias="analise")
    title: str = Field(alias="titulo")
    since: str = Field(alias="desde", json_schema_extra={"format": "date"})
    until: str = Field(alias="ate", json_schema_extra={"format": "date"})
    days: int = Field(alias="dias")
    more: bool = Field(alias="continua", description=_("Whether there are more rows than were asked for."))
    facts: list[AnalysisFact] = Field(alias="resumo")
    chart: AnalysisChart = Field(alias="grafico")
    columns: list[AnalysisColumn] = Field(alias="colunas")
    rows: list[dict[str, Any]] = Field(alias="linhas")
