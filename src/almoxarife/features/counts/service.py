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
from almoxarife.features.counts.rules import Count, State
from almoxarife.features.counts.scope import Scope
from almoxarife.features.counts.survey import Found, Survey
from almoxarife.features.counts.telling import Counted, Telling
from almoxarife.features.locations import rules as places
from almoxarife.features.locations.service import Locations
from almoxarife.features.movements.rules import check_id
from almoxarife.features.products.service import Products
from almoxarife.identity import Identity
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
    """A count with the names of place, category and people, and what was found where that was asked for.

    ``products``: how many it is about, None for all.
    """

    row: Count
    place_name: str | None
    category_path: Sequence[str]
    people: Mapping[int, str]
    products: int | None
    found: Found | None = None


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
        self._audit = audit
        self._survey = survey
        self._counting = counting
        self._classes = classes
        self._telling = Telling(products, locations, accounts)

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
            return self._telling.with_total(connection, row, line), known

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
            return self._telling.told(connection, row, found)

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
        paths = self._categories.paths(connection) if row.category is not None else {}
        return Shown(
            row,
            every[row.place].name if row.place is not None else None,
            paths[row.category] if row.category is not None else (),
            self._telling.people(),
            len(store.products(connection, row.number)) if row.listed else None,
            found,
        )


def changed_rows(connection: Connection) -> list[str]:
    """Return the names of lines that are not as they were written, within the caller's transaction."""
    return [
        f"c{line.count_id}/{line.number}"
        for line, written in store.rows(connection)
        if rules.line_checksum(line) != written
    ]
