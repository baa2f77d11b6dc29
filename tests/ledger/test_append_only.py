"""A movement is never changed or deleted: the database itself refuses it."""

from __future__ import annotations

import sqlite3

import psycopg
import pytest
from sqlalchemy import delete, insert, text, update
from sqlalchemy.exc import IntegrityError

from almoxarife.ledger.tables import movement
from almoxarife.ledger.verify import verify
from tests.databases import only_postgresql, only_sqlite

from .shop import Shop


@pytest.fixture
def written(shop: Shop) -> Shop:
    shop.write(shop.entry(units=50))
    return shop


def test_update_and_delete_are_refused(written: Shop) -> None:
    for statement in (
        update(movement).values(quantity=1),
        update(movement).where(movement.c.sequence == 1).values(account_id=movement.c.account_id),
        delete(movement),
    ):
        with (
            pytest.raises(IntegrityError, match="append-only"),
            written.database.unit_of_work() as connection,
        ):
            connection.execute(statement)
    _still_whole(written)


@only_sqlite
def test_insert_or_replace_is_refused(written: Shop) -> None:
    with written.database.snapshot() as connection:
        row = dict(connection.execute(movement.select()).one()._mapping)
    row["quantity"] = 1
    with pytest.raises(IntegrityError, match="append-only"), written.database.unit_of_work() as connection:
        connection.execute(insert(movement).prefix_with("OR REPLACE"), row)
    # By the id alone, too, under another sequence.
    with pytest.raises(IntegrityError, match="append-only"), written.database.unit_of_work() as connection:
        connection.execute(insert(movement).prefix_with("OR REPLACE"), {**row, "sequence": 2})
    _still_whole(written)


@only_sqlite
def test_a_stranger_with_a_tool_of_his_own_is_refused_too(written: Shop) -> None:
    path = written.database.sqlite_path()
    assert path is not None
    stranger = sqlite3.connect(path)
    for statement in ("UPDATE movement SET quantity = 1", "DELETE FROM movement"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            stranger.execute(statement)
    stranger.close()
    _still_whole(written)


@only_postgresql
@pytest.mark.parametrize(
    "statement",
    ["TRUNCATE movement_detail", "TRUNCATE movement CASCADE", "TRUNCATE account CASCADE"],
)
def test_truncate_is_refused(written: Shop, statement: str) -> None:
    with pytest.raises(IntegrityError, match="append-only"), written.database.unit_of_work() as connection:
        connection.execute(text(statement))
    _still_whole(written)


@only_postgresql
def test_a_merge_that_updates_is_refused(written: Shop) -> None:
    address = written.database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address) as stranger, pytest.raises(psycopg.IntegrityError, match="append-only"):
        stranger.execute(
            "MERGE INTO movement USING product ON product.id = movement.product_id "
            "WHEN MATCHED THEN UPDATE SET quantity = 1"
        )
    _still_whole(written)


def _still_whole(shop: Shop) -> None:
    with shop.database.snapshot() as connection:
        report = verify(connection)
    assert (report.rows, report.findings) == (1, ())
