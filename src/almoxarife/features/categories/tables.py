"""Table of categories, a tree."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, LargeBinary, Table, Text

from almoxarife.storage.metadata import RowNumber, metadata

# `parent_id`: null at the top. `name_key`: names.fold, unique among those of one parent. `checksum`: ledger.rules.
category = Table(
    "category",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False),
    Column("parent_id", BigInteger, ForeignKey("category.id")),
    Column("version", BigInteger, nullable=False),
    Column("checksum", LargeBinary(32), nullable=False),
)
