"""Tables of reasons."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, LargeBinary, Table, Text

from almoxarife.storage.metadata import RowNumber, metadata

# `name_key` is the folded name (names.fold). `checksum`: ledger.rules, of the row.
reason = Table(
    "reason",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False, unique=True),
    Column("active", Boolean, nullable=False),
    Column("checksum", LargeBinary(32), nullable=False),
)
