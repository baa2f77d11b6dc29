"""Tables of codes."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

from almoxarife.storage.metadata import RowNumber, index_of_some, metadata

# A code is written once and changed no more, but for the instant at which it is taken away: what an old movement was
# registered with can be told for ever. `code_id`: the UUID by which the wire knows it. `owner`: 0 everybody's, -1 the
# scale's, else the number of a partner. `key`: the form in which two codes are the same (rules.key_of); of those not
# taken away, one per owner. `checksum`: ledger.rules, of the row.
code = Table(
    "code",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=False),
    Column("code_id", LargeBinary(16), nullable=False),
    Column("kind", Text, nullable=False),
    Column("owner", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("account_id", BigInteger, ForeignKey("account.id"), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("retired_at", BigInteger),
    Column("checksum", LargeBinary(32), nullable=False),
    UniqueConstraint("code_id"),
    Index(None, "key"),
)
index_of_some(
    "ux_code_owner_key",
    code.c.owner,
    code.c.key,
    unique=True,
    where=code.c.retired_at.is_(None),
)

# What one scan stands for: `quantity` (1/10,000) of a unit of a product. More than one line: a kit.
code_line = Table(
    "code_line",
    metadata,
    Column("code", BigInteger, ForeignKey("code.id"), primary_key=True, autoincrement=False),
    Column("place", SmallInteger, primary_key=True, autoincrement=False),
    Column("product_id", BigInteger, ForeignKey("product.id"), nullable=False, index=True),
    Column("unit", Text, ForeignKey("unit.code"), nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("checksum", LargeBinary(32), nullable=False),
    CheckConstraint("quantity > 0", name="ck_code_line_quantity"),
)
