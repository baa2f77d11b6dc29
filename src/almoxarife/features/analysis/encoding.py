"""The JSON of analyses, written out because it carries exact numbers and up to 100,000 rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from json.encoder import encode_basestring

from almoxarife.features.analysis.found import Found
from almoxarife.sheets.picture import Chart
from almoxarife.sheets.table import Cell, CellKind, Column, number_text

_ROWS_AT_ONCE = 1_000


def pieces(found: Found) -> Iterator[str]:
    """Yield the JSON of an ``Analysis``, some thousand rows at once."""
    table, period = found.table, found.period
    columns = ",".join(map(_column, table.columns))
    facts = ",".join(
        f'{{"chave":"{fact.key}","titulo":{encode_basestring(fact.title)},"tipo":"{fact.kind}",'
        f'"valor":{_cell(fact.value, fact.kind)}}}'
        for fact in table.facts
    )
    yield (
        f'{{"analise":"{found.name}","titulo":{encode_basestring(table.title)},"desde":"{period.first}",'
        f'"ate":"{period.last}","dias":{period.days},"continua":{"true" if found.more else "false"},'
        f'"resumo":[{facts}],"grafico":{_chart(found.chart)},"colunas":[{columns}],"linhas":['
    )
    for start in range(0, len(table.rows), _ROWS_AT_ONCE):
        rows = table.rows[start : start + _ROWS_AT_ONCE]
        yield ("," if start else "") + ",".join(_row(table.columns, row) for row in rows)
    yield "]}"


def _row(columns: Sequence[Column], row: Sequence[Cell]) -> str:
    cells = ",".join(
        f'"{column.key}":{_cell(cell, column.kind)}' for column, cell in zip(columns, row, strict=True)
    )
    return f"{{{cells}}}"


def _column(column: Column) -> str:
    return f'{{"chave":"{column.key}","titulo":{encode_basestring(column.title)},"tipo":"{column.kind}"}}'


def _chart(chart: Chart) -> str:
    names = ",".join(map(encode_basestring, chart.names))
    values = ",".join(number_text(value, chart.kind) for value in chart.values)
    line = ",".join(number_text(value, CellKind.PERCENT) for value in chart.line)
    return f'{{"tipo":"{chart.kind}","nomes":[{names}],"valores":[{values}],"acumulado":[{line}]}}'


def _cell(cell: Cell, kind: CellKind) -> str:
    if cell is None:
        return "null"
    return encode_basestring(cell) if isinstance(cell, str) else number_text(cell, kind)
