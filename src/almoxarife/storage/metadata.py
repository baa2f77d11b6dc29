"""The one collection that all tables of the system belong to."""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, MetaData

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Type of a primary key of one number. SQLite makes such a key the row's own place in the table, without a second
# index beside it, only where the type is spelled INTEGER.
RowNumber = BigInteger().with_variant(Integer, "sqlite")
