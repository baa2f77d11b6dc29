"""The schema: made from nothing, brought up to date after a copy, never by two at once."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, select, text

import almoxarife.server.services  # noqa: F401 - knows every table there is
from almoxarife.features.products.service import Products
from almoxarife.ledger.rules import FIRST_LOCATIONS, GENESIS_HASH, Head
from almoxarife.ledger.store import read_head
from almoxarife.ledger.tables import location
from almoxarife.storage import schema
from almoxarife.storage.database import Database
from almoxarife.storage.metadata import metadata
from tests.databases import PostgresqlServer, only_postgresql, only_sqlite

# Another one than any migration will ever have, so that this needs no change with the next one.
NEWER = "9001"
NEXT = f"""
import sqlalchemy as sa
from alembic import op

revision = "{NEWER}"
down_revision = "{schema.HEAD}"


def upgrade() -> None:
    with op.batch_alter_table("product") as table:
        table.add_column(sa.Column("probe", sa.Text, nullable=False, server_default="un"))
        table.alter_column("created_at", new_column_name="made_at")
"""
OURS = schema.HEAD
FAILING = NEXT + "\n    raise ZeroDivisionError\n"


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Database]:
    """An SQLite database that is not there yet, in a folder that is not there yet."""
    database = Database(f"sqlite:///{(tmp_path / 'dados' / 'almoxarife.db').as_posix()}")
    yield database
    database.close()


@pytest.fixture
def empty_postgresql(postgresql_server: PostgresqlServer) -> Iterator[str]:
    """The URL of a PostgreSQL database without a single table."""
    name = postgresql_server.create_database("template1")
    yield postgresql_server.url(name)
    postgresql_server.drop_database(name)


def next_version(monkeypatch: pytest.MonkeyPatch, folder: Path, migration: str = NEXT) -> None:
    """Make this program one version newer, with one more migration."""
    migrations = folder / "50% novo" / "migrations"
    shutil.copytree(schema._MIGRATIONS, migrations, ignore=shutil.ignore_patterns("__pycache__"))
    (migrations / "versions" / f"m{NEWER}_probe.py").write_text(migration, encoding="utf-8")
    monkeypatch.setattr(schema, "_MIGRATIONS", migrations)
    monkeypatch.setattr(schema, "HEAD", NEWER)


def columns_of_product(database: Database) -> set[str]:
    with database.snapshot() as connection:
        return {column["name"] for column in inspect(connection).get_columns("product")}


def test_migrated_schema_is_the_one_the_program_knows(database: Database) -> None:
    with database.snapshot() as connection:
        # The tables of SQLite's full text index are SQLite's own.
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, *_kind: not str(name).startswith("product_search")}
        )
        assert compare_metadata(context, metadata) == []


def test_the_program_knows_its_newest_migration() -> None:
    scripts = ScriptDirectory(str(schema._MIGRATIONS))
    assert scripts.get_heads() == [schema.HEAD]
    for script in scripts.walk_revisions():
        # Revisions are told from the names of their files, without loading them.
        assert Path(script.path).name.startswith(f"m{script.revision}_")


def test_a_ledger_is_born_with_its_first_locations_and_no_movement(database: Database) -> None:
    with database.snapshot() as connection:
        rows = connection.execute(select(location).order_by(location.c.id)).all()
        assert read_head(connection) == Head(0, GENESIS_HASH)
    assert [tuple(row)[:-1] for row in rows] == list(FIRST_LOCATIONS)


def test_the_first_start_makes_folder_and_database_and_no_copy(fresh: Database) -> None:
    schema.prepare(fresh)
    schema.prepare(fresh)
    assert not schema.migrate(fresh)
    path = fresh.sqlite_path()
    assert path is not None
    assert {file.name for file in path.parent.iterdir()} <= {
        "almoxarife.db",
        "almoxarife.db-wal",
        "almoxarife.db-shm",
    }


def test_a_start_with_nothing_to_do_does_not_load_alembic(fresh: Database) -> None:
    schema.prepare(fresh)
    program = (
        "import sys; from almoxarife.storage import database, schema\n"
        f"schema.prepare(database.Database({str(fresh.engine.url)!r}))\n"
        "assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


def test_five_servers_that_start_at_the_same_moment(tmp_path: Path) -> None:
    url = f"sqlite:///{(tmp_path / 'dados' / 'almoxarife.db').as_posix()}"
    program = (
        "import sys; from almoxarife.storage import database, schema\n"
        "print('ready', flush=True); sys.stdin.readline()\n"
        f"schema.prepare(database.Database({url!r}))"
    )
    servers = [
        subprocess.Popen(
            [sys.executable, "-c", program],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _number in range(5)
    ]
    for server in servers:
        assert server.stdout is not None
        assert server.stdout.readline().strip() == b"ready"
    for server in servers:
        assert server.stdin is not None
        server.stdin.write(b"\n")
        server.stdin.flush()
    complaints = [server.communicate(timeout=60)[1] for server in servers]
    assert complaints == [b""] * 5
    assert [server.returncode for server in servers] == [0] * 5
    with closing(Database(url)) as database, database.snapshot() as connection:
        assert [tuple(row)[:-1] for row in connection.execute(select(location))] == list(FIRST_LOCATIONS)


@only_sqlite
def test_an_older_database_is_copied_before_it_is_migrated(
    database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # What was written last is still in the log beside the file, because the database is in use.
    Products(database).create("Parafuso 10mm")
    next_version(monkeypatch, tmp_path)
    schema.prepare(database)
    assert {"probe", "made_at"} <= columns_of_product(database)
    copy = tmp_path / f"almoxarife.antes-da-{NEWER}.db"
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT name, version_num FROM product, alembic_version").fetchall() == [
            ("Parafuso 10mm", OURS)
        ]
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@only_sqlite
def test_an_earlier_copy_is_never_overwritten(
    database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    earlier = [tmp_path / f"almoxarife.antes-da-{NEWER}.db", tmp_path / f"almoxarife.antes-da-{NEWER}-2.db"]
    for path in earlier:
        path.write_text("an earlier copy", encoding="ascii")
    next_version(monkeypatch, tmp_path)
    schema.prepare(database)
    assert all(path.read_text(encoding="ascii") == "an earlier copy" for path in earlier)
    assert (tmp_path / f"almoxarife.antes-da-{NEWER}-3.db").stat().st_size > 10_000
    assert not list(tmp_path.glob("*.parcial"))


def test_a_migration_that_fails_changes_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = columns_of_product(database)
    with monkeypatch.context() as newer:
        next_version(newer, tmp_path, FAILING)
        with pytest.raises(ZeroDivisionError):
            schema.migrate(database)
    assert columns_of_product(database) == before
    schema.check(database)
    Products(database).create("Parafuso 10mm")


@only_postgresql
def test_postgresql_is_migrated_on_command_only(
    database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    next_version(monkeypatch, tmp_path)
    with pytest.raises(schema.SchemaOutdated) as refusal:
        schema.prepare(database)
    assert refusal.value.parameters == {"found": OURS, "needed": NEWER}
    assert schema.migrate(database)
    schema.prepare(database)
    assert {"probe", "made_at"} <= columns_of_product(database)


def test_an_empty_postgresql_is_outdated(empty_postgresql: str) -> None:
    with closing(Database(empty_postgresql)) as database:
        with pytest.raises(schema.SchemaOutdated):
            schema.prepare(database)
        assert schema.migrate(database)
        schema.prepare(database)


def test_four_administrators_who_migrate_postgresql_at_once(empty_postgresql: str) -> None:
    def migrate(_number: int) -> bool:
        with closing(Database(empty_postgresql)) as database:
            return schema.migrate(database)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(migrate, range(4))) == [False, False, False, True]


def test_a_database_of_a_newer_program_is_left_alone(database: Database) -> None:
    with database.unit_of_work() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for use in (schema.prepare, schema.migrate, schema.check):
        with pytest.raises(schema.SchemaTooNew) as refusal:
            use(database)
        assert refusal.value.parameters == {"found": "9999", "known": schema.HEAD}


def test_another_programs_database_is_left_alone(fresh: Database) -> None:
    path = fresh.sqlite_path()
    assert path is not None
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    for use in (schema.prepare, schema.migrate, schema.check):
        with pytest.raises(schema.NotOurDatabase):
            use(fresh)


def test_a_file_that_is_no_database_is_left_alone(fresh: Database) -> None:
    path = fresh.sqlite_path()
    assert path is not None
    path.parent.mkdir()
    letter = "Prezado cliente,\n" * 100
    path.write_text(letter, encoding="ascii")
    for use in (schema.prepare, schema.migrate, schema.check):
        with pytest.raises(schema.NotOurDatabase):
            use(fresh)
    assert path.read_text(encoding="ascii") == letter


def test_a_look_at_a_database_that_is_not_there_does_not_make_it(fresh: Database) -> None:
    with pytest.raises(schema.NotOurDatabase):
        schema.check(fresh)
    path = fresh.sqlite_path()
    assert path is not None
    assert not path.parent.exists()
