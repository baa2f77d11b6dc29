"""Tables of costs: a cache of what the ledger says, made anew from it whenever it is missing."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, SmallInteger, Table, Text

from almoxarife.storage.metadata import metadata

# One row for each movement: what it was, and what `rules.lines.Valued` says. What it was stands here too because a
# product's rows lie together, so sums by product need one walk and no look-up in the ledger for each row. Values are
# whole numbers of 1/10,000 of the currency, written as text: the highest unit cost times the highest quantity does not
# fit 64 bits, and a slip of the keyboard must not close the stock card. No foreign keys: nobody else writes here, and
# half a million rows are written at once.
valuation = Table(
    "valuation",
    metadata,
    Column("product_id", BigInteger, primary_key=True, autoincrement=False),
    Column("effective_at", BigInteger, primary_key=True, autoincrement=False),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", SmallInteger, nullable=False),
    Column("from_location", BigInteger, nullable=False),
    Column("to_location", BigInteger, nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("quantity_after", BigInteger, nullable=False),
    Column("value_after", Text, nullable=False),
    Column("cost", Text, nullable=False),
    Column("correction", Text, nullable=False),
    Column("basis", SmallInteger, nullable=False),
    sqlite_with_rowid=False,
)

# One row for each product: up to which sequence its movements are valued, when the last of them in the order of the
# card happened, and where its book ends (`rules.book.State`, as JSON). The row of product 0 stands for all of them,
# and says by which method.
valuation_state = Table(
    "valuation_state",
    metadata,
    Column("product_id", BigInteger, primary_key=True, autoincrement=False),
    Column("valued_to", BigInteger, nullable=False),
    Column("effective_at", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
)
