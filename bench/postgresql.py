"""A PostgreSQL server as a careful owner runs it: an acknowledged commit is on disk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.results import Missing

# Everything else is as PostgreSQL comes.
_SETTINGS = {
    "fsync": "on",
    "synchronous_commit": "on",
    "max_connections": "100",
    "unix_socket_directories": "",
    "listen_addresses": "127.0.0.1",
}


@contextmanager
def durable_server(folder: Path) -> Iterator[tuple[str, str]]:
    """Run a server whose data is in a folder; yield the address of an empty database, and the version.

    Raises Missing.
    """
    try:
        from tests.databases import TEMPLATE, PostgresqlServer

        server = PostgresqlServer(_SETTINGS, folder)
    except (ImportError, RuntimeError) as reason:
        raise Missing(f"PostgreSQL ({reason})") from reason
    try:
        with server.administrator() as connection:
            version = connection.execute("SHOW server_version").fetchone()
        yield server.url(server.create_database(TEMPLATE)), str(version[0] if version else "")
    finally:
        server.stop()
