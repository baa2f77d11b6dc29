"""Tables of the ledger. Instants: microseconds since the epoch, UTC. Quantities: 1/10,000 of a unit."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, LargeBinary, SmallInteger, Table, Text

from almoxarife.storage.metadata import RowNumber, metadata

# `checksum`: ledger.rules, of the row.
location = Table(
    "location",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=False),
    Column("kind", SmallInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("parent_id", BigInteger, ForeignKey("location.id")),
    Column("active", Boolean, nullable=False),
    Column("checksum", LargeBinary(32), nullable=False),
)

# The primary key is the sequence, so that reading on from a cursor is one walk through the table.
movement = Table(
    "movement",
    metadata,
    Column("sequence", RowNumber, primary_key=True, autoincrement=False),
    Column("id", LargeBinary(16), nullable=False, unique=True),
    Column("kind", SmallInteger, nullable=False),
    Column("product_id", BigInteger, ForeignKey("product.id"), nullable=False),
    Column("from_location", BigInteger, ForeignKey("location.id"), nullable=False),
    Column("to_location", BigInteger, ForeignKey("location.id"), nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("effective_at", BigInteger, nullable=False),
    Column("recorded_at", BigInteger, nullable=False),
    Column("account_id", BigInteger, ForeignKey("account.id"), nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
    Index(None, "account_id", "sequence"),
    Index(None, "product_id", "sequence"),
    Index(None, "recorded_at"),
)

# What else there is to say of a movement, for those of which there is something; hashed with it
# (docs/decisions/0023). The columns after the first are those of `rules.Detail`, in its order.
movement_detail = Table(
    "movement_detail",
    metadata,
    Column("sequence", RowNumber, ForeignKey("movement.sequence"), primary_key=True, autoincrement=False),
    Column("lot_id", BigInteger, ForeignKey("lot.id"), index=True),
    Column("reverses", BigInteger, ForeignKey("movement.sequence"), unique=True),
    Column("reason_id", BigInteger, ForeignKey("reason.id")),
    Column("note", Text),
    Column("partner_id", BigInteger),
    Column("unit", Text),
    Column("typed_quantity", BigInteger),
    Column("unit_cost", BigInteger),
    Column("freight", BigInteger),
    Column("tax", BigInteger),
    Column("discount", BigInteger),
    Column("document", Text),
    Column("returns", BigInteger, ForeignKey("movement.sequence"), index=True),
)

# A cache of the sums over the movements, kept in the same transaction and compared by `verificar`.
# The product leads the key: every entry looks up the balances of its product.
balance = Table(
    "balance",
    metadata,
    Column("product_id", BigInteger, ForeignKey("product.id"), primary_key=True, autoincrement=False),
    Column("location_id", BigInteger, ForeignKey("location.id"), primary_key=True, autoincrement=False),
    Column("quantity", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# The same of those movements that name a lot.
lot_balance = Table(
    "lot_balance",
    metadata,
    Column("lot_id", BigInteger, ForeignKey("lot.id"), primary_key=True, autoincrement=False),
    Column("location_id", BigInteger, ForeignKey("location.id"), primary_key=True, autoincrement=False),
    Column("quantity", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)

# One row: where the ledger ends. Whoever appends holds this row's lock.
ledger_head = Table(
    "ledger_head",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("sequence", BigInteger, nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
)

# One row: nothing may be said to have happened before this instant any more.
period_lock = Table(
    "period_lock",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("closed_until", BigInteger, nullable=False),
)
