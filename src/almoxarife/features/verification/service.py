"""The proof of everything that is kept: the ledger, and the names that its rows point to."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from almoxarife.errors import Unavailable
from almoxarife.features.accounts import service as accounts
from almoxarife.features.products import service as products
from almoxarife.ledger import store as ledger
from almoxarife.ledger.rules import GENESIS_HASH
from almoxarife.ledger.verify import Fault, Finding, Report, verify
from almoxarife.storage import schema
from almoxarife.storage.database import Database
from almoxarife.storage.faults import damage


def verify_everything(database: Database) -> Report:
    """Compare every row of the ledger, its balances, products, accounts and locations with what was written.

    Works beside a running system: what is read is one state of it. A damaged file is a finding, not an error.
    Raises SchemaOutdated, SchemaTooNew, NotOurDatabase, Unavailable when there is nothing to look at.
    """
    try:
        schema.check(database)
        with database.snapshot() as connection:
            return verify(connection, (_products, _accounts))
    except Unavailable as refusal:
        words = damage(refusal)
        if words is None:
            raise
        return Report(0, GENESIS_HASH, (Finding(Fault.DAMAGED_FILE, detail=words),))


def _products(connection: Connection) -> Iterator[Finding]:
    return (Finding(Fault.CHANGED_NAME, detail=name) for name in products.changed_rows(connection))


def _accounts(connection: Connection) -> Iterator[Finding]:
    return (Finding(Fault.CHANGED_NAME, detail=name) for name in accounts.changed_rows(connection))


def rebuild_balances(database: Database) -> None:
    """Make every balance the sum of its movements again. Raises Unavailable."""
    with database.unit_of_work() as connection:
        ledger.rebuild_balances(connection)
