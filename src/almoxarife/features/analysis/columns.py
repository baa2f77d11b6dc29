"""Columns and facts that several analyses have."""

from __future__ import annotations

from almoxarife.features.analysis.rules.asked import Period
from almoxarife.i18n import _
from almoxarife.sheets.table import CellKind, Column, Fact

# So many bars can be told apart in a picture.
MOST_BARS = 30


def product_columns() -> list[Column]:
    """Return the columns that name a product."""
    return [
        Column("produto_id", _("Id")),
        Column("nome_produto", _("Product")),
        Column("unidade", _("Unit")),
    ]


def consumed_quantity() -> Column:
    """Return the column of how much was consumed."""
    return Column("consumo", _("Consumed"), CellKind.QUANTITY)


def consumed_value() -> Column:
    """Return the column of what that cost."""
    return Column("valor", _("Value consumed"), CellKind.MONEY)


def days_fact(period: Period) -> Fact:
    """Return how many days the period has."""
    return Fact("dias", _("Days"), CellKind.COUNT, period.days)
