"""Analyses of the movements: as tables to show, and as files to keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import TypeAdapter

from almoxarife.client.answers import read, read_quantity
from almoxarife.client.session import Session
from almoxarife.contract import analysis as wire

# A million movements take some seconds to sum up, twice that on a slow computer.
PATIENCE_S = 240.0
FileFormat = Literal["xlsx", "csv", "svg"]
Cell = str | Decimal | int | None

_ANALYSIS = TypeAdapter(wire.Analysis)


@dataclass(frozen=True)
class Wanted:
    """Which analysis of which days (None: as usual), of a place, category or product ("": of all).

    ``options``: what is asked of this analysis alone, by the names of the wire; what is not there is as usual.
    """

    name: str
    since: date | None = None
    until: date | None = None
    place_id: str = ""
    category_id: str = ""
    product_id: str = ""
    options: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def query(self) -> dict[str, str | int]:
        """Return what goes into the address."""
        said = {
            "desde": self.since.isoformat() if self.since else "",
            "ate": self.until.isoformat() if self.until else "",
            "local_id": self.place_id,
            "categoria_id": self.category_id,
            "produto_id": self.product_id,
        }
        return {**{key: text for key, text in said.items() if text}, **self.options}


@dataclass(frozen=True)
class Column:
    """A column: its heading, and what its cells are, in a word of the wire."""

    key: str
    title: str
    kind: str


@dataclass(frozen=True)
class Fact:
    """Something to say of the whole."""

    title: str
    kind: str
    value: Cell


@dataclass(frozen=True)
class Bars:
    """Bars with names; ``line``, where there is one, has a percentage for each."""

    kind: str
    names: list[str]
    values: list[Decimal | int]
    line: list[Decimal | int]


@dataclass(frozen=True)
class Analysis:
    """A table, what is to be said of the whole, and its picture; ``more``: rows were left out."""

    title: str
    since: str
    until: str
    more: bool
    facts: list[Fact]
    bars: Bars
    columns: list[Column]
    rows: list[list[Cell]]


def analyse(session: Session, wanted: Wanted, limit: int, work_id: str) -> Analysis:
    """Return an analysis with at most so many rows; it may take long, see ``client.progress`` for ``work_id``."""
    query = {**wanted.query, "limite": limit, "andamento": work_id}
    answer = session.request("GET", f"/analises/{wanted.name}", query=query, patience_s=PATIENCE_S)
    found = read(_ANALYSIS, answer)
    keys = [column.key for column in found.columns]
    return Analysis(
        found.title,
        found.since,
        found.until,
        found.more,
        [Fact(fact.title, fact.kind, _cell(fact.value)) for fact in found.facts],
        Bars(
            found.chart.kind,
            found.chart.names,
            [read_quantity(value) for value in found.chart.values],
            [read_quantity(value) for value in found.chart.cumulated],
        ),
        [Column(column.key, column.title, column.kind) for column in found.columns],
        [[_cell(row.get(key)) for key in keys] for row in found.rows],
    )


def file(session: Session, wanted: Wanted, file_format: FileFormat, work_id: str) -> bytes:
    """Return an analysis as a file, with all its rows; it may take long, see ``client.progress`` for ``work_id``."""
    query: Mapping[str, str | int] = {**wanted.query, "formato": file_format, "andamento": work_id}
    return session.reply("GET", f"/analises/{wanted.name}", query=query, patience_s=PATIENCE_S).body


def _cell(value: object) -> Cell:
    return (
        value if isinstance(value, str) else read_quantity(value) if isinstance(value, int | float) else None
    )
