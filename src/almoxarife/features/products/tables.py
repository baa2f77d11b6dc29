"""Tables of products."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, LargeBinary, SmallInteger, Table, Text

from almoxarife.storage.metadata import RowNumber, metadata

# `name_key` is the folded name (names.fold), `search_text` the same without accents (names.search_form):
# both databases then compare alike, whatever their own collation is. `checksum`: ledger.rules, of all else in the
# row. `fields`: a JSON object of texts. `active`: 0 or 1, a number so that both databases give back the same.
# `decimals` are those of the unit, or what was asked for. `merged_into`: the product that took this one's place.
product = Table(
    "product",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False, unique=True),
    Column("search_text", Text().with_variant(Text(collation="C"), "postgresql"), nullable=False, index=True),
    Column("created_at", BigInteger, nullable=False),
    Column("checksum", LargeBinary(32), nullable=False),
    Column("unit", Text, ForeignKey("unit.code"), nullable=False),
    Column("decimals", SmallInteger, nullable=False),
    Column("tracking", Text, nullable=False),
    Column("category_id", BigInteger, ForeignKey("category.id"), index=True),
    Column("notes", Text, nullable=False),
    Column("fields", Text, nullable=False),
    Column("active", SmallInteger, nullable=False),
    Column("merged_into", BigInteger, ForeignKey("product.id"), index=True),
    Column("version", BigInteger, nullable=False),
)

# How many of the product's stock unit are in one of another unit, in 1/10,000.
product_unit = Table(
    "product_unit",
    metadata,
    Column("product_id", BigInteger, ForeignKey("product.id"), primary_key=True, autoincrement=False),
    Column("unit", Text, ForeignKey("unit.code"), primary_key=True),
    Column("factor", BigInteger, nullable=False),
    Column("checksum", LargeBinary(32), nullable=False),
)

# Who changed what of a product, and when; only ever appended to. `before` and `after`: JSON objects of what changed,
# as the wire names it. The largest id is the state of all products, by which caches know that they are out of date.
product_change = Table(
    "product_change",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=False),
    Column("product_id", BigInteger, ForeignKey("product.id"), nullable=False),
    Column("account_id", BigInteger, ForeignKey("account.id"), nullable=False),
    Column("username", Text, nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Column("action", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Index(None, "product_id", "id"),
)
