"""How the balances of a past instant are summed up."""

from __future__ import annotations

from almoxarife.features.balances import store
from almoxarife.storage.database import Database
from tests.databases import only_sqlite


@only_sqlite
def test_all_products_of_a_past_instant_are_summed_in_one_walk(database: Database) -> None:
    """By an index of products SQLite would look up each row by itself."""
    statement = store.AT_ALL.compile(dialect=database.engine.dialect)
    with database.snapshot() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", (0,)).all()

    assert [row.detail for row in plan if row.detail.startswith(("SCAN", "SEARCH"))] == ["SCAN movement"]
