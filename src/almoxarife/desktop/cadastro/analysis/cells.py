"""An analysis as people read it: cells, columns, and what there is to say of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from almoxarife.client.analysis import Analysis, Cell
from almoxarife.client.analysis import Column as Found
from almoxarife.desktop.kit.table_column import Column
from almoxarife.i18n import _, format_day, format_money, format_quantity, ngettext

NOTHING = "–"
_WIDEST = 24
_SEEN = 200
# Where there is no room for all columns, the first of these go first; then the others from the right.
_LEAST_WANTED = ("unidade", "produto_id", "participacao")


def shown(cell: Cell, kind: str) -> str:
    """Return a cell as people read it."""
    if cell is None:
        return NOTHING
    if isinstance(cell, str):
        return format_day(cell) if kind == "dia" else cell
    if kind == "dinheiro":
        return format_money(round(Decimal(cell), 2))
    if kind == "porcentagem":
        return f"{format_quantity(_short(cell))} %"
    return format_quantity(_short(cell) if kind == "numero" else cell)


def columns_of(found: Sequence[Found], rows: Sequence[Sequence[str]]) -> list[Column]:
    """Return the table's columns, as wide as their first cells; a name takes the width that is left."""
    names = [column.key for column in found]
    stretching = next((key for key in ("nome_produto", "motivo", "periodo") if key in names), names[0])
    made = []
    for place, column in enumerate(found):
        cells = [column.title, *(row[place] for row in rows[:_SEEN])]
        widest = max((cell[:_WIDEST] for cell in cells), key=len)
        spare = 0
        if column.key in _LEAST_WANTED:
            spare = len(found) + len(_LEAST_WANTED) - _LEAST_WANTED.index(column.key)
        elif column.key not in (stretching, names[-1]) and place > 1:
            spare = 1 if column.kind == "dinheiro" else place + 1
        stretches = column.key == stretching
        align: Literal["left", "right"] = "left" if column.kind in ("texto", "dia") else "right"
        made.append(Column(column.title, "m" * 12 if stretches else widest, align, stretches, spare))
    return made


def summary(found: Analysis) -> str:
    """Return what there is to say of the whole."""
    days = _("{first} to {last}").format(first=format_day(found.since), last=format_day(found.until))
    facts = [f"{fact.title}: {shown(fact.value, fact.kind)}" for fact in found.facts]
    text = " · ".join([days, *facts])
    if not found.more:
        return text
    left_out = ngettext(
        "Only the first {count} row is shown; a saved sheet has all of them.",
        "Only the first {count} rows are shown; a saved sheet has all of them.",
        len(found.rows),
    ).format(count=format_quantity(len(found.rows)))
    return f"{text}\n{left_out}"


def _short(number: Decimal | int) -> Decimal | int:
    return round(number, 2) if isinstance(number, Decimal) else number
