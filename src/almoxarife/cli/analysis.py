"""Analyses at the terminal: shown there, or written into a file."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

from almoxarife.cli.endings import WrongEnding, format_of
from almoxarife.cli.long_work import metered
from almoxarife.config import Settings
from almoxarife.features.analysis.files import Format, content
from almoxarife.features.analysis.found import Found
from almoxarife.features.analysis.rules.asked import ONE, Asked, Step
from almoxarife.features.analysis.service import Analyses
from almoxarife.features.products.service import Products
from almoxarife.i18n import _, format_day, format_money, format_quantity
from almoxarife.server import services
from almoxarife.sheets.table import SCALE, Cell, CellKind
from almoxarife.storage import schema
from almoxarife.storage.database import Database
from almoxarife.whole_files import replacing

# Who shows an analysis at the terminal reads its beginning.
SHOWN = 50


def wanted(*, limit_a: int, limit_b: int, step: str, **others: Any) -> Asked:
    """Return what is asked for from the options of the command line; limits in whole percent."""
    return Asked(limit_a=limit_a * ONE, limit_b=limit_b * ONE, step=Step(step), **others)


def run(settings: Settings, name: str, asked: Asked, target: Path | None) -> int:
    """Make an analysis; return 0, or 2 when the file's name does not end as one of the formats.

    Raises what ``Analyses.analyse`` raises, and OSError when the file cannot be written.
    """
    try:
        file_format = None if target is None else format_of(target, Format)
    except WrongEnding as sentence:
        click.echo(f"almoxarife: {sentence}", err=True)
        return 2
    database = Database(settings.database_url)
    try:
        schema.check(database)
        with metered():
            built = services.build(settings, database, lambda: None)
            if asked.product_id:
                product_id = services.find(Products, built).meant(asked.product_id, "produto")
                asked = asked._replace(product_id=product_id)
            found = services.find(Analyses, built).analyse(name, asked)
            if target is not None and file_format is not None:
                _write(found, file_format, target)
    finally:
        database.close()
    if target is None:
        _show(found)
    else:
        click.echo(_("Written: {path}").format(path=target))
    return 0


def _write(found: Found, file_format: Format, target: Path) -> None:
    """Write the whole file or none: what is there stays until the new one is complete."""
    with replacing(target) as draft, draft.open("wb") as file:
        for piece in content(found, file_format):
            file.write(piece)


def _show(found: Found) -> None:
    table, period = found.table, found.period
    grid = Grid(title=f"{table.title}: {format_day(period.first)} – {format_day(period.last)}")
    for column in table.columns:
        grid.add_column(column.title, justify="left" if column.kind.is_text else "right")
    for row in table.rows[:SHOWN]:
        cells = zip(row, table.columns, strict=True)
        grid.add_row(*(_text(cell, column.kind) for cell, column in cells))
    console = Console()
    console.print(grid)
    for fact in table.facts:
        console.print(f"{fact.title}: {_text(fact.value, fact.kind)}", markup=False, highlight=False)
    if len(table.rows) > SHOWN:
        shown = _("The first {shown} of {rows} rows; --saida writes all of them into a file.")
        rows = format_quantity(len(table.rows))
        console.print(shown.format(shown=SHOWN, rows=rows), markup=False, highlight=False)


def _text(cell: Cell, kind: CellKind) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, str):
        return format_day(cell) if kind is CellKind.DAY else escape(cell)
    number = Decimal(cell) / SCALE if kind.is_scaled else cell
    if kind is CellKind.MONEY:
        return format_money(round(Decimal(number), 2))
    return f"{format_quantity(number)} %" if kind is CellKind.PERCENT else format_quantity(number)
