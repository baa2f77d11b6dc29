"""What is in a ledger, read past the API."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select

from almoxarife.features.verification.service import verify_everything
from almoxarife.ledger.tables import movement
from almoxarife.storage.database import Database


class Row(NamedTuple):
    """A movement: its id, its quantity in 1/10,000, its place in the ledger and the hash of the ledger up to it."""

    id: str
    quantity: int
    sequence: int
    receipt: str


class Stored(NamedTuple):
    """All movements in the order of the ledger, and how much is wrong by what ``verificar`` finds."""

    rows: list[Row]
    findings: int

    def lost(self, expected: set[str]) -> int:
        """Return how many of some ids are not there."""
        return len(expected - {row.id for row in self.rows})

    @property
    def twice(self) -> int:
        """How many movements have the id of another one."""
        return sum(times - 1 for times in Counter(row.id for row in self.rows).values())


def read(url: str) -> Stored:
    """Read and verify the ledger of a database."""
    columns = movement.c.id, movement.c.quantity, movement.c.sequence, movement.c.hash
    with closing(Database(url)) as database:
        findings = len(verify_everything(database).findings)
        with database.snapshot() as connection:
            rows = [
                Row(str(UUID(bytes=row.id)), row.quantity, row.sequence, row.hash.hex())
                for row in connection.execute(select(*columns).order_by(movement.c.sequence))
            ]
    return Stored(rows, findings)
