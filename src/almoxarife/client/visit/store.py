"""The last visit at a server: its products, and its answers to a few questions; in a file that may be thrown away."""

from __future__ import annotations

import contextlib
import json
import logging
import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from almoxarife.client.held_file import HeldFile, connect
from almoxarife.names import fold, search_form
from almoxarife.sqlite_faults import damage_as_fault

FILE_NAME = "ultima-visita.db"
BUSY_LIMIT_S = 2.0
_SCHEMA = """
PRAGMA journal_mode = WAL;
CREATE TABLE IF NOT EXISTS answer (server TEXT, question TEXT, headers TEXT, body BLOB, PRIMARY KEY (server, question));
CREATE TABLE IF NOT EXISTS product (
  server TEXT, id TEXT, name TEXT, form TEXT, details TEXT, PRIMARY KEY (server, id)
);
CREATE TABLE IF NOT EXISTS taken (server TEXT PRIMARY KEY, at REAL);
"""
T = TypeVar("T")
_logger = logging.getLogger(__name__)


class Visit:
    """What is remembered of one server. A file that cannot be read or written is no obstacle: nothing is known then."""

    def __init__(self, folder: Path, server: str) -> None:
        self.folder = folder
        self._path = folder / FILE_NAME
        self._server = server
        self._held = HeldFile(self._open)

    def close(self) -> None:
        """Let go of the file."""
        self._held.close()

    # -- answers

    def keep(self, question: str, headers: Mapping[str, str], body: bytes) -> None:
        """Remember an answer."""
        values = (self._server, question, json.dumps(dict(headers)), body)
        self._do(lambda file: file.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?)", values), None)

    def answer(self, question: str) -> tuple[dict[str, str], bytes] | None:
        """Return headers and body of the last answer to a question."""
        row = self._first("SELECT headers, body FROM answer WHERE server = ? AND question = ?", question)
        return (json.loads(row[0]), bytes(row[1])) if row else None

    # -- products

    def products_age_s(self) -> float:
        """Return how long ago the list of products was taken, in seconds."""
        row = self._first("SELECT at FROM taken WHERE server = ?")
        return time.time() - row[0] if row else float("inf")

    def keep_products(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Remember a whole list of products, as the wire has them, in place of the last one."""
        values = [
            (self._server, row["id"], row["nome"], search_form(str(row["nome"])), json.dumps(row))
            for row in rows
        ]

        def replace(file: sqlite3.Connection) -> None:
            file.execute("BEGIN IMMEDIATE")
            file.execute("DELETE FROM product WHERE server = ?", (self._server,))
            file.executemany("INSERT INTO product VALUES (?, ?, ?, ?, ?)", values)
            file.execute("INSERT OR REPLACE INTO taken VALUES (?, ?)", (self._server, time.time()))
            file.execute("COMMIT")

        self._do(replace, None)

    def learn(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Remember the names of a few products, as a search finds them, beside the list; in one go when any is new."""
        names = {str(row["id"]): str(row["nome"]) for row in rows}

        def add(file: sqlite3.Connection) -> None:
            marks = ", ".join("?" * len(names))
            known = file.execute(
                f"SELECT id, name FROM product WHERE server = ? AND id IN ({marks})", (self._server, *names)
            )
            new = names.items() - set(known)
            if not new:
                return
            values = [(self._server, id, name, search_form(name)) for id, name in new]
            file.execute("BEGIN IMMEDIATE")
            file.executemany(
                "INSERT INTO product VALUES (?, ?, ?, ?, '{}') ON CONFLICT (server, id)"
                " DO UPDATE SET name = excluded.name, form = excluded.form",
                values,
            )
            file.execute("COMMIT")

        self._do(add, None)

    def product(self, id: str) -> dict[str, Any] | None:
        """Return all that is remembered of a product, as the wire has it."""
        row = self._first("SELECT details FROM product WHERE server = ? AND id = ?", id)
        details: dict[str, Any] = json.loads(row[0]) if row else {}
        # Of one that was met in a search the name alone is known.
        return details or None

    def search(self, text: str, limit: int) -> list[dict[str, str]] | None:
        """Return products in use whose id is the text, or whose name has all its words; None without any list."""
        if self.products_age_s() == float("inf"):
            return None
        words = search_form(text).split()
        statement = (
            "SELECT id, name FROM product WHERE server = ? AND json_extract(details, '$.ativo') IS NOT 0"
            f" AND (id = ? OR (1{' AND instr(form, ?)' * len(words)})) ORDER BY id <> ?, form LIMIT ?"
        )
        values = (self._server, fold(text), *words, fold(text), limit)
        rows: list[tuple[str, str]] = self._do(lambda file: file.execute(statement, values).fetchall(), [])
        return [{"id": id, "nome": name} for id, name in rows]

    # -- the file

    def _first(self, statement: str, *values: object) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self._do(
            lambda file: file.execute(statement, (self._server, *values)).fetchone(), None
        )
        return row

    def _do(self, work: Callable[[sqlite3.Connection], T], otherwise: T) -> T:
        """Return what comes of the file, or something else when it cannot be read or written."""
        with self._held.alone:
            try:
                with damage_as_fault():
                    return work(self._held.connection())
            except (sqlite3.Error, OSError) as error:
                _logger.warning("the last visit cannot be read or kept: %s", error)
                self._throw_away(error)
                return otherwise

    def _open(self) -> sqlite3.Connection:
        connection = connect(self._path, busy_limit_s=BUSY_LIMIT_S)
        try:
            connection.executescript(_SCHEMA)
            # Losing the last answers to a power cut costs nothing; writing through would cost time.
            connection.execute("PRAGMA synchronous = OFF")
        except BaseException:
            connection.close()
            raise
        return connection

    def _throw_away(self, error: Exception) -> None:
        with contextlib.suppress(sqlite3.Error):
            self._held.let_go()
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
            for companion in ("", "-wal", "-shm"):
                with contextlib.suppress(OSError):
                    self._path.with_name(self._path.name + companion).unlink()
