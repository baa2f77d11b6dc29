"""Opening a count, counting, closing it. Owns the transactions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple
from uuid import uuid4

from sqlalchemy import Connection

from almoxarife.clock import now_us
from almoxarife.errors import InvalidField
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.audit.service import Audit
from almoxarife.features.categories.service import Categories
from almoxarife.features.counts import calendar_rules, rules, scope, stock_store, store
from almoxarife.features.counts.counting import Counting, LineWish
from almoxarife.features.counts.rules import Count, Line, State
from almoxarife.features.counts.scope import Scope
from almoxarife.features.counts.survey import Found, Survey
from almoxarife.features.locations import rules as places
from almoxarife.features.locations.service import Locations
from almoxarife.features.movements.rules import check_id
from almoxarife.features.products.rules import BY_SERIAL
from almoxarife.features.products.service import Products
from almoxarife.identity import Identity
from almoxarife.ledger.rules import QUANTITY_SCALE
from almoxarife.storage.database import Database

_PAGE = 1_000


class CountWish(NamedTuple):
    """What is to be counted, as the wire names it."""

    client_id: str | None = None
    place_id: str | None = None
    category_id: str | None = None
    abc: str | None = None
    product_ids: Sequence[str] | None = None
    blind: bool = False
    note: str | None = None


class Shown(NamedTuple):
    """A count with the names of place and people, and what was found where that was asked for.

    ``products``: how many it is about, None for all.
    """

    row: Count
    place_name: str | None
    people: Mapping[int, str]
    products: int | None
    found: Found | None = None


class Counted(NamedTuple):
    """A line, with the names of product, place and person; ``total`` of its item, in 1/10,000.

    ``twice``: another line has the same serial number.
    """

    line: Line
    row: Count
    product_name: str | None
    place_name: str
    username: str
    total: int = 0
    twice: bool = False


class Counts:
    """Counts of what is on the shelves, while people count."""

    def __init__(
        self,
        database: Database,
        products: Products,
        categories: Categories,
        locations: Locations,
        accounts: Accounts,
        audit: Audit,
        *,
        survey: Survey,
        counting: Counting,
        classes: Callable[[], Mapping[int, str]],
    ) -> None:
        """``classes``: tells the ABC class of products."""
        self._database = database
        self._products = products
        self._categories = categories
        self._locations = locations
        self._accounts = accounts
        self._audit = audit
        self._survey = survey
        self._counting = counting
        self._classes = classes

    def open(self, who: Identity, wish: CountWish) -> tuple[Shown, bool]:
        """Begin a count; return it, and whether an earlier request has done so.

        Raises InvalidField, CountOverlaps, NothingToCount, CountIdConflict, and the refusals of places, categories and
        products.
        """
        client_id = check_id(wish.client_id) if wish.client_id is not None else uuid4().bytes
        note = rules.check_note(wish.note)
        place = places.number_of(wish.place_id) if wish.place_id is not None else None
        named = [
            field
            for field, value in (
                ("categoria_id", wish.category_id),
                ("classe", wish.abc),
                ("produtos", wish.product_ids),
            )
            if value is not None
        ]
        if len(named) > 1:
            raise InvalidField(field=named[0], reason="not_together", other=", ".join(named[1:]))
        outside = self._listed_outside(wish)
        with self._database.unit_of_work() as connection:
            self._database.lock_table(connection, "stock_count")
            category = scope.number_of_category(connection, self._categories, wish.category_id)
            listed = outside
            if wish.product_ids is not None:
                listed = scope.of_ids(connection, self._products, wish.product_ids)
            row = Count(
                store.next_number(connection),
                client_id,
                State.OPEN,
                place,
                category,
                wish.abc,
                listed is not None,
                wish.blind,
                note,
                who.account_id,
                now_us(),
            )
            known = store.by_client_id(connection, client_id)
            if known is not None:
                self._require_same(connection, known, row, wish, listed)
                row = known
            else:
                self._add(connection, row, listed, named)
            shown = self._shown(connection, row, detailed=True)
        return shown, known is not None

    def get(self, count_id: str) -> Shown:
        """Return a count with what was found. Raises CountNotFound."""
        number = rules.number_of(count_id)
        with self._database.snapshot() as connection:
            return self._shown(connection, self._require(connection, number), detailed=True)

    def listing(self, states: Sequence[State], before: str | None, limit: int) -> list[Shown]:
        """Return counts in some states, newest first, those before another one. Raises CountNotFound."""
        number = rules.number_of(before) if before is not None else None
        with self._database.snapshot() as connection:
            return [
                self._shown(connection, row, detailed=False)
                for row in store.listing(connection, states, number, limit)
            ]

    def count(self, who: Identity, count_id: str, wish: LineWish) -> tuple[Counted, bool]:
        """Add a line; return it, and whether an earlier request has done so.

        Raises InvalidField, Forbidden, the refusals of ``counts.rules``, and those of product, place, unit and lot.
        """
        number = rules.number_of(count_id)
        client_id = check_id(wish.client_id) if wish.client_id is not None else uuid4().bytes
        with self._database.unit_of_work() as connection:
            row = self._require(connection, number, hold=True)
            line, known = self._counting.add(connection, who, row, wish, client_id)
            [counted] = self._with_names(connection, row, [line])
            total, twice = self._sums(connection, line)
        return counted._replace(total=total, twice=twice), known

    def lines(
        self, count_id: str, *, after: int, latest: int | None, limit: int, unknown: bool
    ) -> list[Counted]:
        """Return lines of a count in order: after a number, or the newest; or only what nobody resolved.

        Raises CountNotFound.
        """
        number = rules.number_of(count_id)
        with self._database.snapshot() as connection:
            row = self._require(connection, number)
            found = store.page(
                connection, number, after, latest or limit, newest=latest is not None, unknown=unknown
            )
            return self._with_names(connection, row, found)

    def close(self, who: Identity, count_id: str) -> Shown:
        """Let nothing more be counted, so that differences can be looked at; once closed it stays so.

        Raises CountNotFound, CountConfirmed, CountCancelled.
        """
        number = rules.number_of(count_id)
        with self._database.unit_of_work() as connection:
            row = self._require(connection, number, hold=True)
            rules.require_unfinished(row)
            if row.state == State.OPEN:
                sequence, _nothing = stock_store.at_head(connection, 0, 0)
                row = row._replace(state=State.REVIEW, closed_at=now_us(), closed_at_sequence=sequence)
                store.replace(connection, row)
                self._audit.write(connection, who, rules.CLOSED, row.id)
            return self._shown(connection, row, detailed=True)

    def _listed_outside(self, wish: CountWish) -> set[int] | None:
        """Return the products of a category or class, read before anybody is kept waiting."""
        if wish.category_id is not None:
            return scope.of_category(self._products, wish.category_id)
        if wish.abc is not None:
            name = calendar_rules.check_class(wish.abc)
            return {product for product, abc in self._classes().items() if abc == name}
        return None

    def _add(self, connection: Connection, row: Count, listed: set[int] | None, named: Sequence[str]) -> None:
        every = self._locations.all(connection)
        if row.place is not None:
            places.require(every, row.place, "local_id")
        if listed is not None:
            scope.require_some(listed, named[0])
        scope.require_free(connection, Scope(scope.places_of(every, row.place), listed, every))
        store.add(connection, row, sorted(listed or ()))

    def _require_same(
        self, connection: Connection, known: Count, row: Count, wish: CountWish, listed: set[int] | None
    ) -> None:
        """Refuse to open another count under the same id; which products a class has may have changed since."""
        if known._replace(**{name: getattr(row, name) for name in ("number", "state", "created_at")})[
            :11
        ] != row[:11] or (
            wish.product_ids is not None and store.products(connection, known.number) != listed
        ):
            raise rules.CountIdConflict(id=wish.client_id)

    def _require(self, connection: Connection, number: int, *, hold: bool = False) -> Count:
        row = store.get(connection, number, hold=hold)
        if row is None:
            raise rules.CountNotFound(count_id=f"c{number}")
        return row

    def _shown(self, connection: Connection, row: Count, *, detailed: bool) -> Shown:
        found = self._survey.of(connection, row) if detailed else None
        every = self._locations.all(connection) if row.place is not None else {}
        return Shown(
            row,
            every[row.place].name if row.place is not None else None,
            self._people(),
            len(store.products(connection, row.number)) if row.listed else None,
            found,
        )

    def _with_names(self, connection: Connection, row: Count, lines: Sequence[Line]) -> list[Counted]:
        names = self._products.names(connection, {line.product for line in lines if line.product is not None})
        every, people = self._locations.all(connection), self._people()
        return [
            Counted(
                line,
                row,
                names[line.product] if line.product is not None else None,
                every[line.place].name,
                people[line.account],
            )
            for line in lines
        ]

    def _sums(self, connection: Connection, line: Line) -> tuple[int, bool]:
        """Return what was counted of a line's item so far, and whether its serial number was seen before."""
        if line.product is None:
            return line.quantity, False
        corrected = store.corrected(connection, line.count_id, line.product)
        own = [
            one
            for one in store.lines_of_product(connection, line.count_id, line.product)
            if one.number not in corrected and one.round == line.round and one.lot == line.lot
        ]
        serial = self._products.facts(connection, [line.product])[line.product].tracking == BY_SERIAL
        total = sum(one.quantity for one in own if one.place == line.place)
        twice = serial and sum(one.quantity > 0 for one in own) > 1
        return min(total, QUANTITY_SCALE) if serial else total, twice

    def _people(self) -> dict[int, str]:
        return {account.id: account.username for account in self._accounts.listing()}


def changed_rows(connection: Connection) -> list[str]:
    """Return the names of lines that are not as they were written, within the caller's transaction."""
    return [
        f"c{line.count_id}/{line.number}"
        for line, written in store.rows(connection)
        if rules.line_checksum(line) != written
    ]
