"""Tables of how products are bought, and of purchase orders."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, LargeBinary, SmallInteger, Table, Text

from almoxarife.storage.metadata import RowNumber, metadata

# `partner_id`: the supplier from whom it is bought first. `pack` in 1/10,000 of the stock unit, null: any quantity.
# `checksum`: ledger.rules, of the row.
supply = Table(
    "supply",
    metadata,
    Column("product_id", RowNumber, ForeignKey("product.id"), primary_key=True, autoincrement=False),
    Column("partner_id", BigInteger, ForeignKey("partner.id"), index=True),
    Column("lead_days", SmallInteger, nullable=False),
    Column("pack", BigInteger),
    Column("checksum", LargeBinary(32), nullable=False),
)

# `client_id`: the UUID that the client made, in 32 digits. `expected_on`: a day of the shop. `cancelled_at`: null while
# what has not come yet is waited for. `checksum`: ledger.rules, of the row.
purchase_order = Table(
    "purchase_order",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=False),
    Column("client_id", Text, nullable=False, unique=True),
    Column("partner_id", BigInteger, ForeignKey("partner.id")),
    Column("account_id", BigInteger, ForeignKey("account.id"), nullable=False),
    Column("ordered_at", BigInteger, nullable=False),
    Column("expected_on", Text),
    Column("note", Text, nullable=False),
    Column("cancelled_at", BigInteger),
    Column("checksum", LargeBinary(32), nullable=False),
)

# `quantity`: 1/10,000 of the stock unit. `checksum`: ledger.rules, of the row.
purchase_line = Table(
    "purchase_line",
    metadata,
    Column("order_id", BigInteger, ForeignKey("purchase_order.id"), primary_key=True, autoincrement=False),
    Column("product_id", BigInteger, ForeignKey("product.id"), primary_key=True, autoincrement=False),
    Column("quantity", BigInteger, nullable=False),
    Column("checksum", LargeBinary(32), nullable=False),
    sqlite_with_rowid=False,
)

# Which entries brought what was ordered. A reversed one does not count: then the goods are waited for again.
purchase_receipt = Table(
    "purchase_receipt",
    metadata,
    Column("sequence", RowNumber, ForeignKey("movement.sequence"), primary_key=True, autoincrement=False),
    Column("order_id", BigInteger, ForeignKey("purchase_order.id"), nullable=False, index=True),
    # That of the order's line: what an entry brings in place of a product that it was merged into.
    Column("product_id", BigInteger, nullable=False),
)
