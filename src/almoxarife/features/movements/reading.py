"""From what a client asks for to a draft of the ledger: what can be known before the transaction that writes it."""

from __future__ import annotations

from typing import NamedTuple
from uuid import uuid4

from sqlalchemy import Connection

from almoxarife.clock import day_of
from almoxarife.contract.codes import ScanRequest
from almoxarife.contract.movement_requests import EntryRequest
from almoxarife.errors import DomainError, InvalidField, in_row
from almoxarife.features.accounts.rules import Forbidden
from almoxarife.features.codes.service.reading import Asked, CodeReader
from almoxarife.features.locations.rules import number_of as number_of_place
from almoxarife.features.lots import rules as lot_rules
from almoxarife.features.lots.service import Lots, NewLot
from almoxarife.features.movements import rules, scanned, stock_rules, wanted
from almoxarife.features.movements.wanted import More, Wanted
from almoxarife.features.partners.rules import PartnerNotFound
from almoxarife.features.partners.rules import number_of as number_of_partner
from almoxarife.features.partners.service import Partners
from almoxarife.features.products.rules import BY_SERIAL, NO_TRACKING, Facts, ProductNotFound, number_of
from almoxarife.features.products.service import Products
from almoxarife.features.reasons.rules import number_of as number_of_reason
from almoxarife.features.reasons.service import Reasons
from almoxarife.identity import Identity, Role, reaches
from almoxarife.ledger.bulk import find
from almoxarife.ledger.details import details
from almoxarife.ledger.rules import (
    DEFAULT_LOCATION,
    NOTHING,
    OUTSIDE,
    QUANTITY_SCALE,
    RETURNED_BY,
    Draft,
    Kind,
)
from almoxarife.ledger.rules_guard import ReversalOfReversal

# The lines of a scan, as refusals name them.
LINES = "linhas"


class _Request(NamedTuple):
    """Who asks for what, when, and under which id; ``known``: something is there already under it."""

    who: Identity
    body: EntryRequest
    kind: Kind
    id: bytes
    now: int
    known: bool


