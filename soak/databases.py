"""The two kinds of database of a server that is tried, and how each is deleted."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

from tests.databases import PostgresqlServer, postgresql_programs


class Kept(NamedTuple):
    """A database's address, what deletes all that it holds, and the variables with which commands find its tools."""

    url: str
    delete: Callable[[], None]
    environment: Mapping[str, str] = {}


@contextlib.contextmanager
def _sqlite(folder: Path) -> Iterator[Kept]:
    path = folder / "banco" / "almoxarife.db"
    path.parent.mkdir(parents=True)

    def delete() -> None:
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()

    yield Kept(f"sqlite:///{path.as_posix()}", delete)


@contextlib.contextmanager
def _postgresql(folder: Path) -> Iterator[Kept]:  # noqa: ARG001 - its user may not enter just any folder
    server = PostgresqlServer()
    try:
        name = server.create_database()

        def delete() -> None:
            server.drop_database(name)
            with server.administrator() as connection:
                connection.execute(f"CREATE DATABASE {name}")

        # Of the same release as the server.
        path = os.pathsep.join((str(postgresql_programs()), os.environ["PATH"]))
        yield Kept(server.url(name), delete, {"PATH": path})
    finally:
        server.stop()


DATABASES: Mapping[str, Callable[[Path], AbstractContextManager[Kept]]] = {
    "sqlite": _sqlite,
    "postgresql": _postgresql,
}
