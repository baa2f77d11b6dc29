"""The table of levels."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, LargeBinary, Table

from almoxarife.storage.metadata import RowNumber, index_of_some, metadata

# `location_id`: null for the whole shop. Quantities: 1/10,000 of the stock unit. `checksum`: ledger.rules, of the row.
stock_level = Table(
    "stock_level",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=False),
    Column("product_id", BigInteger, ForeignKey("product.id"), nullable=False),
    Column("location_id", BigInteger, ForeignKey("location.id")),
    Column("minimum", BigInteger, nullable=False),
    Column("target", BigInteger),
    Column("maximum", BigInteger),
    Column("checksum", LargeBinary(32), nullable=False),
    # Both databases take every null for another one, so that of the whole shop has an index of its own.
    Index(None, "product_id", "location_id", unique=True),
)
index_of_some(
    "uq_stock_level_whole_shop",
    stock_level.c.product_id,
    unique=True,
    where=stock_level.c.location_id.is_(None),
)
