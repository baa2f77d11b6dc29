"""How codes are written, within the caller's transaction: sealed, and noted in the log of each product."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import Connection

from almoxarife.features.codes import store
from almoxarife.features.codes.store import Code, Line, Row
from almoxarife.features.products.service import Products
from almoxarife.identity import Identity
from almoxarife.ledger.rules import QUANTITY_SCALE, checksum

# What the log of a product calls a code.
LOGGED_AS = "codigo"


def add_all(connection: Connection, products: Products, who: Identity, codes: Sequence[Code]) -> None:
    """Write one or more codes whose keys are free; the table of products must be locked."""
    lines = [line for code in codes for line in code.lines]
    store.add(
        connection,
        [(code.row, checksum(*sealed(code.row))) for code in codes],
        [(line, checksum(*line)) for line in lines],
    )
    new = [(line.product, shown(code, line)) for code in codes for line in code.lines]
    products.note_new(connection, who, LOGGED_AS, new)


def sealed(row: Row) -> tuple[int | str | None, ...]:
    """Return what of a row its checksum is made of."""
    return tuple(value.hex() if isinstance(value, bytes) else value for value in row)


def shown(code: Code, line: Line) -> str:
    """Return a code as the log of a product tells it."""
    quantity = f"{(Decimal(line.quantity) / QUANTITY_SCALE).normalize():f}"
    return f"{code.row.text} ({code.row.kind}, {quantity} {line.unit})"
