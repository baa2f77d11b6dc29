"""A table as CSV, as a Brazilian Excel opens it: UTF-8 with its mark, semicolons, decimal commas.

A text that a spreadsheet would take for a formula gets an apostrophe in front of it, which tells it that this is
text (OWASP, “CSV Injection”). Numbers are numbers, with their sign.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from almoxarife.sheets.table import Cell, CellKind, Table, number_text

MEDIA_TYPE = "text/csv"
_BEGINS_A_FORMULA = tuple("=+-@\t\r")
_NEEDS_QUOTES = frozenset(';"\r\n')
# The mark by which Excel knows UTF-8.
_MARK = "\ufeff"


def csv_lines(table: Table) -> Iterator[str]:
    """Yield the lines of a table, each with its end; the first one begins with the mark."""
    yield _MARK + _line([_text(column.title) for column in table.columns])
    kinds = [column.kind for column in table.columns]
    for row in table.rows:
        yield _line([_cell(cell, kind) for cell, kind in zip(row, kinds, strict=True)])


def _line(cells: Sequence[str]) -> str:
    return ";".join(cells) + "\r\n"


def _cell(cell: Cell, kind: CellKind) -> str:
    if cell is None:
        return ""
    return _text(cell) if isinstance(cell, str) else number_text(cell, kind, point=",")


def _text(text: str) -> str:
    safe = f"'{text}" if text.startswith(_BEGINS_A_FORMULA) else text
    return '"' + safe.replace('"', '""') + '"' if _NEEDS_QUOTES & set(safe) else safe
