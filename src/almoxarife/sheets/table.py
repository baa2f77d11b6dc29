"""A table of exact values, whatever it is written as."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple, TypeAlias

# Numbers are whole ones of 1/10,000, as everywhere.
SCALE = 10_000

# A text, a number as its column's kind says, or nothing.
Cell: TypeAlias = str | int | None


class CellKind(StrEnum):
    """What the cells of a column are, by the word of the wire.

    All but texts, days and counts are numbers in 1/10,000: of a unit, of the currency, of one percent, of one.
    """

    TEXT = "texto"
    DAY = "dia"
    COUNT = "contagem"
    QUANTITY = "quantidade"
    MONEY = "dinheiro"
    PERCENT = "porcentagem"
    NUMBER = "numero"

    @property
    def is_scaled(self) -> bool:
        """Whether its numbers are in 1/10,000."""
        return self not in {CellKind.TEXT, CellKind.DAY, CellKind.COUNT}

    @property
    def is_text(self) -> bool:
        """Whether its cells are read and not counted."""
        return self in {CellKind.TEXT, CellKind.DAY}


class Column(NamedTuple):
    """A column: its key on the wire, its heading, and what its cells are."""

    key: str
    title: str
    kind: CellKind = CellKind.TEXT


class Fact(NamedTuple):
    """Something to say of the table as a whole."""

    key: str
    title: str
    kind: CellKind
    value: Cell


class Table(NamedTuple):
    """Rows of cells under their columns, and what is to be said of all of them."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    facts: Sequence[Fact] = ()


def number_text(value: int, kind: CellKind, *, point: str = ".") -> str:
    """Return a number as exact digits without grouping: ``1234.5``."""
    if not kind.is_scaled:
        return str(value)
    whole, rest = divmod(abs(value), SCALE)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}{point}{rest:04d}".rstrip("0") if rest else f"{sign}{whole}"


def as_mapping(columns: Sequence[Column], row: Sequence[Cell]) -> Mapping[str, Cell]:
    """Return a row's cells by the keys of their columns."""
    return dict(zip((column.key for column in columns), row, strict=True))
