"""From what somebody says that he saw to a line of a count."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import Connection

from almoxarife.clock import now_us
from almoxarife.errors import InvalidField
from almoxarife.features.accounts.rules import Forbidden
from almoxarife.features.counts import rules, stock_store, store
from almoxarife.features.counts.rules import Count, Decision, Line, State
from almoxarife.features.counts.scope import scope_of
from almoxarife.features.counts.survey import Survey
from almoxarife.features.locations import rules as places
from almoxarife.features.locations.service import Locations
from almoxarife.features.lots import rules as lot_rules
from almoxarife.features.lots.service import Lots
from almoxarife.features.movements.rules import check_id
from almoxarife.features.products.rules import BY_SERIAL, NO_TRACKING, Facts, ProductNotFound
from almoxarife.features.products.rules import number_of as number_of_product
from almoxarife.features.products.service import Products
from almoxarife.identity import Identity, Role, reaches
from almoxarife.ledger.rules import DEFAULT_LOCATION, QUANTITY_SCALE
from almoxarife.ledger.rules_numbers import units_of


class LineWish(NamedTuple):
    """What somebody saw, as the wire names it; ``lot``: the number on it."""

    client_id: str | None = None
    product_id: str | None = None
    text: str | None = None
    quantity: Decimal | None = None
    unit: str | None = None
    place_id: str | None = None
    lot: str | None = None
    lot_id: str | None = None
    serial: str | None = None
    replaces: str | None = None
    void: bool = False
    recount: bool = False


class Counting:
    """Makes lines, each within the caller's transaction, in which the count is held."""

    def __init__(self, products: Products, locations: Locations, lots: Lots, survey: Survey) -> None:
        self._products = products
        self._locations = locations
        self._lots = lots
        self._survey = survey

    def add(
        self, connection: Connection, who: Identity, count: Count, wish: LineWish, client_id: bytes
    ) -> tuple[Line, bool]:
        """Add a line; return it, and whether it was there already. Raises what ``Counts.count`` raises."""
        corrected = self._corrected(connection, wish)
        line = self._said(connection, who, count, wish, client_id, corrected)
        known = store.line_by_id(connection, client_id)
        if known is not None:
            if not known.says_the_same_as(line):
                raise rules.CountIdConflict(id=wish.client_id)
            return known, True
        line = self._judged(connection, who, count, line, corrected)
        store.add_line(connection, line, rules.line_checksum(line))
        return line, False

    def _corrected(self, connection: Connection, wish: LineWish) -> Line | None:
        if wish.replaces is None:
            if wish.void:
                raise InvalidField(field="substitui", reason="missing")
            return None
        line = store.line_by_id(connection, check_id(wish.replaces, "substitui"))
        if line is None:
            raise rules.LineNotFound(line=wish.replaces)
        return line

    def _said(
        self,
        connection: Connection,
        who: Identity,
        count: Count,
        wish: LineWish,
        client_id: bytes,
        corrected: Line | None,
    ) -> Line:
        """Return what somebody saw, as a line that nobody has judged yet."""
        place = count.place if count.place is not None else DEFAULT_LOCATION
        if wish.place_id is not None:
            place = places.number_of(wish.place_id)
        elif corrected is not None:
            place = corrected.place
        product, text, lot, units = self._what(connection, wish)
        return Line(
            count.number,
            0,
            client_id,
            product,
            text,
            place,
            lot,
            units,
            who.account_id,
            now_us(),
            0,
            0,
            corrected.round if corrected is not None else int(wish.recount),
            corrected.number if corrected is not None else None,
        )

    def _what(self, connection: Connection, wish: LineWish) -> tuple[int | None, str | None, str | None, int]:
        if wish.void:
            return None, rules.VOID, None, 0
        if wish.quantity is None:
            raise InvalidField(field="quantidade", reason="missing")
        if wish.quantity < 0:
            raise InvalidField(field="quantidade", reason="negative")
        if wish.text is not None:
            if wish.product_id is not None:
                raise InvalidField(field="texto", reason="not_together", other="produto_id")
            return None, rules.check_text(wish.text), None, units_of(wish.quantity)
        if wish.product_id is None:
            raise InvalidField(field="produto_id", reason="missing")
        number = number_of_product(wish.product_id)
        facts = self._products.facts(connection, [number]).get(number) if number is not None else None
        if number is None or facts is None:
            raise ProductNotFound(product_id=wish.product_id)
        units = self._products.to_stock_unit(facts, wish.unit, wish.quantity)
        lot = self._lot(connection, wish, number, facts)
        if facts.tracking == BY_SERIAL and units not in (0, QUANTITY_SCALE):
            raise lot_rules.OneOfASerial()
        return number, None, lot, units

    def _lot(self, connection: Connection, wish: LineWish, product: int, facts: Facts) -> str | None:
        named = [
            field
            for field, value in (("lote", wish.lot), ("lote_id", wish.lot_id), ("serie", wish.serial))
            if value is not None
        ]
        usual = "serie" if facts.tracking == BY_SERIAL else "lote"
        if not named:
            if facts.tracking != NO_TRACKING:
                raise lot_rules.LotRequired(field=usual)
            return None
        field = named[0]
        if len(named) > 1:
            raise InvalidField(field=field, reason="not_together", other=", ".join(named[1:]))
        if facts.tracking == NO_TRACKING or field not in ("lote_id", usual):
            raise lot_rules.LotNotTracked(field=field)
        if wish.lot_id is not None:
            return self._lots.require(connection, product, wish.lot_id).text
        if wish.serial is not None:
            return lot_rules.check_number(wish.serial, "serie")
        return lot_rules.check_number(wish.lot or "", "lote.numero")

    def _judged(
        self, connection: Connection, who: Identity, count: Count, line: Line, corrected: Line | None
    ) -> Line:
        """Return a line with its instant, if it may be added."""
        resolves = corrected is not None and corrected.product is None and corrected.quantity > 0
        if corrected is not None:
            self._require_correctable(connection, who, count, corrected)
        if not (resolves and count.state == State.REVIEW):
            rules.require_lines(count, recount=line.round > 0)
        elif not reaches(who.role, Role.MANAGER):
            raise Forbidden(least=Role.MANAGER, own=who.role)
        self._require_inside(connection, count, line)
        if line.round and corrected is None:
            line = line._replace(round=self._recount_round(connection, who, line))
        number = store.next_line(connection, count.number)
        if line.key is None:
            sequence, _nothing = stock_store.at_head(connection, 0, 0)
            return line._replace(number=number, sequence=sequence)
        if resolves:
            # It was seen when it was scanned.
            assert corrected is not None
            expected = self._survey.expected_at(connection, line.key, corrected.sequence)
            return line._replace(number=number, sequence=corrected.sequence, expected=expected)
        sequence, expected = self._survey.expected(connection, line.key)
        return line._replace(number=number, sequence=sequence, expected=expected)

    def _require_correctable(
        self, connection: Connection, who: Identity, count: Count, corrected: Line
    ) -> None:
        taken = store.replaced(connection, count.number, corrected.number)
        if corrected.count_id != count.number or taken or corrected.text == rules.VOID:
            raise rules.LineNotFound(line=f"nº {corrected.number}")
        if corrected.account != who.account_id and not reaches(who.role, Role.MANAGER):
            raise Forbidden(least=Role.MANAGER, own=who.role)

    def _require_inside(self, connection: Connection, count: Count, line: Line) -> None:
        scope = scope_of(connection, self._locations, count._replace(listed=False))
        place = places.require(scope.locations, line.place, "local_id")
        if line.place not in scope.places:
            raise rules.PlaceOutsideCount(name=place.name)
        if line.product is None:
            return
        blocked = self._products.blocked(connection, [line.product]).get(line.product)
        if blocked is not None:
            raise blocked
        if count.listed and not store.is_about(connection, count.number, line.product):
            raise rules.OutsideCount(name=self._name(connection, line.product))

    def _recount_round(self, connection: Connection, who: Identity, line: Line) -> int:
        """Return which recount a line belongs to. Raises RecountNotAsked, RecountByAnother."""
        if line.key is None or line.product is None:
            raise InvalidField(field="produto_id", reason="missing")
        asked = [one for one in store.reviews(connection, line.count_id) if one.key == line.key]
        if not asked or asked[-1].decision != Decision.RECOUNT:
            raise rules.RecountNotAsked(name=self._name(connection, line.product))
        before = {
            one.account
            for one in store.lines_of_product(connection, line.count_id, line.product)
            if one.key == line.key and one.round < asked[-1].round
        }
        if who.account_id in before:
            raise rules.RecountByAnother(name=self._name(connection, line.product))
        return asked[-1].round

    def _name(self, connection: Connection, product: int) -> str:
        return self._products.names(connection, [product])[product]
