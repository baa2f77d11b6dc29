"""Copies of a database, and putting one in its place: PostgreSQL, by its own programs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import URL, text

from almoxarife.storage.copying import InUse, flush
from almoxarife.storage.database import Database
from almoxarife.storage.engines import make_engine

# Where Debian and its like keep the programs of each release, beside the PATH.
_DEBIAN = Path("/usr/lib/postgresql")
# The longest name PostgreSQL keeps whole.
_LONGEST_NAME = 63
_LAST_WORDS = 400
# server_version_num of 18.4 is 180004.
_NUMBERS_A_RELEASE = 10_000


class NoTool(Exception):
    """A program of PostgreSQL's is not there: ``args[0]`` is its name."""


class ToolTooOld(Exception):
    """A program of PostgreSQL's is of an older release than the server: its name, its release, the server's."""


class ToolGaveUp(Exception):
    """A program of PostgreSQL's ended badly: its name, and its last words."""


def dump(url: URL, target: Path, snapshot: str) -> None:
    """Write the state of a snapshot into a file, on disk. Raises NoTool, ToolTooOld, ToolGaveUp, OSError."""
    options = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
    _run("pg_dump", url, [*options, f"--file={target}"])
    flush(target)


def load(url: URL, source: Path) -> None:
    """Fill an empty database from such a file, all or nothing. Raises NoTool, ToolTooOld, ToolGaveUp."""
    options = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"]
    _run("pg_restore", url, [*options, f"--dbname={url.database}", str(source)])


@contextmanager
def exported_snapshot(database: Database) -> Iterator[str]:
    """Hold one state of a database that other programs can read as well; yield its name. Raises Unavailable."""
    with database.snapshot() as connection:
        name: str = connection.execute(text("SELECT pg_export_snapshot()")).scalar_one()
        yield name


@contextmanager
def temporary_database(url: URL) -> Iterator[URL]:
    """Make a database on the same server, yield its URL, and drop it unless it was renamed meanwhile."""
    name = f"almoxarife_conferencia_{uuid4().hex[:12]}"
    _at_server(url, f'CREATE DATABASE "{name}" TEMPLATE template0')
    try:
        yield url.set(database=name)
    finally:
        _at_server(url, f'DROP DATABASE IF EXISTS "{name}"')


def replace_postgresql(url: URL, new: URL, aside: str) -> None:
    """Give a database's name to another one, and the name ``aside`` to it. Raises InUse, SQLAlchemyError."""
    present = str(url.database)
    with _server(url) as execute:
        others = execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = :name AND pid <> pg_backend_pid()",
            {"name": present},
        )
        if others:
            raise InUse
        execute(f"ALTER DATABASE {_quoted(present)} RENAME TO {_quoted(aside)}")
        execute(f"ALTER DATABASE {_quoted(str(new.database))} RENAME TO {_quoted(present)}")


def aside_name(url: URL, ending: str) -> str:
    """Return the name under which the present database is kept."""
    return f"{str(url.database)[: _LONGEST_NAME - len(ending)]}{ending}"


def _at_server(url: URL, statement: str) -> None:
    with _server(url) as execute:
        execute(statement)


@contextmanager
def _server(url: URL) -> Iterator[Any]:
    """Connect to the server's own database, where others can be made and renamed."""
    engine = make_engine(url.set(database="postgres").render_as_string(hide_password=False))
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:

            def execute(statement: str, values: Mapping[str, object] | None = None) -> Any:
                result = connection.execute(text(statement), values or {})
                return result.scalar() if result.returns_rows else None

            yield execute
    finally:
        engine.dispose()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _run(tool: str, url: URL, arguments: list[str]) -> None:
    environment = {**os.environ, **_addressed(url)}
    path = _found(tool)
    done = subprocess.run(
        [path, "--no-password", *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        own, servers = _release_of(path), _release_of_server(url)
        if own is not None and own < servers:
            raise ToolTooOld(tool, own, servers)
        raise ToolGaveUp(tool, " ".join(done.stderr.split())[-_LAST_WORDS:])


def _release_of(path: str) -> int | None:
    """Return the major version of one of PostgreSQL's programs, None when it does not tell."""
    told = subprocess.run([path, "--version"], capture_output=True, text=True, errors="replace", check=False)
    found = re.search(r"\(PostgreSQL\) (\d+)", told.stdout)
    return int(found[1]) if found else None


def _release_of_server(url: URL) -> int:
    with _server(url) as execute:
        return int(execute("SHOW server_version_num")) // _NUMBERS_A_RELEASE


def _addressed(url: URL) -> dict[str, str]:
    """Return the variables that tell PostgreSQL's programs where to connect; everybody can read command lines."""
    named = {"host": "PGHOST", "port": "PGPORT", "sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT"}
    parts: dict[str, Any] = {
        "PGHOST": url.host,
        "PGPORT": url.port,
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
        **{variable: url.query.get(name) for name, variable in named.items() if name in url.query},
    }
    return {name: str(value) for name, value in parts.items() if value is not None}


def _found(tool: str) -> str:
    """Return the path of a program: of the PATH, else of the newest release beside it. Raises NoTool."""
    path = shutil.which(tool)
    if path is not None:
        return path
    releases = (one for one in _DEBIAN.glob("*") if one.name.isdigit() and (one / "bin" / tool).exists())
    newest = max(releases, key=lambda one: int(one.name), default=None)
    if newest is None:
        raise NoTool(tool)
    return str(newest / "bin" / tool)
