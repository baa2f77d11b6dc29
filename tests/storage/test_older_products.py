"""Products of an earlier version: they get the usual values, and their checksums go on proving them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from almoxarife.features.products.service import Products
from almoxarife.features.verification.service import verify_everything
from almoxarife.ledger.rules import checksum
from almoxarife.ledger.verify import Fault, Finding
from almoxarife.names import fold, search_form
from almoxarife.storage import schema
from almoxarife.storage.database import Database
from tests.databases import PostgresqlServer, migrate_to

HOW_MANY = 7_001
_COLUMNS = "id, name, name_key, search_text, created_at, checksum"
_VALUES = ("id", "name", "key", "search", "at", "checksum")


@pytest.fixture(params=["sqlite", "postgresql"])
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database as the second migration left it, with products; p2 was changed behind its back."""
    if request.param == "sqlite":
        url = f"sqlite:///{(tmp_path / 'almoxarife.db').as_posix()}"
    else:
        server: PostgresqlServer = request.getfixturevalue("postgresql_server")
        url = server.url(server.create_database("template1"))
    with closing(Database(url)) as database:
        with database.schema_change() as connection:
            migrate_to(connection, "0002")
            rows = [
                (number, name, fold(name), search_form(name), 1_000 + number)
                for number in range(1, HOW_MANY + 1)
                for name in [f"Peça nº {number}"]
            ]
            connection.execute(
                text(f"INSERT INTO product ({_COLUMNS}) VALUES (:id, :name, :key, :search, :at, :checksum)"),
                [
                    {
                        "id": row[0],
                        "name": row[1],
                        "key": row[2],
                        "search": row[3],
                        "at": row[4],
                        "checksum": checksum(*row),
                    }
                    for row in rows
                ],
            )
            if request.param == "sqlite":
                connection.execute(text("INSERT INTO product_search (product_search) VALUES ('rebuild')"))
            connection.execute(text("UPDATE product SET name = 'Outra' WHERE id = 2"))
        yield database


def test_older_products_are_whole_after_the_migration(older: Database) -> None:
    with older.snapshot() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "0002"
    schema.migrate(older)
    # What was wrong before is not put right by being written anew.
    assert verify_everything(older).findings == (Finding(Fault.CHANGED_NAME, detail="p2"),)
    products = Products(older)
    row, fields, merged = products.get(f"p{HOW_MANY}")
    assert (row.name, row.unit, row.decimals, row.tracking) == (f"Peça nº {HOW_MANY}", "UN", 0, "nenhum")
    assert (row.category_id, row.notes, fields, row.active, row.merged_into, row.version, merged) == (
        None,
        "",
        {},
        1,
        None,
        1,
        [],
    )
    assert products.create("Nova").number == HOW_MANY + 1
    assert products.search(f"{HOW_MANY}", 9)[0].number == HOW_MANY
