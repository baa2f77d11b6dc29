"""Rows of a lot that name what was scanned in place of a product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from almoxarife.contract.imports import LotRow
from almoxarife.errors import DomainError, InvalidField
from almoxarife.features.codes.service.found import Found, only_line, quantity_of
from almoxarife.features.codes.service.reading import Asked, CodeReader
from almoxarife.features.movements import rules as movements
from almoxarife.features.products.service import Products
from almoxarife.identity import Identity
from almoxarife.ledger.bulk import find
from almoxarife.ledger.rules import DEFAULT_LOCATION, SUPPLIER_LOCATION, Draft, Kind

# What some scans stand for, by row.
Scans = Mapping[int, Found | DomainError]


def scans_of(connection: Connection, codes: CodeReader, rows: Sequence[LotRow]) -> Scans:
    """Return what the rows that were scanned stand for, in few questions however many they are."""
    scanned = {place: row for place, row in enumerate(rows) if row.code is not None}
    if not scanned:
        return {}
    ids = {}
    for place, row in scanned.items():
        try:
            ids[place] = movements.check_id(row.id)
        except InvalidField:
            # Refused when the row itself is read.
            continue
    there = find(connection, list(ids.values()))
    asked = {}
    for place, row in scanned.items():
        known = there.get(ids.get(place, b""))
        recorded = known.product_id if known is not None else None
        asked[place] = Asked(row.code or "", row.supplier_id, recorded=recorded)
    found = codes.read_all(connection, dict.fromkeys(asked.values()))
    return {place: found[one] for place, one in asked.items()}


def draft(row: LotRow, found: Found | DomainError, who: Identity) -> Draft:
    """Return the entry that a row asks for which was scanned.

    Raises InvalidField, KitCode, LabelOfPlace, NoConversion, TooManyDecimals and what ``CodeReader.read`` raises.
    """
    movement_id = movements.check_id(row.id)
    if "product_id" in row.model_fields_set:
        raise InvalidField(field="codigo", reason="not_together", other="produto_id")
    if isinstance(found, DomainError):
        raise found
    line = only_line(found, "codigo")
    quantity = quantity_of(line, row.quantity if "quantity" in row.model_fields_set else None)
    if quantity <= 0:
        raise InvalidField(field="quantidade", reason="not_positive")
    units = Products.to_stock_unit(line.facts, line.unit, quantity)
    return Draft(
        movement_id, Kind.ENTRY, line.product, SUPPLIER_LOCATION, DEFAULT_LOCATION, units, who.account_id
    )
