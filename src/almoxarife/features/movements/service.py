"""What can be done with movements. Owns the transactions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple
from uuid import uuid4

from sqlalchemy import Connection

from almoxarife.clock import now_us
from almoxarife.contract.codes import ScanRequest
from almoxarife.contract.movement_requests import PLAIN_FIELDS, EntryRequest
from almoxarife.contract.movements import Beside, EntryRecord
from almoxarife.errors import DomainError, in_row
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.locations.rules import number_of_location
from almoxarife.features.lots.rules import number_of as number_of_lot
from almoxarife.features.movements import rules, store
from almoxarife.features.movements.acknowledging import acknowledged, shown_beside
from almoxarife.features.movements.adjusting import wanted_of
from almoxarife.features.movements.latest import LatestRows
from almoxarife.features.movements.reading import LINES, Reader
from almoxarife.features.movements.recent_head import RecentHead
from almoxarife.features.movements.stock_rules import kind_of
from almoxarife.features.movements.wanted import Wanted
from almoxarife.features.movements.writing import Others, usual_others, write
from almoxarife.features.products.rules import Facts, ProductNotFound, number_of
from almoxarife.features.products.service import Products
from almoxarife.features.units.rules import NoDecimals
from almoxarife.hurry import may_take_long
from almoxarife.identity import Identity
from almoxarife.ledger.rules import DEFAULT_LOCATION, SUPPLIER_LOCATION, Draft, Kind
from almoxarife.ledger.store import HEAD, Appended, read_head
from almoxarife.pending import Pending
from almoxarife.storage.database import Database
from almoxarife.storage.group_commit import GroupCommit

# A reader who is slow to take a page keeps it in memory for so long; larger ones are not read any faster.
_PAGE = 250
# So many rows are read and written as JSON in less than a millisecond.
_SHORT_PAGE = 100
# A batch shares its transaction, its look-ups by 500 keys, and its fsync.
_LARGEST_BATCH = 500
_PLAIN_WITHOUT_ID = PLAIN_FIELDS - {"id"}


class Registered(NamedTuple):
    """An entry that is on disk; ``replayed`` when an earlier request with the same id wrote it."""

    record: EntryRecord
    replayed: bool


class Filter(NamedTuple):
    """Which movements are asked for, as the wire names them; None: whichever."""

    username: str | None = None
    kind: str | None = None
    location_id: str | None = None
    product_id: str | None = None
    lot_id: str | None = None


EVERYTHING = Filter()


class Totals(NamedTuple):
    """Sums of the entries since an instant, up to and including ``sequence``; quantity in 1/10,000."""

    totals: store.Totals
    sequence: int


class Listing:
    """Reading entries back."""

    def __init__(self, database: Database, accounts: Accounts) -> None:
        self._database = database
        self._accounts = accounts

    def following(self, after: int, limit: int, wanted: Filter = EVERYTHING) -> list[EntryRecord]:
        """Return the next entries after a sequence, oldest first. Raises CursorAhead, InvalidField."""
        # The ledger only grows: what follows need not be read in the same state as its end.
        head = self._recent_head()
        if after > head:
            head = self._head()
        if after > head:
            raise rules.CursorAhead(head=head)
        if after == head:
            return []
        # What is narrowed may have to be looked for in the whole ledger.
        if wanted != EVERYTHING or (head - after > _SHORT_PAGE and limit > _SHORT_PAGE):
            may_take_long()
        return store.following(
            self._database, after=after, how_many=limit, conditions=self._conditions(wanted)
        )

    def latest(self, how_many: int, wanted: Filter = EVERYTHING) -> list[EntryRecord]:
        """Return the newest entries, oldest first. Raises InvalidField."""
        return store.latest(self._database, how_many, self._conditions(wanted))

    def everything(self, wanted: Filter = EVERYTHING) -> Iterator[list[EntryRecord]]:
        """Yield every entry there is now, oldest first, page by page, each page in a snapshot of its own.

        No transaction stays open between two pages: a slow reader must not keep the database's log from
        being trimmed. The ledger only grows, so the pages together are the state at the first of them.
        """
        head, conditions = self._head(), self._conditions(wanted)
        after = 0
        while after < head:
            page = store.following(self._database, after=after, how_many=_PAGE, conditions=conditions)
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

    def _conditions(self, wanted: Filter) -> store.Conditions:
        """Return what a filter means. Raises InvalidField, ProductNotFound, PlaceNotFound, LotNotFound."""
        if wanted == EVERYTHING:
            return store.ALL
        found: dict[str, int] = {}
        if wanted.kind is not None:
            found["kind"] = int(kind_of(wanted.kind))
        if wanted.location_id is not None:
            found["location"] = number_of_location(wanted.location_id)
        if wanted.lot_id is not None:
            found["lot"] = number_of_lot(wanted.lot_id, "lote")
        if wanted.product_id is not None:
            number = number_of(wanted.product_id)
            if number is None:
                raise ProductNotFound(product_id=wanted.product_id)
            found["product"] = number
        if wanted.username is not None:
            with self._database.snapshot() as connection:
                account_id = self._accounts.number_of(connection, wanted.username)
            assert account_id is not None
            found["account_id"] = account_id
        return found


class Movements(Listing):
    """Registering movements, and reading them back."""

    def __init__(
        self, database: Database, products: Products, accounts: Accounts, others: Others | None = None
    ) -> None:
        """``others``: the features that movements touch; None for those of a shop with nothing set."""
        super().__init__(database, accounts)
        others = others or usual_others(database, products, accounts)
        self._others = others
        self._reader = Reader(others.products, others.partners, others.lots, others.reasons, others.codes)
        self._latest = LatestRows(database)
        self._end = RecentHead(self._head, lambda: database.commits)
        self._writer: GroupCommit[Wanted, Registered] = GroupCommit(
            self._commit, largest_batch=_LARGEST_BATCH
        )

    def register_entry(
        self, who: Identity, *, client_id: str | None, product_id: str, quantity: Decimal
    ) -> Registered:
        """Record that a quantity of a product came in, and wait until it is on disk.

        The same ``client_id`` with the same content gives the stored entry again.
        Raises InvalidField, ProductNotFound, ProductInactive, ProductMerged, IdConflict, BalanceOutOfBounds,
        Unavailable.
        """
        return self._writer.submit(self._entry(who, client_id, product_id, quantity))

    def register(self, who: Identity, body: EntryRequest) -> Registered:
        """Record a movement of any kind, and wait until it is on disk.

        Raises what ``begin`` and its outcome raise.
        """
        return self.begin(who, body).result()

    def begin(self, who: Identity, body: EntryRequest) -> Pending[Registered]:
        """Begin to record a movement of any kind; the outcome is there when it is on disk.

        The same id with the same content gives the stored movement again. Raises InvalidField, Forbidden, Unavailable,
        and, itself or as the outcome, the refusals of the ledger and of what the movement names: product, places, lot,
        reason, reservation.
        """
        return self._writer.hand_in(self.wanted(who, body))

    def register_scan(self, who: Identity, body: ScanRequest) -> list[Registered]:
        """Record all that one scan stands for, together or not at all, and wait until it is on disk.

        The same id with the same content gives the stored movements again. Raises what ``register`` raises and what
        ``CodeReader.read`` raises; of a kit each refusal names the line.
        """
        with self._database.snapshot() as connection:
            batch = self._reader.read_scan(connection, who, body, now_us())
        with self._database.unit_of_work() as connection:
            outcomes, facts = write(connection, self._others, batch, now_us())
            for place, one in enumerate(outcomes):
                if isinstance(one, DomainError):
                    raise in_row(one, LINES, place) if len(batch) > 1 else one
            besides = shown_beside(connection, batch, outcomes)
        return [
            self._registered(wanted, one, facts, besides)
            for wanted, one in zip(batch, outcomes, strict=True)
            if isinstance(one, Appended)
        ]

    def wanted(self, who: Identity, body: EntryRequest) -> Wanted:
        """Return what a request asks for, ready to be written."""
        plain = body.model_fields_set in (PLAIN_FIELDS, _PLAIN_WITHOUT_ID)
        if plain and (body.quantity <= 0 or body.quantity == body.quantity.to_integral_value()):
            return self._entry(who, body.id, body.product_id, body.quantity)
        try:
            return self._read(who, body)
        except (ProductNotFound, NoDecimals):
            if plain:
                # Parts of what is only counted whole are refused as they always were.
                return self._entry(who, body.id, body.product_id, body.quantity)
            raise

    def _read(self, who: Identity, body: EntryRequest) -> Wanted:
        with self._database.snapshot() as connection:
            return self._reader.read(connection, who, body, now_us())

    def adjust(
        self, connection: Connection, who: Identity, adjustments: Sequence[rules.Adjustment], now: int
    ) -> list[Appended | DomainError]:
        """Make balances right, in order, within the caller's transaction; what is refused is not written.

        The ledger must be held. The outcome of each is the movement, or the refusal of the ledger or of product,
        place or lot.
        """
        batch = [wanted_of(who, one) for one in adjustments]
        return write(connection, self._others, batch, now)[0] if batch else []

    def latest_json(self, how_many: int) -> str:
        """Return the newest entries of everybody as JSON, oldest first."""
        return self._latest.newest(how_many)

    def close(self) -> None:
        """Finish what waits to be written and refuse the rest."""
        self._writer.close()

    def _recent_head(self) -> int:
        return self._end.get()

    def _entry(self, who: Identity, client_id: str | None, product_id: str, quantity: Decimal) -> Wanted:
        """Return a plain entry, as the first version's programs send it."""
        movement_id = rules.check_id(client_id) if client_id is not None else uuid4().bytes
        number = number_of(product_id)
        units = rules.check_entry_quantity(quantity)
        if number is None:
            raise ProductNotFound(product_id=product_id)
        draft = Draft(
            movement_id, Kind.ENTRY, number, SUPPLIER_LOCATION, DEFAULT_LOCATION, units, who.account_id
        )
        return Wanted(draft, who.username)

    def _commit(self, batch: Sequence[Wanted]) -> Sequence[Registered | Exception]:
        """Write a batch in one transaction; who is refused is refused alone."""
        with self._database.unit_of_work() as connection:
            # What is shown beside a movement that was there already is in nothing that a plain entry changes.
            outcomes, facts = write(connection, self._others, batch, now_us(), last=True)
            besides = shown_beside(connection, batch, outcomes)
        return [
            self._registered(wanted, one, facts, besides) if isinstance(one, Appended) else one
            for wanted, one in zip(batch, outcomes, strict=True)
        ]

    @staticmethod
    def _registered(
        wanted: Wanted, one: Appended, facts: Mapping[int, Facts], besides: Mapping[int, Beside]
    ) -> Registered:
        movement = one.movement
        beside = besides.get(movement.sequence)
        record = acknowledged(movement, facts[movement.product_id].name, wanted.username, beside)
        return Registered(record, one.replayed)
