"""The new file that rows are saved into: what fits goes in, what does not is told."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TypeAlias

from almoxarife.storage.copying import flush
from almoxarife.storage.salvage.records import Value
from almoxarife.storage.salvage.tables import Table, tables_of

Values: TypeAlias = tuple[Value, ...]
# Told of a row that the table does not take: its values.
Refused = Callable[[Values], None]
_ROWS_AT_ONCE = 1_000


class NewFile:
    """A new database whose tables are filled past its triggers and foreign keys, which are looked at afterwards."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.tables = tables_of(connection)
        self._born: dict[str, list[Values]] = {}

    def clear(self, table: Table) -> None:
        """Take out what a new database is born with; ``fill_up`` brings it back."""
        self._born[table.name] = list(self.rows(table))
        self._connection.execute(f"DELETE FROM {_quoted(table.name)}")  # noqa: S608 - a name of our own

    def fill(self, table: Table, rows: Iterable[Values], refused: Refused) -> int:
        """Write rows; return how many were taken."""
        statement = f"INSERT INTO {_quoted(table.name)} VALUES ({_places(table)})"  # noqa: S608 - a name of our own
        taken, coming = 0, iter(rows)
        while batch := list(islice(coming, _ROWS_AT_ONCE)):
            self._connection.execute("SAVEPOINT batch")
            try:
                self._connection.executemany(statement, batch)
            except sqlite3.Error:
                self._connection.execute("ROLLBACK TO batch")
                taken += sum(self._took(statement, row, refused) for row in batch)
            else:
                taken += len(batch)
            self._connection.execute("RELEASE batch")
        return taken

    def fill_up(self, table: Table, rows: Iterable[Values]) -> int:
        """Write those rows that stand in nobody's way; return how many."""
        statement = f"INSERT OR IGNORE INTO {_quoted(table.name)} VALUES ({_places(table)})"  # noqa: S608 - as above
        return sum(self._connection.execute(statement, row).rowcount for row in rows)

    def fill_up_as_born(self, table: Table) -> None:
        """Write what a new database is born with, where the file no longer has it."""
        self.fill_up(table, self._born[table.name])

    def rows(self, table: Table) -> Iterator[Values]:
        """Yield the rows of a table."""
        yield from self._connection.execute(f"SELECT * FROM {_quoted(table.name)}")  # noqa: S608 - as above

    def take_out(self, table: Table, where: str, values: Sequence[Value] = ()) -> list[Values]:
        """Delete rows; return them."""
        condition = f"FROM {_quoted(table.name)} WHERE {where}"
        rows = self._connection.execute(f"SELECT * {condition}", values).fetchall()
        if rows:
            self._connection.execute(f"DELETE {condition}", values)
        return rows

    def execute(self, statement: str, values: Sequence[Value] = ()) -> list[Values]:
        """Run a statement; return its rows."""
        return self._connection.execute(statement, values).fetchall()

    def lost_parents(self, table: Table) -> list[tuple[str, Value, Value]]:
        """Return what rows of a table name and what is not there: its table, its key, and a product of such a row."""
        lost: list[tuple[str, Value, Value]] = []
        for (parent, own), condition in self._references(table):
            product = "product_id" if any(one.name == "product_id" for one in table.columns) else "NULL"
            if table.name == "movement_detail":
                product = (
                    "(SELECT product_id FROM movement WHERE movement.sequence = movement_detail.sequence)"
                )
            question = f"SELECT {own}, min({product}) FROM {_quoted(table.name)} WHERE {condition} GROUP BY 1"  # noqa: S608
            lost += [(parent, key, found) for key, found in self._connection.execute(question)]
        return lost

    def orphans_of(self, table: Table) -> list[str]:
        """Return conditions under which a row of a table names what is not there."""
        return [condition for _names, condition in self._references(table)]

    def _references(self, table: Table) -> list[tuple[tuple[str, str], str]]:
        """Return by foreign key: the table that it leads to and its first column here; when it leads nowhere."""
        statement = 'SELECT id, "table", "from", "to" FROM pragma_foreign_key_list(?) ORDER BY id, seq'
        keys: dict[int, list[Values]] = {}
        for row in self._connection.execute(statement, (table.name,)):
            keys.setdefault(row[0], []).append(row)
        conditions = []
        for parts in keys.values():
            own = [f"{_quoted(table.name)}.{_quoted(str(part[2]))}" for part in parts]
            same = (f"there.{_quoted(str(part[3]))} = {name}" for part, name in zip(parts, own, strict=True))
            given = " AND ".join(f"{name} IS NOT NULL" for name in own)
            there = f"SELECT 1 FROM {_quoted(str(parts[0][1]))} AS there WHERE {' AND '.join(same)}"  # noqa: S608
            conditions.append(((str(parts[0][1]), own[0]), f"{given} AND NOT EXISTS ({there})"))
        return conditions

    def _took(self, statement: str, row: Values, refused: Refused) -> bool:
        try:
            self._connection.execute(statement, row)
        except sqlite3.Error:
            refused(row)
            return False
        return True


@contextmanager
def filling(path: Path) -> Iterator[NewFile]:
    """Open a new database that nobody uses yet; what was filled in is committed, and on disk, at the end."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode=MEMORY")
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA foreign_keys=OFF")
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _sql in triggers:
            connection.execute(f"DROP TRIGGER {_quoted(name)}")
        connection.execute("BEGIN")
        yield NewFile(connection)
        for _name, sql in triggers:
            connection.execute(sql)
        connection.execute("COMMIT")
    finally:
        connection.close()
    flush(path)


def _places(table: Table) -> str:
    return ", ".join("?" * len(table.columns))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
