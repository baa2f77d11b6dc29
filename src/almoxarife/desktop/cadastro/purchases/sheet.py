"""What to buy from a supplier as a text that is sent, and as a sheet that is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from almoxarife.client.purchases import ForSupplier, Item, Suggestion
from almoxarife.desktop.cadastro.purchases.wishes import Wish
from almoxarife.i18n import _
from almoxarife.sheets.order_text import OrderedLine, order_text

FileFormat = Literal["xlsx", "csv"]
FORMATS: tuple[FileFormat, ...] = ("xlsx", "csv")


def ordered(items: Sequence[Item], quantities: dict[str, Decimal | int]) -> list[Item]:
    """Return what is bought, in the quantities that a person said by product; zero is not bought."""
    said = [replace(item, quantity=quantities.get(item.product_id, item.quantity)) for item in items]
    return [item for item in said if item.quantity]


def text(found: Suggestion, supplier: ForSupplier, items: Sequence[Item], wish: Wish) -> str:
    """Return the order to a supplier, ready to be sent."""
    lines = [OrderedLine(item.code, item.product_name, item.quantity, item.unit, item.pack) for item in items]
    return order_text(
        lines,
        shop=found.shop,
        supplier=supplier.name if supplier.partner_id else "",
        day=found.today,
        expected_on=wish.expected_on.isoformat() if wish.expected_on is not None else "",
        note=wish.note,
    )


def content(supplier: ForSupplier, items: Sequence[Item], file_format: FileFormat) -> bytes:
    """Return what is bought from a supplier as a file."""
    # A program that saves no sheet does not load what writes them.
    from almoxarife.sheets import csv_text, workbook
    from almoxarife.sheets.table import SCALE, Cell, CellKind, Column, Fact, Table

    def scaled(quantity: Decimal | int | None) -> int | None:
        return None if quantity is None else int(quantity * SCALE)

    columns = [
        Column("nome_parceiro", _("Supplier")),
        Column("produto_id", _("Id")),
        Column("nome_produto", _("Product")),
        Column("codigo", _("Supplier's code")),
        Column("unidade", _("Unit")),
        Column("quantidade", _("To buy"), CellKind.QUANTITY),
        Column("embalagem", _("Pack"), CellKind.QUANTITY),
        Column("saldo", _("Stock"), CellKind.QUANTITY),
        Column("em_pedido", _("On order"), CellKind.QUANTITY),
        Column("ponto_pedido", _("Reorder point"), CellKind.QUANTITY),
    ]
    rows: list[list[Cell]] = [
        [
            supplier.name,
            item.product_id,
            item.product_name,
            item.code,
            item.unit,
            *(
                scaled(number)
                for number in (item.quantity, item.pack, item.stock, item.on_order, item.reorder_point)
            ),
        ]
        for item in items
    ]
    facts = [Fact("produtos", _("Products"), CellKind.COUNT, len(rows))]
    table = Table(_("Purchases"), columns, rows, facts)
    return workbook.workbook(table) if file_format == "xlsx" else "".join(csv_text.csv_lines(table)).encode()
