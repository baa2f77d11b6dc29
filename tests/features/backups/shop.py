"""A small shop, its copies, and a clock that the test moves."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from almoxarife.clock import MICROSECONDS, beginning_of, now_us
from almoxarife.features.backups.service import Backups
from almoxarife.features.verification.service import verify_everything
from almoxarife.ledger.rules import DEFAULT_LOCATION, QUANTITY_SCALE, SUPPLIER_LOCATION, Draft, Kind
from almoxarife.ledger.store import append, read_head
from almoxarife.storage.database import Database
from tests.server.filling import fill

DAY = 86_400 * MICROSECONDS


class Shop:
    """Begins with two products and ten entries."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.folder = folder
        self.now = beginning_of("2026-11-24")
        self.backups = Backups(url, folder, lambda: self.now)
        fill(url, products=2, entries=10)

    def enter(self, how_many: int) -> None:
        """Let more goods come in."""
        database = Database(self.url)
        drafts = [
            Draft(
                uuid4().bytes,
                Kind.ENTRY,
                1,
                SUPPLIER_LOCATION,
                DEFAULT_LOCATION,
                QUANTITY_SCALE,
                account_id=1,
            )
            for _each in range(how_many)
        ]
        with database.unit_of_work() as connection:
            append(connection, drafts, now_us())
        database.close()

    def rows(self) -> int:
        """Return where the ledger ends; fail unless everything in it is right."""
        database = Database(self.url)
        assert verify_everything(database).findings == ()
        with database.snapshot() as connection:
            head = read_head(connection)
        database.close()
        return head.sequence

    def left_behind(self) -> list[str]:
        """Return what is among the copies and is none."""
        return [path.name for path in self.folder.iterdir() if path.name.startswith(".")]
