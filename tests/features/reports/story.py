"""A month of a shop, told once for the tests of all reports."""

from __future__ import annotations

from almoxarife.ledger.rules import CUSTOMER_LOCATION, DEFAULT_LOCATION, SUPPLIER_LOCATION, Kind

from .desk import Desk

STORE_ROOM, SHELF = 6, 7


def tell(desk: Desk) -> None:
    """Two entries, a transfer, an issue, its reversal, and some paint.

    | No. | day | what          | quantity | cost   | balance | value |
    | 1   | 2   | entry at 5,00 | + 10     | 50,00  | 10      | 50,00 |
    | 2   | 5   | entry at 7,00 | + 10     | 70,00  | 20      | 120,00|
    | 3   | 8   | transfer of 5 |          |        | 20      | 120,00|
    | 4   | 10  | issue         | - 12     | -72,00 | 8       | 48,00 |
    | 5   | 15  | reversal of 4 | + 12     | 72,00  | 20      | 120,00|
    | 6   | 20  | paint at 9,90 | + 3      | 29,70  | 3       | 29,70 |
    """
    supplier, stock, customer = SUPPLIER_LOCATION, DEFAULT_LOCATION, CUSTOMER_LOCATION
    desk.register(
        Kind.ENTRY, 10, "2026-01-02", source=supplier, target=stock, unit_cost=5_0000, document="NF 7"
    )
    desk.register(Kind.ENTRY, 10, "2026-01-05", source=supplier, target=stock, unit_cost=7_0000)
    desk.register(Kind.TRANSFER, 5, "2026-01-08", source=stock, target=SHELF, note="para a prateleira")
    issue = desk.register(Kind.ISSUE, 12, "2026-01-10", source=stock, target=customer, account=2)
    desk.register(Kind.REVERSAL, 12, "2026-01-15", source=customer, target=stock, reverses=issue)
    desk.register(Kind.ENTRY, 3, "2026-01-20", source=supplier, target=SHELF, product=2, unit_cost=9_9000)
