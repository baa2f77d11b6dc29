"""The shops of the stories: one that keeps the weighted average (custo médio), one that keeps layers (PEPS).

Each story is told three times: on paper, to a system on SQLite, and to one on PostgreSQL. What paper knows nothing of
(lots, closed periods, packs) is told to the systems alone, at their counter (``balcao``).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from almoxarife.features.costs.rules.lines import Method
from tests.databases import PostgresqlServer
from tests.server.in_process import Caller, open_app

from .counter import CounterShop, Shop
from .paper import PaperShop

SYSTEMS = ["papel", "sqlite", "postgresql"]


@contextmanager
def opened(request: pytest.FixtureRequest, system: str, method: Method) -> Iterator[Shop]:
    """Open a shop on paper or over a database of its own."""
    if system == "papel":
        yield PaperShop(method)
        return
    with opened_counter(request, system) as caller:
        yield CounterShop(caller, method)


@contextmanager
def opened_counter(request: pytest.FixtureRequest, system: str) -> Iterator[Caller]:
    """Open a system over an empty database of its own, with the administrator logged in."""
    folder: Path = request.getfixturevalue("tmp_path")
    if system == "sqlite":
        path = folder / "almoxarife.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        with counter(folder, f"sqlite:///{path.as_posix()}") as caller:
            yield caller
        return
    server: PostgresqlServer = request.getfixturevalue("postgresql_server")
    name = server.create_database()
    with counter(folder, server.url(name)) as caller:
        yield caller
    server.drop_database(name)


@contextmanager
def counter(folder: Path, url: str) -> Iterator[Caller]:
    """Open a system and log in."""
    with open_app(folder, url) as app:
        caller = Caller(app)
        caller.register("admin")
        caller.log_in("admin")
        yield caller


@pytest.fixture(params=SYSTEMS)
def loja_medio(request: pytest.FixtureRequest) -> Iterator[Shop]:
    with opened(request, request.param, Method.AVERAGE) as shop:
        yield shop


@pytest.fixture(params=SYSTEMS)
def loja_peps(request: pytest.FixtureRequest) -> Iterator[Shop]:
    with opened(request, request.param, Method.FIFO) as shop:
        yield shop


@pytest.fixture(params=[(system, method) for method in Method for system in SYSTEMS], ids=str)
def loja(request: pytest.FixtureRequest) -> Iterator[Shop]:
    """A shop of either kind, for stories in which the method does not matter."""
    with opened(request, *request.param) as shop:
        yield shop


@pytest.fixture(params=SYSTEMS[1:])
def balcao(request: pytest.FixtureRequest) -> Iterator[Caller]:
    """The administrator at the counter of a shop that owns nothing yet."""
    with opened_counter(request, request.param) as caller:
        yield caller
