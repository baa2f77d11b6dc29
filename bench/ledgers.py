"""Ledgers of any length, written by the product's own code once and copied for every line."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from almoxarife.clock import MICROSECONDS
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.products import store as product_store
from almoxarife.ledger import store as ledger_store
from almoxarife.ledger.rules import (
    DEFAULT_LOCATION,
    QUANTITY_SCALE,
    SUPPLIER_LOCATION,
    Draft,
    Kind,
    checksum,
)
from almoxarife.names import fold, search_form
from almoxarife.storage import schema
from almoxarife.storage.database import Database
from bench.names import origin, product_names

USERNAME = "medidor"
PASSWORD = "medidas"  # noqa: S105 - of an account that exists only while something is measured
DATABASE_NAME = "almoxarife.db"

_ACCOUNT = 1
# 2023-01-01T00:00:00Z; the movements are spread over the two years that follow.
_BEGIN_US = 1_672_531_200 * MICROSECONDS
_SPREAD_US = 2 * 365 * 86_400 * MICROSECONDS
# As many drafts share an instant as a full group commit has; so many of these share a transaction.
_BATCH = 500
_BATCHES_PER_TRANSACTION = 100
_LARGEST_QUANTITY = 500


def fill(database: Database, movements: int, products: int) -> None:
    """Bring an empty database to this version and give it an account, products and movements."""
    schema.migrate(database)
    Accounts(database, registration="aberto", on_network=False).register(USERNAME, PASSWORD)
    with database.unit_of_work() as connection:
        for number, name in enumerate(product_names(products), start=1):
            row = product_store.Row(number, name, fold(name), search_form(name), _BEGIN_US)
            product_store.add(connection, row, checksum(*row))
    drafts = _drafts(movements, products)
    written = 0
    while written < movements:
        with database.unit_of_work() as connection:
            for _ in range(_BATCHES_PER_TRANSACTION):
                batch = list(islice(drafts, _BATCH))
                if not batch:
                    break
                instant = _BEGIN_US + _SPREAD_US * written // movements
                ledger_store.append(connection, batch, instant)
                written += len(batch)


class Ledgers:
    """SQLite ledgers that are kept in a folder for the next run."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def copy(self, movements: int, products: int, target: Path) -> Path:
        """Make a data folder of the API with so much in it; return the folder."""
        kept = self._kept(movements, products)
        target.mkdir(parents=True)
        path = target / DATABASE_NAME
        shutil.copyfile(kept, path)
        # Otherwise the system writes the copy out later, while something is measured.
        descriptor = os.open(path, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
        return target

    def _kept(self, movements: int, products: int) -> Path:
        path = self._folder / f"{movements}-{products}-{_fingerprint()}.db"
        if path.exists():
            return path
        self._folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".parcial")
        for leftover in self._folder.glob(f"{unfinished.name}*"):
            leftover.unlink()
        with closing(Database(f"sqlite:///{unfinished.as_posix()}")) as database:
            fill(database, movements, products)
        # Only now nothing is left in SQLite's log beside it.
        unfinished.rename(path)
        return path


def _drafts(movements: int, products: int) -> Iterator[Draft]:
    choose = random.Random(3)
    for _ in range(movements):
        yield Draft(
            random_id(choose),
            Kind.ENTRY,
            choose.randint(1, products),
            SUPPLIER_LOCATION,
            DEFAULT_LOCATION,
            choose.randint(1, _LARGEST_QUANTITY) * QUANTITY_SCALE,
            _ACCOUNT,
        )


def random_id(choose: random.Random) -> bytes:
    """Return a UUID of version 4 (RFC 9562 §5.4) as 16 bytes."""
    raw = choose.getrandbits(128)
    raw = raw & ~(0xF000 << 64) | 0x4000 << 64
    return (raw & ~(0xC000 << 48) | 0x8000 << 48).to_bytes(16, "big")


def _fingerprint() -> str:
    """Return what changes when a kept ledger is not what the program would write today."""
    package = Path(schema.__file__).parents[1]
    written_by = (
        "storage/migrations/versions/*.py",
        "ledger/rules*.py",
        "features/products/store.py",
        "names.py",
    )
    digest = hashlib.sha256(origin().encode())
    for path in sorted([Path(__file__), *(path for pattern in written_by for path in package.glob(pattern))]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
