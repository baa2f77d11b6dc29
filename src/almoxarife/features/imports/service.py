"""Registering many entries at once. Owns the transactions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from almoxarife.clock import now_us
from almoxarife.contract.imports import ROWS, LotRow
from almoxarife.contract.movements import EntryRecord
from almoxarife.errors import DomainError, in_row
from almoxarife.features.movements import rules as movements
from almoxarife.features.products.rules import ProductNotFound, number_of
from almoxarife.features.products.service import Products
from almoxarife.identity import Identity
from almoxarife.ledger.bulk import Appended, append_all
from almoxarife.ledger.rules import (
    DEFAULT_LOCATION,
    SUPPLIER_LOCATION,
    BalanceOutOfBounds,
    Draft,
    IdConflict,
    Kind,
    Movement,
)
from almoxarife.storage.database import Database

# So many names are asked for in one statement.
_NAMES_PER_READ = 500


class Lot(NamedTuple):
    """A lot that is on disk: the entry of each of its rows, in order, and how many of them it wrote."""

    records: list[EntryRecord]
    new: int


class Imports:
    """Lots: many entries in one transaction."""

    def __init__(self, database: Database, products: Products) -> None:
        self._database = database
        self._products = products

    def register_lot(self, who: Identity, rows: Sequence[LotRow]) -> Lot:
        """Record that many products came in, all or none, and wait until they are on disk.

        A row whose id and content are there already, or stand before it in the lot, is the same entry.
        Raises InvalidField, ProductNotFound, IdConflict, BalanceOutOfBounds, each naming the row; Unavailable.
        """
        drafts = list(_each(rows, lambda row: _draft(row, who)))
        # Asked before the others have to wait: a product that is there stays.
        names = self._names({draft.product_id for draft in drafts})
        for row, draft in enumerate(drafts):
            if draft.product_id not in names:
                raise in_row(ProductNotFound(product_id=rows[row].product_id), ROWS, row)
        try:
            with self._database.unit_of_work() as connection:
                done = append_all(connection, drafts, now_us())
        except (IdConflict, BalanceOutOfBounds) as refusal:
            raise in_row(refusal, ROWS, int(str(refusal.parameters["row"]))) from None
        return Lot(list(_records(drafts, done, names, who.username)), len(done.rows))

    def _names(self, numbers: set[int]) -> dict[int, str]:
        names: dict[int, str] = {}
        everything = sorted(numbers)
        with self._database.snapshot() as connection:
            for start in range(0, len(everything), _NAMES_PER_READ):
                names.update(
                    self._products.names(connection, set(everything[start : start + _NAMES_PER_READ]))
                )
        return names


def _each(rows: Iterable[LotRow], read: Callable[[LotRow], Draft]) -> Iterable[Draft]:
    for row, wanted in enumerate(rows):
        try:
            yield read(wanted)
        except DomainError as refusal:
            raise in_row(refusal, ROWS, row) from None


def _draft(row: LotRow, who: Identity) -> Draft:
    movement_id = movements.check_id(row.id)
    number = number_of(row.product_id)
    units = movements.check_entry_quantity(row.quantity)
    if number is None:
        raise ProductNotFound(product_id=row.product_id)
    return Draft(movement_id, Kind.ENTRY, number, SUPPLIER_LOCATION, DEFAULT_LOCATION, units, who.account_id)


def _records(
    drafts: Sequence[Draft], done: Appended, names: dict[int, str], username: str
) -> Iterable[EntryRecord]:
    stored = {**done.known, **{row[1]: Movement._make(row) for row in done.rows}}
    for draft in drafts:
        movement = stored[draft.id]
        yield EntryRecord(
            movement.sequence,
            movement.id,
            movement.product_id,
            names[movement.product_id],
            movement.quantity,
            username,
            movement.recorded_at,
            movement.hash,
        )
