"""Lots and serial numbers of products."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pydantic import TypeAdapter

from almoxarife.client.answers import read, read_day, read_quantity
from almoxarife.client.session import Session
from almoxarife.contract.lots import LotRow

_ROWS = TypeAdapter(list[LotRow])


@dataclass(frozen=True)
class StockLot:
    """A lot with its id (``v1``, …) and how much of it there is."""

    id: str
    number: str
    quantity: Decimal | int
    expires_on: date | None = None
    expired: bool = False


def every(session: Session, product_id: str) -> list[StockLot]:
    """Return the lots of a product, oldest first, those that are used up included."""
    rows = read(_ROWS, session.request("GET", "/lotes", query={"produto_id": product_id}))
    return [
        StockLot(row.id, row.number, read_quantity(row.quantity), read_day(row.expires_on), row.expired)
        for row in rows
    ]


def in_stock(session: Session, product_id: str) -> list[StockLot]:
    """Return the lots of a product that are in stock, those that expire first first, the expired ones last."""
    found = [lot for lot in every(session, product_id) if lot.quantity > 0]
    # What never expires can wait; what has expired only goes out with a reason.
    return sorted(found, key=lambda lot: (lot.expired, lot.expires_on or date.max, lot.number))
