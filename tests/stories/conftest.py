"""The shops of the stories: one that keeps the weighted average (custo médio), one that keeps layers (PEPS).

Each story is told three times: on paper, to a system on SQLite, and to one on PostgreSQL. What only the rules know
so far (a return that names its sale) is told to a shop on paper (``papel``).
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
    folder: Path = request.getfixturevalue("tmp_path")
    if system == "sqlite":
        path = folder / "almoxarife.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        with counter(folder, f"sqlite:///{path.as_posix()}", method) as shop:
            yield shop
        return
    server: PostgresqlServer = request.getfixturevalue("postgresql_server")
    name = server.create_database()
    with counter(folder, server.url(name), method) as shop:
        yield shop
    server.drop_database(name)


@contextmanager
def counter(folder: Path, url: str, method: Method) -> Iterator[CounterShop]:
    """Open a shop over an empty database."""
    with open_app(folder, url) as app:
        caller = Caller(app)
        caller.register("admin")
        caller.log_in("admin")
        yield CounterShop(caller, method)


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


@pytest.fixture
def papel_medio() -> PaperShop:
    return PaperShop(Method.AVERAGE)


@pytest.fixture
def papel_peps() -> PaperShop:
    return PaperShop(Method.FIFO)


@pytest.fixture(params=list(Method))
def papel(request: pytest.FixtureRequest) -> PaperShop:
    return PaperShop(request.param)
