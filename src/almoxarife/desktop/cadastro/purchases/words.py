"""A suggestion as people read it: the suppliers' names, the rows of one, and what there is to say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from almoxarife.client.purchases import ForSupplier, Suggestion
from almoxarife.i18n import _, format_quantity, ngettext


def label_of(one: ForSupplier) -> str:
    """Return by which name a supplier is chosen."""
    return f"{one.name} ({one.partner_id})" if one.partner_id else _("Without a supplier")


def rows_of(supplier: ForSupplier, quantities: Mapping[str, Decimal | int]) -> list[Sequence[str]]:
    """Return the cells of each product; ``quantities``: what a person wants instead of what was suggested."""
    return [
        (
            item.product_name,
            item.unit,
            format_quantity(item.stock),
            format_quantity(item.on_order),
            # Consumption in the lead time has as many decimals as the division; nobody orders by them.
            format_quantity(round(Decimal(item.reorder_point), 1)),
            format_quantity(item.quantity),
            format_quantity(quantities.get(item.product_id, item.quantity)),
        )
        for item in supplier.items
    ]


def nothing_to_buy() -> str:
    """Return what stands in place of the rows when there are none."""
    return _("There is nothing to buy. Levels and suppliers are set at each product.")


def summary_of(supplier: ForSupplier, found: Suggestion | None) -> str:
    """Return how many products there are from a supplier, and whether some of the suggestion were left out."""
    said = [
        ngettext("{count} product", "{count} products", len(supplier.items)).format(
            count=format_quantity(len(supplier.items))
        )
    ]
    if found is not None and found.more:
        said.append(_("There are more products than are shown."))
    return " · ".join(said)
