"""Tables of accounts. Instants: microseconds since the epoch, UTC."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    Table,
    Text,
)

from almoxarife.storage.metadata import metadata

# SQLite numbers rows by itself only in a column of its own type INTEGER.
_AUTO_ID = BigInteger().with_variant(Integer, "sqlite")

account = Table(
    "account",
    metadata,
    Column("id", _AUTO_ID, primary_key=True),
    Column("username", Text, nullable=False),
    Column("username_key", Text, nullable=False, unique=True),
    Column("password_hash", Text, nullable=False),
    Column("weak_password", Boolean, nullable=False),
    Column("role", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
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
