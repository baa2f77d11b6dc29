"""Fixtures of every test that needs a running API; a folder's ``conftest.py`` names those that it uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest
from flask import Flask
from sqlalchemy import func, select

from almoxarife.ledger.tables import balance
from almoxarife.storage.database import Database

from .in_process import Caller, open_app
from .running import ApiServer, free_port


class StartServer(Protocol):
    """Starts an API over the test's database."""

    def __call__(self, *options: str, database_url: str | None = None, **environment: str) -> ApiServer:
        """``database_url``: another database; none is given where it is "sqlite"."""


@pytest.fixture
def start_server(tmp_path: Path) -> Iterator[StartServer]:
    """Start APIs, each with a data folder of its own; whatever still runs at the end is killed."""
    started: list[ApiServer] = []

    def start(*options: str, database_url: str | None = None, **environment: str) -> ApiServer:
        folder = tmp_path / f"dados {len(started) + 1}"
        where = ("--banco", database_url) if database_url else ()
        server = ApiServer(folder, free_port(), *where, *options, **environment)
        started.append(server)
        return server

    yield start
    for server in started:
        server.kill()


@pytest.fixture
def server(start_server: StartServer, database_url: str) -> ApiServer:
    """An API over an empty database: one of SQLite, then one of PostgreSQL."""
    return start_server(database_url=database_url)


@pytest.fixture
def app(tmp_path: Path, database_url: str) -> Iterator[Flask]:
    """The app without a server, over an empty database: one of SQLite, then one of PostgreSQL."""
    with open_app(tmp_path, database_url) as app:
        yield app


@pytest.fixture
def caller(app: Flask) -> Caller:
    """The administrator, logged in."""
    caller = Caller(app)
    assert (caller.register("admin").status, caller.log_in("admin").status) == (201, 200)
    return caller


@pytest.fixture
def all_balances(database_url: str) -> Iterator[Callable[[], int]]:
    """Sums up the balances of all locations, those outside the shop too."""
    database = Database(database_url)

    def sum_up() -> int:
        with database.snapshot() as connection:
            return int(connection.execute(select(func.sum(balance.c.quantity))).scalar_one())

    yield sum_up
    database.close()
