"""What can be done with units of measure. Owns the transactions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from almoxarife.features.units import rules, store
from almoxarife.features.units.store import Unit
from almoxarife.ledger.rules import checksum
from almoxarife.storage.database import Database


class Units:
    """Listing and creating units."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def listing(self) -> list[Unit]:
        """Return every unit, by code."""
        with self._database.snapshot() as connection:
            return store.listing(connection)

    def create(self, code: str, name: str, decimals: int) -> Unit:
        """Make a unit; it keeps its decimals for ever. Raises InvalidField, UnitExists."""
        new = Unit(rules.check_code(code), rules.check_name(name), rules.check_decimals(decimals))
        with self._database.unit_of_work() as connection:
            self._database.lock_table(connection, "unit")
            there = store.some(connection, [new.code]).get(new.code)
            if there is not None:
                raise rules.UnitExists(code=there.code, name=there.name)
            store.add(connection, new, checksum(*new))
        return new

    def require(self, connection: Connection, code: str) -> Unit:
        """Return the unit with a code, however its letters are typed. Raises UnitNotFound."""
        found = self.some(connection, [code])
        if not found:
            raise rules.UnitNotFound(code=code)
        return found[rules.canonical_code(code)]

    def some(self, connection: Connection, codes: Sequence[str]) -> dict[str, Unit]:
        """Return those of some units that there are, by code as it is kept."""
        wanted = {rules.canonical_code(code) for code in codes}
        return store.some(connection, sorted(code for code in wanted if code.isascii() and code.isalnum()))


def changed_rows(connection: Connection) -> Iterator[str]:
    """Yield the codes of units whose row is not as it was written, within the caller's transaction."""
    for row, written in store.rows(connection):
        if checksum(*row) != written:
            yield str(row.code)
