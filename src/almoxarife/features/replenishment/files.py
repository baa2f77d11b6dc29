"""A purchase suggestion as sheet and as texts, by the format that somebody asks for."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from almoxarife.features.costs.rules.money import share
from almoxarife.features.replenishment.service import ForSupplier, Item, Suggestion
from almoxarife.i18n import _
from almoxarife.ledger.rules import QUANTITY_SCALE
from almoxarife.sheets import csv_text, workbook
from almoxarife.sheets.order_text import OrderedLine, order_text
from almoxarife.sheets.table import Cell, CellKind, Column, Fact, Table

_BETWEEN_TEXTS = "\n" + "-" * 40 + "\n\n"


class Format(StrEnum):
    """The formats of files by the word of the wire, which is also how a file's name ends."""

    CSV = "csv"
    WORKBOOK = "xlsx"
    TEXT = "txt"


MEDIA_TYPES: Mapping[Format, str] = {
    Format.CSV: csv_text.MEDIA_TYPE,
    Format.WORKBOOK: workbook.MEDIA_TYPE,
    Format.TEXT: "text/plain",
}


def content(found: Suggestion, wanted: Format) -> bytes:
    """Return a suggestion in a format."""
    if wanted is Format.WORKBOOK:
        return workbook.workbook(table(found))
    if wanted is Format.TEXT:
        return _BETWEEN_TEXTS.join(text(found, one) for one in found.suppliers).encode()
    return "".join(csv_text.csv_lines(table(found))).encode()


def file_name(found: Suggestion, wanted: Format) -> str:
    """Return what the file is called: ``compras-2026-11-24.xlsx``."""
    return f"compras-{found.today}.{wanted}"


def text(found: Suggestion, one: ForSupplier) -> str:
    """Return the order to a supplier as a text that is ready to be sent."""
    lines = [
        OrderedLine(
            item.code,
            item.product_name,
            _exact(item.advice.quantity),
            item.unit,
            _exact(item.pack) if item.pack is not None else None,
        )
        for item in one.items
    ]
    # Without a lead time nobody knows when it can come.
    expected_on = one.expected_on if one.expected_on > found.today else ""
    return order_text(lines, shop=found.shop, supplier=one.name, day=found.today, expected_on=expected_on)


def table(found: Suggestion) -> Table:
    """Return a suggestion as a table, a row for each product."""
    columns = [
        Column("parceiro_id", _("Supplier id")),
        Column("nome_parceiro", _("Supplier")),
        Column("produto_id", _("Id")),
        Column("nome_produto", _("Product")),
        Column("codigo", _("Supplier's code")),
        Column("unidade", _("Unit")),
        Column("sugestao", _("To buy"), CellKind.QUANTITY),
        Column("embalagem", _("Pack"), CellKind.QUANTITY),
        Column("saldo", _("Stock"), CellKind.QUANTITY),
        Column("reservado", _("Held back"), CellKind.QUANTITY),
        Column("em_pedido", _("On order"), CellKind.QUANTITY),
        Column("consumo_diario", _("Consumed a day"), CellKind.QUANTITY),
        Column("prazo_dias", _("Lead time (days)"), CellKind.COUNT),
        Column("minimo", _("Minimum"), CellKind.QUANTITY),
        Column("alvo", _("Target"), CellKind.QUANTITY),
        Column("maximo", _("Maximum"), CellKind.QUANTITY),
        Column("ponto_pedido", _("Reorder point"), CellKind.QUANTITY),
    ]
    rows = [_row(one, item) for one in found.suppliers for item in one.items]
    facts = [
        Fact("dias", _("Days"), CellKind.COUNT, found.period.days),
        Fact("cobertura_dias", _("Days that a purchase lasts"), CellKind.COUNT, found.cover_days),
        Fact("produtos", _("Products"), CellKind.COUNT, len(rows)),
    ]
    return Table(_("Purchase suggestion"), columns, rows, facts)


def consumed_a_day(item: Item) -> int:
    """Return how much of a product is consumed a day, in 1/10,000."""
    return share(item.pace.consumed, 1, item.pace.days)


def _row(one: ForSupplier, item: Item) -> list[Cell]:
    return [
        f"t{one.partner_id}" if one.partner_id is not None else None,
        one.name,
        f"p{item.product_id}",
        item.product_name,
        item.code,
        item.unit,
        item.advice.quantity,
        item.pack,
        item.position.stock,
        item.position.reserved,
        item.position.on_order,
        consumed_a_day(item),
        item.pace.lead_days,
        item.need.minimum,
        item.need.target,
        item.need.maximum,
        item.advice.reorder_point,
    ]


def _exact(units: int) -> Decimal:
    return Decimal(units) / QUANTITY_SCALE
