"""Tables of counts. Lines, reviews and adjustments are only ever appended to (triggers see to it)."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
)

from almoxarife.storage.metadata import RowNumber, metadata

# `place`: null for the whole shop. `listed`: whether `count_product` says what is counted. `closed_at_sequence`:
# where the ledger ended when counting was closed. `decision`: how it was confirmed, `result`: how right the ledger
# was, both JSON.
stock_count = Table(
    "stock_count",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=False),
    Column("client_id", LargeBinary(16), nullable=False, unique=True),
    Column("state", SmallInteger, nullable=False),
    Column("location_id", BigInteger, ForeignKey("location.id")),
    Column("category_id", BigInteger, ForeignKey("category.id")),
    Column("abc", Text),
    Column("listed", Boolean, nullable=False),
    Column("blind", Boolean, nullable=False),
    Column("note", Text),
    Column("account_id", BigInteger, ForeignKey("account.id"), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("closed_at", BigInteger),
    Column("closed_at_sequence", BigInteger),
    Column("ended_by", BigInteger, ForeignKey("account.id")),
    Column("ended_at", BigInteger),
    Column("decision_id", LargeBinary(16), unique=True),
    Column("decision", Text),
    Column("result", Text),
    CheckConstraint("state BETWEEN 1 AND 4", name="ck_stock_count_state"),
    Index(None, "state", "id"),
)

count_product = Table(
    "count_product",
    metadata,
    Column("count_id", BigInteger, ForeignKey("stock_count.id"), primary_key=True, autoincrement=False),
    Column("product_id", BigInteger, ForeignKey("product.id"), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

# `text`: what was scanned and is no product. `sequence`, `expected`: where the ledger ended, and the balance that it
# told, when the line was counted. `checksum`: rules.line_checksum.
count_line = Table(
    "count_line",
    metadata,
    Column("count_id", BigInteger, ForeignKey("stock_count.id"), primary_key=True, autoincrement=False),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("id", LargeBinary(16), nullable=False, unique=True),
    Column("product_id", BigInteger, ForeignKey("product.id")),
    Column("text", Text),
    Column("location_id", BigInteger, ForeignKey("location.id"), nullable=False),
    Column("lot", Text),
    Column("quantity", BigInteger, nullable=False),
    Column("account_id", BigInteger, ForeignKey("account.id"), nullable=False),
    Column("counted_at", BigInteger, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("expected", BigInteger, nullable=False),
    Column("round", BigInteger, nullable=False),
    Column("replaces", BigInteger),
    Column("checksum", LargeBinary(32), nullable=False),
    ForeignKeyConstraint(["count_id", "replaces"], ["count_line.count_id", "count_line.number"]),
    CheckConstraint("quantity >= 0", name="ck_count_line_quantity"),
    CheckConstraint("(product_id IS NULL) <> (text IS NULL)", name="ck_count_line_product_or_text"),
    # One line corrects another, and no second one does.
    Index(None, "count_id", "replaces", unique=True),
    Index(None, "count_id", "product_id"),
)

count_review = Table(
    "count_review",
    metadata,
    Column("count_id", BigInteger, ForeignKey("stock_count.id"), primary_key=True, autoincrement=False),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("product_id", BigInteger, ForeignKey("product.id"), nullable=False),
    Column("location_id", BigInteger, ForeignKey("location.id"), nullable=False),
    Column("lot", Text),
    Column("decision", SmallInteger, nullable=False),
    Column("round", BigInteger, nullable=False),
    Column("account_id", BigInteger, ForeignKey("account.id"), nullable=False),
    Column("at", BigInteger, nullable=False),
)

# Which movements a count led to.
count_adjustment = Table(
    "count_adjustment",
    metadata,
    Column("count_id", BigInteger, ForeignKey("stock_count.id"), primary_key=True, autoincrement=False),
    Column(
        "sequence",
        BigInteger,
        ForeignKey("movement.sequence"),
        primary_key=True,
        autoincrement=False,
        unique=True,
    ),
    sqlite_with_rowid=False,
)

# When a product at a place was last counted, by a count that was confirmed.
last_count = Table(
    "last_count",
    metadata,
    Column("product_id", BigInteger, ForeignKey("product.id"), primary_key=True, autoincrement=False),
    Column("location_id", BigInteger, ForeignKey("location.id"), primary_key=True, autoincrement=False),
    Column("counted_at", BigInteger, nullable=False),
    Column("count_id", BigInteger, ForeignKey("stock_count.id"), nullable=False),
    sqlite_with_rowid=False,
)

# After how many days a product of a class is counted again; only what the shop has set.
count_interval = Table(
    "count_interval",
    metadata,
    Column("abc", Text, primary_key=True),
    Column("days", BigInteger, nullable=False),
)