class Reader:
    """Reads requests; each within the caller's transaction."""

    def __init__(
        self, products: Products, partners: Partners, lots: Lots, reasons: Reasons, codes: CodeReader
    ) -> None:
        self._products = products
        self._partners = partners
        self._lots = lots
        self._reasons = reasons
        self._codes = codes

    def read(self, connection: Connection, who: Identity, body: EntryRequest, now: int) -> Wanted:
        """Return what a request asks for. Raises InvalidField and the refusals of what it names."""
        kind = stock_rules.kind_of(body.kind)
        if body.code is None and kind != Kind.REVERSAL:
            _require_fields(body)
        movement_id = rules.check_id(body.id) if body.id is not None else uuid4().bytes
        # A repeated request is only compared: what has changed since must not turn it down.
        there = find(connection, [movement_id]).get(movement_id) if body.id is not None else None
        known = there is not None
        if body.code is not None:
            recorded = there.product_id if there is not None else None
            body = scanned.with_code(connection, self._codes, body, kind, recorded)
        request = _Request(who, body, kind, movement_id, now, known)
        if body.returns is not None:
            wanted.require_return(body, kind)
        if kind == Kind.REVERSAL:
            return self._reversal(connection, request)
        if body.reverses is not None:
            raise InvalidField(field="estorna", reason="not_for_kind", kind=stock_rules.WORDS[kind])
        if kind == Kind.ADJUSTMENT and not reaches(who.role, Role.MANAGER):
            raise Forbidden(least=Role.MANAGER, own=who.role)
        return self._usual(connection, request)

    def read_scan(self, connection: Connection, who: Identity, body: ScanRequest, now: int) -> list[Wanted]:
        """Return what a scan asks for, line by line.

        Raises what ``read`` and ``CodeReader.read`` raise; of a kit each refusal names the line.
        """
        first_id = scanned.line_id(body.id, 0)
        first = rules.check_id(first_id) if first_id is not None else None
        there = find(connection, [first]).get(first) if first is not None else None
        recorded = there.product_id if there is not None else None
        found = self._codes.read(connection, Asked(body.code, body.supplier_id, recorded=recorded))
        requests = scanned.requests_of(body, found)
        batch = []
        for place, request in enumerate(requests):
            try:
                batch.append(self.read(connection, who, request, now))
            except DomainError as refusal:
                raise in_row(refusal, LINES, place) if len(requests) > 1 else refusal from None
        return batch

    def _usual(self, connection: Connection, request: _Request) -> Wanted:
        body, kind = request.body, request.kind
        product, facts = self._product(connection, request)
        quantity = wanted.units_of(body, kind)
        place = number_of_place(body.place_id) if body.place_id is not None else DEFAULT_LOCATION
        target = number_of_place(body.target_id, "para_local_id") if body.target_id is not None else None
        source, destination = stock_rules.route(kind, place, target, adds=body.quantity > 0)
        units = self._products.to_stock_unit(facts, body.unit, quantity)
        reason = self._reason(connection, request)
        effective_at = stock_rules.check_effective_at(body.effective_at, request.now)
        lot, new = self._lot(connection, request, product, facts, inward=source in OUTSIDE)
        if facts.tracking == BY_SERIAL and units != QUANTITY_SCALE:
            raise lot_rules.OneOfASerial()
        if lot is not None and reason is None and kind in stock_rules.EXPIRES and not request.known:
            day = day_of(request.now if effective_at is None else effective_at)
            if lot_rules.has_expired(lot, day):
                raise lot_rules.LotExpired(lot=lot.text, expires_on=lot.expires_on)
        detail = wanted.detail_of(body, kind)._replace(
            lot_id=lot.number if lot is not None else None,
            reason_id=reason,
            partner_id=self._partner(connection, request),
            returns=_returned(connection, request, product),
        )
        if not request.known:
            wanted.require_worth(detail, units)
        draft = Draft(
            request.id,
            kind,
            product,
            source,
            destination,
            units,
            request.who.account_id,
            effective_at,
            detail if detail != NOTHING else None,
        )
        places = (("local_id", place), *((("para_local_id", target),) if target is not None else ()))
        more = More(places, new, wanted.reservation_of(body, kind), request.known)
        return Wanted(draft, request.who.username, more)

    def _product(self, connection: Connection, request: _Request) -> tuple[int, Facts]:
        body = request.body
        number = number_of(body.product_id)
        facts = self._products.facts(connection, [number]).get(number) if number is not None else None
        if number is None or facts is None:
            raise ProductNotFound(product_id=body.product_id)
        return number, facts

    def _partner(self, connection: Connection, request: _Request) -> int | None:
        partner_id = request.body.partner_id
        if partner_id is None:
            return None
        if not request.known:
            return self._partners.require_usable(connection, partner_id)
        number = number_of_partner(partner_id)
        if number is None:
            raise PartnerNotFound(partner_id=partner_id)
        return number

    def _reason(self, connection: Connection, request: _Request) -> int | None:
        reason_id = request.body.reason_id
        if reason_id is None:
            if request.kind in stock_rules.NEEDS_REASON:
                raise stock_rules.ReasonRequired()
            return None
        if request.known:
            return number_of_reason(reason_id)
        return self._reasons.require(connection, reason_id)

    def _lot(
        self, connection: Connection, request: _Request, product: int, facts: Facts, *, inward: bool
    ) -> tuple[lot_rules.Lot | None, NewLot | None]:
        """Return the lot that a request names, and how, if by its number: it may be the first to name it."""
        body = request.body
        named = [
            field
            for field, value in (("lote", body.lot), ("lote_id", body.lot_id), ("serie", body.serial))
            if value is not None
        ]
        usual = "serie" if facts.tracking == BY_SERIAL else "lote"
        if not named:
            if facts.tracking != NO_TRACKING:
                raise lot_rules.LotRequired(field=usual)
            return None, None
        field = named[0]
        if len(named) > 1:
            raise InvalidField(field=field, reason="not_together", other=", ".join(named[1:]))
        if facts.tracking == NO_TRACKING or field not in ("lote_id", usual):
            raise lot_rules.LotNotTracked(field=field)
        if body.lot_id is not None:
            return self._lots.require(connection, product, body.lot_id), None
        new = wanted.new_lot(body)
        there = self._lots.find(connection, product, new.text)
        if there is None and not inward and not request.known:
            raise lot_rules.LotNotFound(lot=new.text, field=field)
        return there, new

    def _reversal(self, connection: Connection, request: _Request) -> Wanted:
        body, who = request.body, request.who
        if body.reverses is None:
            raise InvalidField(field="estorna", reason="missing")
        reversed_id = rules.check_id(body.reverses, "estorna")
        movement = find(connection, [reversed_id]).get(reversed_id)
        if movement is None:
            raise stock_rules.MovementNotFound(movement_id=body.reverses, field="estorna")
        if movement.kind == Kind.REVERSAL:
            raise ReversalOfReversal()
        wanted.require_same(body, movement)
        own = stock_rules.is_own_of_today(movement, who.account_id, request.now)
        if not (request.known or own or reaches(who.role, Role.MANAGER)):
            raise Forbidden(least=Role.MANAGER, own=who.role)
        there = details(connection, [movement.sequence]).get(movement.sequence, NOTHING)
        detail = there._replace(
            reverses=movement.sequence,
            returns=None,
            reason_id=self._reason(connection, request),
            note=stock_rules.check_text(body.note, "observacao", stock_rules.MAX_NOTE),
        )
        draft = Draft(
            request.id,
            Kind.REVERSAL,
            movement.product_id,
            movement.to_location,
            movement.from_location,
            movement.quantity,
            who.account_id,
            stock_rules.check_effective_at(body.effective_at, request.now),
            detail,
        )
        back_in = () if movement.from_location in OUTSIDE else (("estorna", movement.from_location),)
        return Wanted(draft, who.username, More(back_in, known=request.known))


def _returned(connection: Connection, request: _Request, product: int) -> int | None:
    """Return the sequence of the movement whose goods come back, if one is named."""
    body = request.body
    if body.returns is None:
        return None
    returned_id = rules.check_id(body.returns, "devolve")
    movement = find(connection, [returned_id]).get(returned_id)
    if movement is None:
        raise stock_rules.MovementNotFound(movement_id=body.returns, field="devolve")
    if movement.kind != RETURNED_BY[request.kind] or movement.product_id != product:
        raise stock_rules.ReturnOfOther()
    return movement.sequence


def _require_fields(body: EntryRequest) -> None:
    for name, field in (("product_id", "produto_id"), ("quantity", "quantidade")):
        if name not in body.model_fields_set:
            raise InvalidField(field=field, reason="missing")
