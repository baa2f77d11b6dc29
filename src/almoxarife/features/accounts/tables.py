"""Tables of accounts. Instants: microseconds since the epoch, UTC."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, LargeBinary, Table, Text, text

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

# Only the SHA-256 of a token is kept: who reads the database cannot use what he finds. `address` and `program`: from
# where and with what it was made, as a person recognises it.
access_token = Table(
    "access_token",
    metadata,
    Column("digest", LargeBinary(32), primary_key=True),
    Column("account_id", BigInteger, ForeignKey("account.id"), nullable=False, index=True),
    Column("created_at", BigInteger, nullable=False),
    Column("used_at", BigInteger, nullable=False),
    Column("address", Text, nullable=False, server_default=text("''")),
    Column("program", Text, nullable=False, server_default=text("''")),
)

# From where accounts log in; guesses from elsewhere do not keep them out there.
account_address = Table(
    "account_address",
    metadata,
    Column("account_id", BigInteger, ForeignKey("account.id"), primary_key=True, autoincrement=False),
    Column("address", Text, primary_key=True),
    Column("used_at", BigInteger, nullable=False),
)
