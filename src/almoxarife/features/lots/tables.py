"""Tables of lots."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, LargeBinary, Table, Text, UniqueConstraint

from almoxarife.storage.metadata import RowNumber, metadata

# Days are texts such as 2026-11-24, whose order is theirs. `checksum`: ledger.rules, of the row.
lot = Table(
    "lot",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=False),
    Column("product_id", BigInteger, ForeignKey("product.id"), nullable=False),
    Column("number", Text, nullable=False),
    Column("made_on", Text),
    Column("expires_on", Text, index=True),
    Column("created_at", BigInteger, nullable=False),
    Column("checksum", LargeBinary(32), nullable=False),
    UniqueConstraint("product_id", "number"),
)
