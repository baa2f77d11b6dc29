"""Products as the wire shows them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from almoxarife.clock import to_rfc3339
from almoxarife.contract.products import ProductDetails
from almoxarife.contract.units import ConversionRow, ProductUnits
from almoxarife.features.products.changing import WholeProduct
from almoxarife.features.products.store import Row
from almoxarife.ledger.rules import QUANTITY_SCALE


def details_of(whole: WholeProduct) -> ProductDetails:
    """Return the message of all there is to know of a product."""
    row = whole.row
    return ProductDetails(
        id=f"p{row.number}",
        name=row.name,
        unit=row.unit,
        decimals=row.decimals,
        tracking=row.tracking,
        category_id=None if row.category_id is None else f"c{row.category_id}",
        notes=row.notes,
        fields=whole.fields,
        active=bool(row.active),
        merged_into=None if row.merged_into is None else f"p{row.merged_into}",
        merged=[f"p{number}" for number in whole.merged],
        created_at=to_rfc3339(row.created_at),
        version=row.version,
    )


def units_of(row: Row, factors: Mapping[str, int]) -> ProductUnits:
    """Return the message of a product's stock unit and its conversions; factors in 1/10,000."""
    return ProductUnits(
        unit=row.unit,
        decimals=row.decimals,
        conversions=[
            ConversionRow(unit=unit, factor=_number(factor)) for unit, factor in sorted(factors.items())
        ],
    )


def _number(factor: int) -> int | float:
    exact = Decimal(factor) / QUANTITY_SCALE
    return int(exact) if exact == exact.to_integral_value() else float(exact)
