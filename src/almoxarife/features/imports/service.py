"""Registering many entries at once. Owns the transactions."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import NamedTuple

from sqlalchemy import Connection

from almoxarife.clock import now_us
from almoxarife.contract.imports import ROWS, LotRow
from almoxarife.contract.movements import EntryRecord
from almoxarife.errors import DomainError, InvalidField, in_row
from almoxarife.features.accounts.rules import AccountNotFound
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.codes.service.printed import PrintedReader
from almoxarife.features.codes.service.reading import CodeReader
from almoxarife.features.imports import entries, products, rules, scanned
from almoxarife.features.imports.block_service import append
from almoxarife.features.imports.csv_file import CsvFile
from almoxarife.features.imports.pace import PAUSE_S, Pace
from almoxarife.features.imports.spool import EntrySpool
from almoxarife.features.imports.watching import Watch
from almoxarife.features.locations.service import Locations
from almoxarife.features.lots.rules import LotRequired
from almoxarife.features.lots.service import Lots
from almoxarife.features.movements import rules as movements
from almoxarife.features.partners.service import Partners
from almoxarife.features.products.rules import NO_TRACKING, ProductNotFound, number_of
from almoxarife.features.products.service import Products
from almoxarife.identity import Identity, Role
from almoxarife.ledger.ahead import Ahead
from almoxarife.ledger.bulk import Appended, Named, append_all, find, span
from almoxarife.ledger.rules import (
    DEFAULT_LOCATION,
    SUPPLIER_LOCATION,
    BalanceOutOfBounds,
    Draft,
    Head,
    IdConflict,
    Kind,
    Movement,
)
from almoxarife.ledger.store import read_head
from almoxarife.names import fold
from almoxarife.storage.database import Database

# Fewer rows are written before another process has begun to work.
_WORTH_A_PROCESS = 20_000


class Lot(NamedTuple):
    """A lot that is on disk: the entry of each of its rows, in order, and how many of them it wrote."""

    records: list[EntryRecord]
    new: int


class Written(NamedTuple):
    """How many rows of a file were new, and where the ledger ended when the last of them was there."""

    new: int
    head: Head | None


class Imports:
    """Lots, many entries in one transaction; and files, many transactions that can be continued."""

    def __init__(
        self, database: Database, products: Products, accounts: Accounts, codes: CodeReader | None = None
    ) -> None:
        """``codes``: tells what scans stand for; None for that of a shop without labels of a scale."""
        self._database = database
        self._products = products
        self._accounts = accounts
        self._codes = codes or CodeReader(
            products,
            Partners(database),
            PrintedReader(products, Locations(database), Lots(database, products)),
            masks=lambda _connection: "",
        )

    def register_lot(self, who: Identity, rows: Sequence[LotRow]) -> Lot:
        """Record that many products came in, all or none, and wait until they are on disk.

        A row whose id and content are there already, or stand before it in the lot, is the same entry.
        Raises InvalidField, ProductNotFound, ProductInactive, ProductMerged, IdConflict, BalanceOutOfBounds, each
        naming the row; Unavailable.
        """
        # Asked before the others have to wait: a product that is there stays.
        with self._database.snapshot() as connection:
            scans = scanned.scans_of(connection, self._codes, rows)
            drafts = list(_each(rows, scans, who))
            names = self._products.names(connection, {draft.product_id for draft in drafts})
            blocked = self._unusable(connection, names)
            there = find(connection, [draft.id for draft in drafts]) if blocked else {}
        for row, draft in enumerate(drafts):
            if draft.product_id not in names:
                raise in_row(ProductNotFound(product_id=f"p{draft.product_id}"), ROWS, row)
            if draft.product_id in blocked and draft.id not in there:
                raise in_row(blocked[draft.product_id], ROWS, row)
        try:
            with self._database.unit_of_work() as connection:
                done = append_all(connection, drafts, now_us())
        except (IdConflict, BalanceOutOfBounds) as refusal:
            raise in_row(refusal, ROWS, int(str(refusal.parameters["row"]))) from None
        return Lot(list(_records(drafts, done, names, who.username)), len(done.rows))

    def registrant(self, username: str | None) -> Identity:
        """Return in whose name a file is imported: of the account with a name, else of the first administrator.

        Raises AccountNotFound, NobodyRegistered.
        """
        everybody = self._accounts.listing()
        if username is not None:
            found = [account for account in everybody if account.username_key == fold(username)]
            if not found:
                raise AccountNotFound(username=username)
        else:
            found = [account for account in everybody if account.role == Role.ADMINISTRATOR]
            if not found:
                raise rules.NobodyRegistered()
        return Identity(found[0].id, found[0].username, found[0].role, b"")

    @contextmanager
    def checked_entries(
        self, file: CsvFile, who: Identity, watch: Watch, *, again: bool
    ) -> Iterator[entries.Entries]:
        """Check a file of entries to its end; yield what of it can be written, nothing is written yet.

        ``again``: what was imported already from a file of this content is to be imported once more.
        Raises UnusableFile, OtherUser, Unavailable.
        """
        with_ids = file.columns.id is not None
        if again and with_ids:
            raise rules.UnusableFile(reason="again_with_ids")
        with self._database.snapshot() as connection:
            head = read_head(connection)
        with EntrySpool(with_ids=with_ids) as spool:
            found = entries.check(
                file,
                who,
                watch,
                spool,
                find_products=self._usable_numbers_of_ids
                if file.columns.by_id
                else self._usable_numbers_of_names,
                find_movements=self._movements,
            )
            if not with_ids:
                found.prefix, found.there = self._continued(file.content, found.rows, who, again=again)
            elif not (found.there or found.repeated):
                found.unknown_at = head
            spool.rewind()
            yield found

    def write_entries(self, found: entries.Entries, who: Identity, watch: Watch) -> Written:
        """Write what was checked, in short transactions, each row once.

        Stopped at any place, it goes on from there when the same file is imported again.
        Raises IdConflict, BalanceOutOfBounds, Unavailable.
        """
        pace, named, new = Pace(), Named(), 0
        last: Head | None = None
        unknown_at = found.unknown_at
        with self._database.snapshot() as connection:
            head = read_head(connection)
        block = found.take(pace.rows, who)
        with Ahead(alone=found.rows < _WORTH_A_PROCESS) as ahead:
            ahead.begin(block, head, now_us())
            while block.rows:
                chained = ahead.take()
                following = found.take(pace.rows, who)
                ahead.begin(following, chained.after, now_us())
                done, took_s = append(self._database, block, chained, named, unknown_at)
                pace.note(block.rows, took_s, others=last not in (None, done.before))
                # What this import adds are other ids; after what anybody else adds one has to look.
                unknown_at = done.after if unknown_at == done.before else None
                new, last = new + done.new, done.after
                watch.written(block.rows)
                block = following
                time.sleep(PAUSE_S)
        return Written(new, last)

    @contextmanager
    def checked_products(self, file: CsvFile, watch: Watch) -> Iterator[products.ProductNames]:
        """Check a file of products to its end; yield what of it can be created. Raises UnusableFile, Unavailable."""
        with products.open_spool() as spool:
            found = products.check(
                file, watch, spool, find_names=lambda names: set(self._numbers_of_names(set(names)))
            )
            spool.seek(0)
            yield found

    def write_products(self, found: products.ProductNames, watch: Watch) -> int:
        """Create the products that were checked; return how many were new. Raises Unavailable."""
        new = 0
        while names := found.take(products.ROWS_PER_BATCH):
            new += self._products.create_all(names)
            watch.written(len(names))
            time.sleep(PAUSE_S)
        return new

    def _continued(self, content: bytes, rows: int, who: Identity, *, again: bool) -> tuple[bytes, int]:
        """Return how the ids of a file begin, and how many of its rows are there already.

        An import that was not finished is continued; one that was is repeated only when that is asked for.
        """
        prefix, begun = rules.id_prefix(content, 0), None
        with self._database.snapshot() as connection:
            for repetition in count():
                prefix = rules.id_prefix(content, repetition)
                known = span(connection, rules.row_id(prefix, 0), rules.row_id(prefix, rules.MOST_ROWS))
                if known.account_id is None:
                    break
                finished = known.rows >= rows
                if known.account_id != who.account_id and not (again and finished):
                    raise rules.OtherUser(username=self._name_of(known.account_id))
                begun = None if again and finished else (prefix, known.rows)
        return begun or (prefix, 0)

    def _name_of(self, account_id: int) -> str:
        return next(account.username for account in self._accounts.listing() if account.id == account_id)

    def _movements(self, ids: Sequence[bytes]) -> dict[bytes, Movement]:
        with self._database.snapshot() as connection:
            return find(connection, ids)

    def _unusable(self, connection: Connection, products: Iterable[int]) -> dict[int, DomainError]:
        """Return why plain entries of some products cannot be written."""
        facts = self._products.facts(connection, products)
        refusals: dict[int, DomainError] = {
            number: LotRequired(field=one.tracking)
            for number, one in facts.items()
            if one.tracking != NO_TRACKING
        }
        return refusals | self._products.blocked(connection, facts)

    def _usable_numbers_of_ids(self, texts: set[str]) -> dict[str, int]:
        numbers = {text: number for text in texts if (number := number_of(text.strip())) is not None}
        with self._database.snapshot() as connection:
            usable = self._products.plain(connection, numbers.values())
        return {text: number for text, number in numbers.items() if number in usable}

    def _numbers_of_names(self, texts: set[str]) -> dict[str, int]:
        with self._database.snapshot() as connection:
            return self._products.numbers(connection, texts)

    def _usable_numbers_of_names(self, texts: set[str]) -> dict[str, int]:
        with self._database.snapshot() as connection:
            found = self._products.numbers(connection, texts)
            usable = self._products.plain(connection, found.values())
        return {text: number for text, number in found.items() if number in usable}


def _each(rows: Iterable[LotRow], scans: scanned.Scans, who: Identity) -> Iterable[Draft]:
    for row, wanted in enumerate(rows):
        try:
            yield _draft(wanted, who) if row not in scans else scanned.draft(wanted, scans[row], who)
        except DomainError as refusal:
            raise in_row(refusal, ROWS, row) from None


def _draft(row: LotRow, who: Identity) -> Draft:
    for name, field in (("product_id", "produto_id"), ("quantity", "quantidade")):
        if name not in row.model_fields_set:
            raise InvalidField(field=field, reason="missing")
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
