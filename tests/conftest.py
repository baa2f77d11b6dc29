"""What all tests share: databases of both kinds, services over them, an eye on logged errors and on windows."""

from __future__ import annotations

import gc
import logging
import os
import shutil
import warnings
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from almoxarife.features.accounts.service import Accounts
from almoxarife.features.movements.service import Movements
from almoxarife.features.movements.writing import Others, usual_others
from almoxarife.features.products.service import Products
from almoxarife.storage.database import Database

from .databases import PostgresqlServer, migrated_sqlite

# Made and not freed by tests without windows, before garbage is looked for.
MANY_OBJECTS = 200_000


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "logs_errors: the test makes the program log an error, and looks at it"
    )
    # Of several processes that share the tests each has a screen of its own.
    screens = os.environ.get("TELAS", "").split()
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    if screens:
        # A worker that takes a fallen one's place has the next number.
        os.environ["DISPLAY"] = screens[int(worker) % len(screens)]
    # See pytest_runtest_protocol.
    gc.disable()


@pytest.fixture(scope="session")
def own_windows() -> None:
    """What a test asks for that makes windows in its own process: their garbage is collected after each test.

    What was there before the first window is left out of all later searches for garbage: they are short then.
    """
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Collect garbage between tests, in the main thread alone.

    Widgets and their window point to each other. Python frees such circles in whatever thread it happens to
    be, and Tcl ends the whole process when that is not the thread of the window. Between tests of windows,
    too: a thread may hold one a little longer than its test. A fixture would collect too early: pytest lets go
    of what it gave to a test only after the last fixture has ended.
    """
    done = yield
    has_windows = isinstance(item, pytest.Function) and "own_windows" in item.fixturenames
    if has_windows or gc.get_count()[0] > MANY_OBJECTS:
        with warnings.catch_warnings():
            # A window that closes amid an exchange leaves its connection to the collector; whose it was, nobody
            # can say any more, and the next test would be blamed for it.
            warnings.simplefilter("ignore", ResourceWarning)
            gc.collect()
    return done


class _Listener(logging.Handler):
    """Keeps what is logged as an error."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def _no_error_is_logged(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test in which the program logged an error, unless it is marked ``logs_errors``."""
    listener = _Listener()
    logger = logging.getLogger("almoxarife")
    logger.addHandler(listener)
    yield
    logger.removeHandler(listener)
    if listener.records and request.node.get_closest_marker("logs_errors") is None:
        formatter = logging.Formatter("%(name)s: %(message)s")
        pytest.fail(
            "logged as errors:\n" + "\n".join(formatter.format(record) for record in listener.records)
        )


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgresqlServer]:
    """A real PostgreSQL server; it fails the tests that need it when it cannot start."""
    server = PostgresqlServer()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy."""
    return migrated_sqlite(tmp_path_factory.mktemp("sqlite") / "template.db")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a migrated, empty database: one of SQLite, then one of PostgreSQL.

    A test of one kind alone is marked ``only_sqlite`` or ``only_postgresql`` (``databases``).
    """
    if request.param == "sqlite":
        # Asked for only here: a test of one kind must not wait for the other.
        path = tmp_path / "almoxarife.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path.as_posix()}"
        return
    server: PostgresqlServer = request.getfixturevalue("postgresql_server")
    name = server.create_database()
    yield server.url(name)
    server.drop_database(name)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated, empty database of either kind."""
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def accounts(database: Database) -> Accounts:
    """The accounts of a server that only its own machine reaches."""
    return Accounts(database, registration="aberto", on_network=False)


@pytest.fixture
def products(database: Database) -> Products:
    return Products(database)


@pytest.fixture
def others(database: Database, products: Products, accounts: Accounts) -> Others:
    """What movements touch besides: places, lots, reasons, reservations."""
    return usual_others(database, products, accounts)


@pytest.fixture
def movements(
    database: Database, products: Products, accounts: Accounts, others: Others
) -> Iterator[Movements]:
    movements = Movements(database, products, accounts, others)
    yield movements
    movements.close()
