"""The purchase suggestion at the terminal: shown there, or written into a file."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

from almoxarife.cli.endings import WrongEnding, format_of
from almoxarife.cli.long_work import metered
from almoxarife.config import Settings
from almoxarife.features.replenishment.files import Format, consumed_a_day, content
from almoxarife.features.replenishment.service import Asked, ForSupplier, Purchases
from almoxarife.i18n import _, format_day, format_quantity
from almoxarife.server import services
from almoxarife.sheets.table import SCALE
from almoxarife.storage import schema
from almoxarife.storage.database import Database
from almoxarife.whole_files import replacing


def run(settings: Settings, asked: Asked, target: Path | None) -> int:
    """Show what to buy, or write it into a file; return 0, or 2 when the file's name does not end as one of them.

    Raises what ``Purchases.suggestion`` raises, and OSError when the file cannot be written.
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
            purchases = services.find(Purchases, services.build(settings, database, lambda: None))
            found = purchases.suggestion(asked)
    finally:
        database.close()
    if target is not None and file_format is not None:
        with replacing(target) as draft:
            draft.write_bytes(content(found, file_format))
        click.echo(_("Written: {path}").format(path=target))
        return 0
    if not found.suppliers:
        click.echo(_("There is nothing to buy."))
    for one in found.suppliers:
        _show(one, found.today)
    return 0


def _show(one: ForSupplier, today: str) -> None:
    grid = Grid(title=escape(one.name or _("Without a supplier")))
    for title in (_("Id"), _("Product")):
        grid.add_column(title)
    for title in (_("To buy"), _("Stock"), _("On order"), _("Consumed a day"), _("Reorder point")):
        grid.add_column(title, justify="right")
    for item in one.items:
        numbers = (
            item.position.stock,
            item.position.on_order,
            consumed_a_day(item),
            item.advice.reorder_point,
        )
        quantity = f"{_text(item.advice.quantity)} {item.unit}"
        grid.add_row(f"p{item.product_id}", escape(item.product_name), quantity, *map(_text, numbers))
    console = Console()
    console.print(grid)
    if one.expected_on > today:
        wanted = _("Wanted by: {day}").format(day=format_day(one.expected_on))
        console.print(wanted, markup=False, highlight=False)


def _text(units: int) -> str:
    return format_quantity(round(Decimal(units) / SCALE, 2))
