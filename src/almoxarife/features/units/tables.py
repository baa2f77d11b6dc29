"""Table of units of measure."""

from __future__ import annotations

from sqlalchemy import Column, LargeBinary, SmallInteger, Table, Text

from almoxarife.storage.metadata import metadata

# `decimals`: how many decimals a quantity in this unit may have. `checksum`: ledger.rules, of the row.
unit = Table(
    "unit",
    metadata,
    Column("code", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("decimals", SmallInteger, nullable=False),
    Column("checksum", LargeBinary(32), nullable=False),
)
