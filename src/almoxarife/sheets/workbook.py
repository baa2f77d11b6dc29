"""A table as a workbook of Excel (Office Open XML), written row by row. No text ever becomes a formula or a link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from almoxarife.i18n import _
from almoxarife.long_work import Stage, step
from almoxarife.sheets.table import SCALE, Cell, CellKind, Column, Fact, Table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What Excel takes, in rows of a sheet and characters of a cell and of a sheet's name.
MOST_ROWS = 1_000_000
_LONGEST_TEXT = 32_767
_LONGEST_NAME = 31
_NOT_IN_NAMES = str.maketrans("", "", "[]:*?/\\'")
_WIDEST, _NARROWEST = 50, 10
# Characters that XML cannot hold.
_NOT_IN_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
_FORMATS = {
    CellKind.DAY: "dd/mm/yyyy",
    CellKind.COUNT: "#,##0",
    CellKind.QUANTITY: "#,##0",
    CellKind.MONEY: '"R$" #,##0.00',
    CellKind.PERCENT: "0.00%",
    CellKind.NUMBER: "#,##0.00",
}
# Of a quantity with a part of a unit: otherwise a whole one would end with a comma.
_PARTS = "#,##0.0###"
_WIDTHS_SEEN = 200
_ROWS_PER_STEP = 1_000


def workbook(table: Table) -> bytes:
    """Return the workbook: the table on one sheet, what is said of all of it on another one."""
    # Only who asks for a workbook waits for the library.
    from xlsxwriter import Workbook

    target = BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(target, options) as book:
        formats = {kind: book.add_format({"num_format": shown}) for kind, shown in _FORMATS.items()}
        parts = book.add_format({"num_format": _PARTS})
        head = book.add_format({"bold": True, "bottom": 1})
        writer = _Writer(formats, parts)
        sheet = book.add_worksheet(table.title.translate(_NOT_IN_NAMES)[:_LONGEST_NAME] or "1")
        for place, width in enumerate(_widths(table)):
            sheet.set_column(place, place, width)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(table.columns):
            sheet.write_string(0, place, column.title, head)
        if table.rows:
            sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
        for line, row in enumerate(table.rows[:MOST_ROWS], start=1):
            if line % _ROWS_PER_STEP == 0:
                step(Stage.FILE, line, len(table.rows))
            for place, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
                writer.write(sheet, line, place, cell, column.kind)
        _write_facts(book.add_worksheet(_("Summary")), table.facts, writer)
    return target.getvalue()


class _Writer:
    """Writes cells in the format of their kind."""

    def __init__(self, formats: dict[CellKind, Any], parts: Any) -> None:
        self._formats = formats
        self._parts = parts

    def write(self, sheet: Any, line: int, place: int, cell: Cell, kind: CellKind) -> None:
        if cell is None:
            return
        if isinstance(cell, str) and kind is CellKind.DAY:
            sheet.write_datetime(line, place, date.fromisoformat(cell), self._formats[kind])
        elif isinstance(cell, str):
            sheet.write_string(line, place, cell.translate(_NOT_IN_XML)[:_LONGEST_TEXT])
        elif kind is CellKind.QUANTITY and cell % SCALE:
            sheet.write_number(line, place, cell / SCALE, self._parts)
        elif kind is CellKind.PERCENT:
            sheet.write_number(line, place, cell / (SCALE * 100), self._formats[kind])
        else:
            sheet.write_number(line, place, cell / SCALE if kind.is_scaled else cell, self._formats[kind])


def _write_facts(sheet: Any, facts: Iterable[Fact], writer: _Writer) -> None:
    sheet.set_column(0, 1, _WIDEST // 2)
    for line, fact in enumerate(facts):
        sheet.write_string(line, 0, fact.title)
        writer.write(sheet, line, 1, fact.value, fact.kind)


def _widths(table: Table) -> list[int]:
    """Return how wide each column is to be, by its heading and its first cells."""
    return [
        min(_WIDEST, max(_NARROWEST, *(len(text) + 2 for text in _seen(table.rows, place, column))))
        for place, column in enumerate(table.columns)
    ]


def _seen(rows: Sequence[Sequence[Cell]], place: int, column: Column) -> list[str]:
    return [column.title, *(str(row[place]) for row in rows[:_WIDTHS_SEEN] if row[place] is not None)]
