"""The schema: made from nothing, brought up to date, never by two at once."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select

import almoxarife.features.verification.service  # noqa: F401 - knows every table there is
from almoxarife.ledger.rules import DEFAULT_LOCATION, GENESIS_HASH, SUPPLIER_LOCATION, Head, LocationKind
from almoxarife.ledger.store import read_head
from almoxarife.ledger.tables import location
from almoxarife.storage.database import Database
from almoxarife.storage.metadata import metadata


def test_migrated_schema_is_the_one_the_program_knows(database: Database) -> None:
    with database.snapshot() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_a_ledger_is_born_with_two_locations_and_no_movement(database: Database) -> None:
    with database.snapshot() as connection:
        rows = connection.execute(select(location).order_by(location.c.id)).all()
        assert read_head(connection) == Head(0, GENESIS_HASH)
    assert [tuple(row) for row in rows] == [
        (SUPPLIER_LOCATION, LocationKind.SUPPLIER, "Fornecedor"),
        (DEFAULT_LOCATION, LocationKind.INTERNAL, "Estoque"),
    ]
