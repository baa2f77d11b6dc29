"""Everything moves to another database, whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import inspect, text

from almoxarife.clock import now_us
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.categories.service import Categories
from almoxarife.features.moving import rules, store
from almoxarife.features.moving.rules import Unwatched
from almoxarife.features.moving.service import move
from almoxarife.features.products.service import Products
from almoxarife.features.verification.service import contains_receipt, verify_everything
from almoxarife.ledger.rules import DEFAULT_LOCATION, QUANTITY_SCALE, SUPPLIER_LOCATION, Draft, Kind
from almoxarife.ledger.store import append
from almoxarife.storage import schema
from almoxarife.storage.database import Database
from tests.databases import PostgresqlServer, behind_its_back
from tests.features.people import registered
from tests.server.filling import fill

ENTRIES = 250
ROWS_A_PAGE = 40


@pytest.fixture(autouse=True)
def _small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_ROWS_A_PAGE", ROWS_A_PAGE)


@pytest.fixture
def source(database_url: str) -> Iterator[Database]:
    """A shop with ledger, categories within one another, a unit that is gone, and tokens."""
    fill(database_url, products=90, entries=ENTRIES)
    with closing(Database(database_url)) as database:
        accounts = Accounts(database, registration="aberto", on_network=False)
        registered(accounts, "Zoë")
        categories = Categories(database)
        for name, above in (("Ferragens", None), ("Parafusos", None), ("Sextavados", "c2")):
            categories.create(name, above)
        # A row that names one which comes after it.
        categories.change("c1", frozenset({1}), {"parent_id": "c3"})
        with database.unit_of_work() as connection:
            connection.execute(text("DELETE FROM unit WHERE code = 'ML'"))
        yield database


@pytest.fixture(params=["sqlite", "postgresql"])
def target_url(
    request: pytest.FixtureRequest, tmp_path: Path, postgresql_server: PostgresqlServer
) -> Iterator[str]:
    """A database without a table."""
    if request.param == "sqlite":
        yield f"sqlite:///{(tmp_path / 'nova' / 'almoxarife.db').as_posix()}"
        return
    name = postgresql_server.create_database("template1")
    yield postgresql_server.url(name)
    postgresql_server.drop_database(name)


def url_of(database: Database) -> str:
    return database.engine.url.render_as_string(hide_password=False)


class Interrupted(Exception):
    """Somebody pressed Ctrl-C."""


class Impatient(Unwatched):
    """Interrupts the work after so many steps."""

    def __init__(self, steps: int) -> None:
        self._left = steps

    def step(self, rows: int) -> None:
        self._left -= 1
        if self._left < 0:
            raise Interrupted


def everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    with database.snapshot() as connection:
        return {
            table.name: [tuple(row.values()) for page in store.pages(connection, table) for row in page]
            for table in store.tables()
        }


def test_every_table_is_moved_unless_it_is_a_cache(source: Database) -> None:
    with source.snapshot() as connection:
        there = {
            name for name in inspect(connection).get_table_names() if not name.startswith("product_search")
        }
    assert there - {table.name for table in store.tables()} == {
        "alembic_version",
        "valuation",
        "valuation_state",
    }


def test_everything_is_the_same_at_the_other_end(source: Database, target_url: str) -> None:
    before = everything(source)
    report = move(url_of(source), target_url, Unwatched())
    assert report.rows == ENTRIES
    with closing(Database(target_url)) as target:
        schema.check(target)
        assert everything(target) == before == everything(source)
        assert verify_everything(target) == verify_everything(source)
        assert contains_receipt(target, ENTRIES, report.last_hash)
        # The new one works: what is searched for is found, and what is written gets the next number.
        products = Products(target)
        assert [one.name for one in products.search("roduto 77", limit=5)] == ["Produto 77"]
        assert products.create("Arruela").number == 91


def test_a_move_goes_on_wherever_it_was_interrupted(source: Database, target_url: str) -> None:
    """Each attempt comes four steps further than the one before, and the source has changed meanwhile."""
    attempts = 0
    for attempts in range(1, 200):
        try:
            move(url_of(source), target_url, Impatient(4 * attempts))
        except Interrupted:
            with closing(Database(target_url)) as target, pytest.raises(schema.MoveUnfinished):
                schema.prepare(target)
            if attempts == 6:
                Products(source).create("Veio depois")
                with source.unit_of_work() as connection:
                    connection.execute(text("DELETE FROM access_token"))
                    connection.execute(text("DELETE FROM unit WHERE code = 'G'"))
        else:
            break
    assert attempts > 7
    with closing(Database(target_url)) as target:
        assert everything(target) == everything(source)
        assert verify_everything(target).findings == ()


def test_nothing_is_moved_to_a_database_in_use(source: Database, target_url: str) -> None:
    with closing(Database(target_url)) as target:
        schema.migrate(target)
        registered(Accounts(target, registration="aberto", on_network=False), "Maria")
        before = everything(target)
        with pytest.raises(rules.TargetNotEmpty) as refusal:
            move(url_of(source), target_url, Unwatched())
        assert refusal.value.parameters == {"table": "account"}
        assert everything(target) == before
        schema.check(target)


def test_a_database_that_was_only_made_may_be_moved_to(source: Database, target_url: str) -> None:
    with closing(Database(target_url)) as target:
        schema.migrate(target)
    assert move(url_of(source), target_url, Unwatched()).rows == ENTRIES


def test_the_same_database_twice_is_refused(source: Database) -> None:
    with pytest.raises(rules.SameDatabase):
        move(url_of(source), url_of(source), Unwatched())


def test_a_broken_chain_is_not_moved(source: Database, tmp_path: Path) -> None:
    behind_its_back(source, "UPDATE movement SET quantity = quantity + 1 WHERE sequence = 7")
    target = tmp_path / "nova.db"
    with pytest.raises(rules.SourceNotRight):
        move(url_of(source), f"sqlite:///{target.as_posix()}", Unwatched())
    assert not target.exists()


class Meddler(Unwatched):
    """Does something when a stage begins for the first time."""

    def __init__(self, stage: str, act: Callable[[int], None]) -> None:
        self._stage, self._act = stage, act
        self._begun = 0

    def begin(self, stage: str, rows: int) -> None:
        if stage == self._stage:
            self._begun += 1
            self._act(self._begun)


def test_what_was_changed_on_the_way_is_noticed(source: Database, tmp_path: Path) -> None:
    """The proof of the comparison: a value of the new database is changed before both sides are compared."""
    path = tmp_path / "nova.db"

    def change(_time: int) -> None:
        with closing(sqlite3.connect(path)) as stranger, stranger:
            stranger.execute("UPDATE account SET username = 'outro' WHERE id = 1")

    with pytest.raises(rules.SidesDiffer) as refusal:
        move(url_of(source), f"sqlite:///{path.as_posix()}", Meddler("compare", change))
    assert refusal.value.parameters == {"table": "account"}
    with closing(Database(f"sqlite:///{path.as_posix()}")) as target, pytest.raises(schema.MoveUnfinished):
        schema.check(target)


def test_who_goes_on_writing_is_followed(source: Database, target_url: str) -> None:
    def enter(_time: int) -> None:
        if _time == 1:
            enter_one(source)

    assert move(url_of(source), target_url, Meddler("compare", enter)).rows == ENTRIES + 1


def test_who_never_ends_writing_is_told_to(source: Database, tmp_path: Path) -> None:
    target_url = f"sqlite:///{(tmp_path / 'nova.db').as_posix()}"
    with pytest.raises(rules.SourceGrows):
        move(url_of(source), target_url, Meddler("compare", lambda _time: enter_one(source)))
    assert move(url_of(source), target_url, Unwatched()).rows > ENTRIES


def enter_one(database: Database) -> None:
    draft = Draft(
        uuid4().bytes, Kind.ENTRY, 1, SUPPLIER_LOCATION, DEFAULT_LOCATION, QUANTITY_SCALE, account_id=1
    )
    with database.unit_of_work() as connection:
        append(connection, [draft], now_us())
