"""A batch of requests becomes rows of the ledger, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from almoxarife.errors import DomainError
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.codes.service.printed import PrintedReader
from almoxarife.features.codes.service.reading import CodeReader
from almoxarife.features.locations import rules as places
from almoxarife.features.locations.service import Locations
from almoxarife.features.lots.rules import LotRequired
from almoxarife.features.lots.service import Lots
from almoxarife.features.movements.wanted import More, Wanted
from almoxarife.features.partners.service import Partners
from almoxarife.features.products.rules import BY_SERIAL, NO_TRACKING, Facts, ProductNotFound
from almoxarife.features.products.service import Products
from almoxarife.features.reasons.service import Reasons
from almoxarife.features.reservations.rules import ReservationNotFound
from almoxarife.features.reservations.service import Reservations
from almoxarife.ledger.bulk import find
from almoxarife.ledger.rules import NOTHING, Draft
from almoxarife.ledger.rules_guard import USUAL, Terms
from almoxarife.ledger.store import Appended, append, hold, open_batch
from almoxarife.storage.database import Database


class Others(NamedTuple):
    """The features that a movement touches; ``allow_negative`` tells whether the shop may owe goods."""

    products: Products
    partners: Partners
    locations: Locations
    lots: Lots
    reasons: Reasons
    reservations: Reservations
    codes: CodeReader
    allow_negative: Callable[[Connection], bool]


def usual_others(database: Database, products: Products, accounts: Accounts) -> Others:
    """Return the features that movements touch, in a shop that owes no goods."""
    locations, partners, lots = Locations(database), Partners(database), Lots(database, products)
    return Others(
        products,
        partners,
        locations,
        lots,
        Reasons(database),
        Reservations(database, products, accounts, locations),
        CodeReader(
            products, partners, PrintedReader(products, locations, lots), masks=lambda _connection: ""
        ),
        allow_negative=lambda _connection: False,
    )


def write(
    connection: Connection, others: Others, batch: Sequence[Wanted], now: int, *, last: bool = False
) -> tuple[list[Appended | DomainError], Mapping[int, Facts]]:
    """Write a batch in order and return what became of each request, and the facts of its products.

    Who is refused is refused alone. Plain entries ask for nothing but their products, which are remembered.
    ``last``: nothing that these movements change is asked, and nothing else is written, within this unit of work.
    """
    everything = [wanted.draft for wanted in batch]
    plain = all(wanted.more is None for wanted in batch)
    opening = None
    # First of all: whoever waits for the ledger is told what is true when it is his turn.
    if plain:
        opening = open_batch(connection, everything, others.products.STATE)
    else:
        hold(connection)
    state = opening.beside[0][0] if opening is not None else None
    facts = others.products.facts(connection, {draft.product_id for draft in everything}, state)
    refusals = _refusals_by_product(connection, others.products, batch, facts)
    if plain and not refusals:
        # Nearly every batch.
        return append(connection, everything, now, opening=opening, last=last), facts
    drafts = {place: wanted.draft for place, wanted in enumerate(batch) if place not in refusals}
    rich = {place: more for place in drafts if (more := batch[place].more) is not None}
    preparation = _Preparation(connection, others, drafts, facts, now) if rich else None
    if preparation is not None:
        for place, more in rich.items():
            refusal = preparation.take(place, more)
            if refusal is not None:
                refusals[place] = refusal
                del drafts[place]
    terms = preparation.terms() if preparation is not None else USUAL
    done = append(connection, list(drafts.values()), now, terms) if drafts else []
    outcomes = dict(zip(drafts, done, strict=True))
    if preparation is not None:
        preparation.finish(outcomes)
    return [refusals.get(place) or outcomes[place] for place in range(len(batch))], facts


def _refusals_by_product(
    connection: Connection, products: Products, batch: Sequence[Wanted], facts: Mapping[int, Facts]
) -> dict[int, DomainError]:
    """Return which of a batch, by place, cannot be written for their product's sake.

    What is there already may be asked for again: a repeated request is never turned down by what came after.
    """
    refusals: dict[int, DomainError] = {}
    unusual = {}
    for place, wanted in enumerate(batch):
        found = facts.get(wanted.draft.product_id)
        if found is None:
            refusals[place] = ProductNotFound(product_id=f"p{wanted.draft.product_id}")
        elif (
            not found.active
            or found.merged_into is not None
            or (wanted.more is None and found.tracking != NO_TRACKING)
        ):
            unusual[place] = wanted
    if unusual:
        blocked = products.blocked(connection, {wanted.draft.product_id for wanted in unusual.values()})
        there = find(connection, [wanted.draft.id for wanted in unusual.values()])
        for place, wanted in unusual.items():
            product = wanted.draft.product_id
            field = "serie" if facts[product].tracking == BY_SERIAL else "lote"
            if wanted.draft.id not in there:
                refusals[place] = blocked.get(product) or LotRequired(field=field)
    return refusals


class _Preparation:
    """What requests that are no plain entries need to be true before they are judged by the ledger."""

    def __init__(
        self,
        connection: Connection,
        others: Others,
        drafts: dict[int, Draft],
        facts: Mapping[int, Facts],
        now: int,
    ) -> None:
        # From here on nobody gives up a place, makes a lot or reserves anything meanwhile.
        hold(connection)
        self._connection = connection
        self._others = others
        self._drafts = drafts
        self._facts = facts
        self._now = now
        self._places = others.locations.all(connection)
        self._held = others.reservations.held(
            connection, {draft.product_id for draft in drafts.values()}, now
        )
        self._made: set[int] = set()
        # By the place in the batch: which reservation is used, and how much of it was held.
        self._used: dict[int, tuple[int, int]] = {}

    def take(self, place: int, more: More) -> DomainError | None:
        """Complete the draft of a request, or return why it is refused."""
        if more.known:
            return None
        try:
            for field, number in more.places:
                places.require(self._places, number, field)
            self._use_reservation(place, more)
            self._name_lot(place, more)
        except DomainError as refusal:
            return refusal
        return None

    def terms(self) -> Terms:
        """Return on which terms the batch is judged."""
        lots = {
            draft.detail.lot_id
            for draft in self._drafts.values()
            if draft.detail is not None
            and draft.detail.lot_id is not None
            and self._facts[draft.product_id].tracking == BY_SERIAL
        }
        return Terms(
            allow_negative=self._others.allow_negative(self._connection),
            reserved=self._held,
            serials=frozenset(lots),
            released={self._drafts[place].id: held for place, (_number, held) in self._used.items()},
        )

    def finish(self, outcomes: Mapping[int, Appended | DomainError]) -> None:
        """End the reservations whose goods went out, and take back lots that nobody needs after all."""
        done = {place: one for place, one in outcomes.items() if isinstance(one, Appended)}
        for place, (number, _held) in self._used.items():
            if place in done:
                self._others.reservations.use(self._connection, number, self._now)
        unneeded = self._made - {one.detail.lot_id for one in done.values() if one.detail is not None}
        if unneeded:
            self._others.lots.drop(self._connection, sorted(unneeded))

    def _use_reservation(self, place: int, more: More) -> None:
        if more.reservation is None:
            return
        draft = self._drafts[place]
        reservation_id = f"r{more.reservation}"
        reservation = self._others.reservations.require(self._connection, reservation_id, self._now)
        used = {number for number, _held in self._used.values()}
        there = (reservation.product_id, reservation.place)
        if there != (draft.product_id, draft.from_location) or reservation.number in used:
            raise ReservationNotFound(reservation_id=reservation_id)
        self._used[place] = reservation.number, reservation.quantity

    def _name_lot(self, place: int, more: More) -> None:
        if more.lot is None:
            return
        draft = self._drafts[place]
        lot, made = self._others.lots.ensure(self._connection, draft.product_id, more.lot, self._now)
        if made:
            self._made.add(lot.number)
        detail = (draft.detail or NOTHING)._replace(lot_id=lot.number)
        self._drafts[place] = draft._replace(detail=detail)
