"""Tables of products."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, LargeBinary, Table, Text

from almoxarife.storage.metadata import RowNumber, metadata

# `name_key` is the folded name (names.fold), `search_text` the same without accents (names.search_form):
# both databases then compare alike, whatever their own collation is. `checksum`: ledger.rules, of the row.
product = Table(
    "product",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False, unique=True),
    Column("search_text", Text().with_variant(Text(collation="C"), "postgresql"), nullable=False, index=True),
    Column("created_at", BigInteger, nullable=False),
    Column("checksum", LargeBinary(32), nullable=False),
)
