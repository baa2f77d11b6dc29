"""Table of partners: suppliers and customers."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, LargeBinary, SmallInteger, Table, Text

from almoxarife.storage.metadata import RowNumber, metadata

# `document`: CPF (11 digits) or CNPJ (14 letters and digits) without signs, null where there is none.
# `search_text`: names.search_form of the name. `active`: 0 or 1. `checksum`: ledger.rules, of the row.
partner = Table(
    "partner",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("search_text", Text, nullable=False),
    Column("document", Text, unique=True),
    Column("email", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("active", SmallInteger, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("checksum", LargeBinary(32), nullable=False),
)
