"""Tables of accounts. Instants: microseconds since the epoch, UTC."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, LargeBinary, Table, Text

from almoxarife.storage.metadata import RowNumber, metadata

# `username_key` is the folded name (names.fold). `checksum`: ledger.rules, of what never changes in the row.
account = Table(
    "account",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=False),
    Column("username", Text, nullable=False),
    Column("username_key", Text, nullable=False, unique=True),
    Column("password_hash", Text, nullable=False),
    Column("weak_password", Boolean, nullable=False),
    Column("role", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("checksum", LargeBinary(32), nullable=False),
)

# Only the SHA-256 of a token is kept: who reads the database cannot use what he finds.
access_token = Table(
    "access_token",
    metadata,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("account_id", BigInteger, ForeignKey("account.id"), nullable=False, index=True),
    Column("created_at", BigInteger, nullable=False),
    Column("used_at", BigInteger, nullable=False),
)
