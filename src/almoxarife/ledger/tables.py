"""Tables of the ledger. Instants: microseconds since the epoch, UTC. Quantities: 1/10,000 of a unit."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, LargeBinary, SmallInteger, Table, Text

from almoxarife.storage.metadata import RowNumber, metadata

location = Table(
    "location",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=False),
    Column("kind", SmallInteger, nullable=False),
    Column("name", Text, nullable=False),
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
    Index(None, "recorded_at"),
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

# One row: where the ledger ends. Whoever appends holds this row's lock.
ledger_head = Table(
    "ledger_head",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("sequence", BigInteger, nullable=False),
    Column("hash", LargeBinary(32), nullable=False),
)
