"""The table of who did what. Instants: microseconds since the epoch, UTC."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, LargeBinary, Table, Text

from almoxarife.storage.metadata import RowNumber, metadata

# Only ever appended to; `details` is a JSON object, `checksum` chains each row to the one before (rules.chained).
audit = Table(
    "audit",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("account_id", BigInteger, ForeignKey("account.id"), nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("checksum", LargeBinary(32), nullable=False),
    Index(None, "account_id", "id"),
    Index(None, "action", "id"),
)
