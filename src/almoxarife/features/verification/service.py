"""The proof of everything that is kept: the ledger, and the names that its rows point to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from sqlalchemy import Connection

from almoxarife.errors import Unavailable
from almoxarife.features.accounts import service as accounts
from almoxarife.features.alerts import service as alerts
from almoxarife.features.audit import service as audit
from almoxarife.features.categories import service as categories
from almoxarife.features.codes.service import codes
from almoxarife.features.costs import service as costs
from almoxarife.features.counts import service as counts
from almoxarife.features.levels import service as levels
from almoxarife.features.lots import service as lots
from almoxarife.features.partners import service as partners
from almoxarife.features.pictures import service as pictures
from almoxarife.features.products import service as products
from almoxarife.features.reasons import service as reasons
from almoxarife.features.replenishment import service as replenishment
from almoxarife.features.units import service as units
from almoxarife.ledger import store as ledger
from almoxarife.ledger.rules import GENESIS_HASH
from almoxarife.ledger.second_process import SecondProcess
from almoxarife.ledger.verify import Check, Fault, Finding, Report, verify
from almoxarife.storage import schema
from almoxarife.storage.database import Database
from almoxarife.storage.faults import damage

# Yields the names of rows that are not as they were written.
ChangedRows: TypeAlias = Callable[[Connection], Iterable[str]]
_CHANGED_ROWS: tuple[ChangedRows, ...] = tuple(
    feature.changed_rows
    for feature in (
        products,
        accounts,
        units,
        categories,
        partners,
        pictures,
        lots,
        reasons,
        codes,
        levels,
        counts,
        replenishment,
        alerts,
    )
)


def verify_everything(database: Database, second: SecondProcess | None = None) -> Report:
    """Compare every row of the ledger and of the audit list, balances and names with what was written.

    Works beside a running system: what is read is one state of it. A damaged file is a finding, not an error.
    ``second``: a process that has begun already to look at the database's file.
    Raises SchemaOutdated, SchemaTooNew, NotOurDatabase, Unavailable when there is nothing to look at.
    """
    try:
        schema.check(database)
    except Unavailable as refusal:
        return _damaged(refusal)
    return verify_rows(database, second)


def verify_rows(database: Database, second: SecondProcess | None = None) -> Report:
    """Do the same with a database that no program may use yet. Raises Unavailable."""
    try:
        with database.snapshot() as connection:
            return verify(connection, (*map(_names, _CHANGED_ROWS), _audit), second)
    except Unavailable as refusal:
        return _damaged(refusal)


def _damaged(refusal: Unavailable) -> Report:
    """Return what there is to say of a damaged file; raise any other refusal."""
    words = damage(refusal)
    if words is None:
        raise refusal
    return Report(0, GENESIS_HASH, (Finding(Fault.DAMAGED_FILE, detail=words),))


def contains_receipt(database: Database, sequence: int, digest: bytes) -> bool:
    """Tell whether the ledger's movement of this sequence has this hash. Raises Unavailable."""
    with database.snapshot() as connection:
        return ledger.hash_at(connection, sequence) == digest


def _names(changed_rows: ChangedRows) -> Check:
    return lambda connection: (Finding(Fault.CHANGED_NAME, detail=name) for name in changed_rows(connection))


def _audit(connection: Connection) -> Iterator[Finding]:
    row = audit.first_changed_row(connection)
    if row is not None:
        yield Finding(Fault.CHANGED_AUDIT, row=row)


def rebuild_balances(database: Database) -> None:
    """Make every balance the sum of its movements again, and let costs be worked out anew. Raises Unavailable."""
    with database.unit_of_work() as connection:
        ledger.rebuild_balances(connection)
        costs.forget(connection)
