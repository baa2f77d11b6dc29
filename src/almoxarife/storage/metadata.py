"""The one collection that all tables of the system belong to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, ColumnElement, Index, Integer, MetaData

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


def index_of_some(name: str, *columns: Column[Any], where: ColumnElement[bool], unique: bool = False) -> None:
    """Add an index of those rows of a table of which a condition is true.

    Migrations make it, so on both databases. Here the condition is told for SQLite alone: told for PostgreSQL, it would
    have SQLAlchemy import all that it knows of that, in every process.
    """
    Index(name, *columns, unique=unique, sqlite_where=where)
