"""INSERT … ON CONFLICT, which SQLAlchemy has apart for each database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table


def insert_or_update(connection: Connection, table: Table) -> Any:
    """Return an insertion into a table that has ``on_conflict_do_update``, for a connection's kind of database.

    Only that database's part of SQLAlchemy is imported: the other one would take some megabytes of memory.
    """
    if connection.dialect.name == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)
