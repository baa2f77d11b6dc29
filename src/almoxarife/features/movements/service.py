"""What can be done with movements. Owns the transactions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple
from uuid import uuid4

from almoxarife.clock import now_us
from almoxarife.contract.movements import EntryRecord
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.movements import rules, store
from almoxarife.features.movements.latest import LatestRows
from almoxarife.features.movements.recent_head import RecentHead
from almoxarife.features.products.rules import ProductNotFound, number_of
from almoxarife.features.products.service import Products
from almoxarife.hurry import may_take_long
from almoxarife.identity import Identity
from almoxarife.ledger.rules import DEFAULT_LOCATION, SUPPLIER_LOCATION, Draft, Kind, Movement
from almoxarife.ledger.store import HEAD, Appended, append, read_head
from almoxarife.pending import Pending
from almoxarife.storage.database import Database
from almoxarife.storage.group_commit import GroupCommit

# A reader who is slow to take a page keeps it in memory for so long; larger ones are not read any faster.
_PAGE = 250
# So many rows are read and written as JSON in less than a millisecond.
_SHORT_PAGE = 100
# A batch shares its transaction, its look-ups by 500 keys, and its fsync.
_LARGEST_BATCH = 500


class Registered(NamedTuple):
    """An entry that is on disk; ``replayed`` when an earlier request with the same id wrote it."""

    record: EntryRecord
    replayed: bool


class _Wanted(NamedTuple):
    """What one request asks for, and the name of the account that asks."""

    draft: Draft
    username: str


class Totals(NamedTuple):
    """Sums of the entries since an instant, up to and including ``sequence``; quantity in 1/10,000."""

    totals: store.Totals
    sequence: int


class Listing:
    """Reading entries back."""

    def __init__(self, database: Database, accounts: Accounts) -> None:
        self._database = database
        self._accounts = accounts

    def following(self, after: int, limit: int, username: str | None = None) -> list[EntryRecord]:
        """Return the next entries after a sequence, oldest first. Raises CursorAhead, InvalidField."""
        # The ledger only grows: what follows need not be read in the same state as its end.
        head = self._recent_head()
        if after > head:
            head = self._head()
        if after > head:
            raise rules.CursorAhead(head=head)
        if after == head:
            return []
        if head - after > _SHORT_PAGE and limit > _SHORT_PAGE:
            may_take_long()
        return store.following(
            self._database, after=after, how_many=limit, account_id=self._account_id(username)
        )

    def latest(self, how_many: int, username: str | None = None) -> list[EntryRecord]:
        """Return the newest entries, oldest first. Raises InvalidField."""
        return store.latest(self._database, how_many, self._account_id(username))

    def everything(self, username: str | None = None) -> Iterator[list[EntryRecord]]:
        """Yield every entry there is now, oldest first, page by page, each page in a snapshot of its own.

        No transaction stays open between two pages: a slow reader must not keep the database's log from
        being trimmed. The ledger only grows, so the pages together are the state at the first of them.
        """
        head, account_id = self._head(), self._account_id(username)
        after = 0
        while after < head:
            page = store.following(self._database, after=after, how_many=_PAGE, account_id=account_id)
            rows = [row for row in page if row.sequence <= head]
            if not rows:
                return
            yield rows
            after = rows[-1].sequence

    def totals(self, since: int) -> Totals:
        """Return the sums of what was recorded since an instant (microseconds since the epoch)."""
        with self._database.snapshot() as connection:
            head = read_head(connection)
            return Totals(store.totals(connection, since=since, up_to=head.sequence), head.sequence)

    def _recent_head(self) -> int:
        return self._head()

    def _head(self) -> int:
        sequence: int = self._database.rows(HEAD)[0][0]
        return sequence

    def _account_id(self, username: str | None) -> int | None:
        if username is None:
            return None
        with self._database.snapshot() as connection:
            return self._accounts.number_of(connection, username)


class Movements(Listing):
    """Registering entries, and reading them back."""

    def __init__(self, database: Database, products: Products, accounts: Accounts) -> None:
        super().__init__(database, accounts)
        self._products = products
        self._latest = LatestRows(database)
        self._end = RecentHead(self._head, lambda: database.commits)
        self._writer: GroupCommit[_Wanted, Registered] = GroupCommit(
            self._commit, largest_batch=_LARGEST_BATCH
        )

    def register_entry(
        self, who: Identity, *, client_id: str | None, product_id: str, quantity: Decimal
    ) -> Registered:
        """Record that a quantity of a product came in, and wait until it is on disk.

        Raises what ``begin_entry`` and its outcome raise.
        """
        return self.begin_entry(who, client_id=client_id, product_id=product_id, quantity=quantity).result()

    def begin_entry(
        self, who: Identity, *, client_id: str | None, product_id: str, quantity: Decimal
    ) -> Pending[Registered]:
        """Begin to record that a quantity of a product came in; the outcome is there when it is on disk.

        The same ``client_id`` with the same content gives the stored entry again.
        Raises InvalidField, ProductNotFound, Unavailable; the outcome also IdConflict, BalanceOutOfBounds.
        """
        movement_id = rules.check_id(client_id) if client_id is not None else uuid4().bytes
        number = number_of(product_id)
        units = rules.check_entry_quantity(quantity)
        if number is None:
            raise ProductNotFound(product_id=product_id)
        draft = Draft(
            movement_id, Kind.ENTRY, number, SUPPLIER_LOCATION, DEFAULT_LOCATION, units, who.account_id
        )
        return self._writer.hand_in(_Wanted(draft, who.username))

    def latest_json(self, how_many: int) -> list[str]:
        """Return the newest entries of everybody as JSON, oldest first."""
        return self._latest.newest(how_many)

    def close(self) -> None:
        """Finish what waits to be written and refuse the rest."""
        self._writer.close()

    def _recent_head(self) -> int:
        return self._end.get()

    def _commit(self, batch: Sequence[_Wanted]) -> Sequence[Registered | Exception]:
        """Write a batch in one transaction; an entry of an unknown product is refused alone."""
        with self._database.unit_of_work() as connection:
            names = self._products.names(connection, {wanted.draft.product_id for wanted in batch})
            known = [wanted.draft for wanted in batch if wanted.draft.product_id in names]
            appended = iter(append(connection, known, now_us()) if known else [])
            outcomes = [
                next(appended)
                if wanted.draft.product_id in names
                else ProductNotFound(product_id=f"p{wanted.draft.product_id}")
                for wanted in batch
            ]
        return [
            Registered(_record(one.movement, names, wanted.username), one.replayed)
            if isinstance(one, Appended)
            else one
            for wanted, one in zip(batch, outcomes, strict=True)
        ]


def _record(movement: Movement, names: dict[int, str], username: str) -> EntryRecord:
    return EntryRecord(
        movement.sequence,
        movement.id,
        movement.product_id,
        names[movement.product_id],
        movement.quantity,
        username,
        movement.recorded_at,
        movement.hash,
    )
