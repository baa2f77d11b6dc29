"""Tables of reservations."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text

from almoxarife.storage.metadata import RowNumber, metadata

# `ended_at`: when it was cancelled or used, null while it stands.
reservation = Table(
    "reservation",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=False),
    Column("product_id", BigInteger, ForeignKey("product.id"), nullable=False),
    Column("location_id", BigInteger, ForeignKey("location.id"), nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("account_id", BigInteger, ForeignKey("account.id"), nullable=False),
    Column("note", Text),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
    Index(None, "product_id", "expires_at"),
)
