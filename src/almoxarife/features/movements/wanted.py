"""What a client asks for, piece by piece: what can be known without the database."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from almoxarife.contract.movement_requests import EntryRequest
from almoxarife.errors import InvalidField
from almoxarife.features.costs.rules.money import value_brought
from almoxarife.features.lots import rules as lot_rules
from almoxarife.features.lots.service import NewLot
from almoxarife.features.movements import stock_rules
from almoxarife.features.products.rules import number_of
from almoxarife.features.reservations.rules import number_of as number_of_reservation
from almoxarife.features.units.rules import canonical_code
from almoxarife.ledger.rules import QUANTITY_SCALE, RETURNED_BY, Detail, Draft, Kind, Movement
from almoxarife.ledger.rules_numbers import money_of

_MONEY = ("custo_unitario", "frete", "imposto", "desconto")
# What comes in has a cost of its own; what goes out takes that of the stock.
_HAS_COST = frozenset({Kind.ENTRY, Kind.CUSTOMER_RETURN, Kind.ADJUSTMENT})


class More(NamedTuple):
    """What is to be looked at within the transaction, of a request that says more than a plain entry.

    ``places``: those that must be in use, each with the field that names it. ``lot``: one that is found or made by
    its number. ``known``: a movement with this id is there already; then only its content is compared.
    """

    places: tuple[tuple[str, int], ...] = ()
    lot: NewLot | None = None
    reservation: int | None = None
    known: bool = False


class Wanted(NamedTuple):
    """What one request asks for, and the name of the account that asks; ``more`` is None for plain entries."""

    draft: Draft
    username: str
    more: More | None = None


def detail_of(body: EntryRequest, kind: Kind) -> Detail:
    """Return what a request says beside product and quantity, without lot, reason and partner. Raises InvalidField."""
    unit = canonical_code(body.unit) if body.unit is not None else None
    return Detail(
        note=stock_rules.check_text(body.note, "observacao", stock_rules.MAX_NOTE),
        unit=unit,
        typed_quantity=int(abs(body.quantity) * QUANTITY_SCALE) if unit is not None else None,
        document=stock_rules.check_text(body.document, "documento", stock_rules.MAX_DOCUMENT),
        **_money(body, kind),
    )


def units_of(body: EntryRequest, kind: Kind) -> Decimal:
    """Return the quantity of a request without its sign, which only an adjustment has. Raises InvalidField."""
    if kind == Kind.ADJUSTMENT:
        if body.quantity == 0:
            raise InvalidField(field="quantidade", reason="zero")
        return abs(body.quantity)
    if body.quantity <= 0:
        raise InvalidField(field="quantidade", reason="not_positive")
    return body.quantity


def new_lot(body: EntryRequest) -> NewLot:
    """Return the lot or serial number that a request names. Raises InvalidField."""
    if body.serial is not None:
        return NewLot(lot_rules.check_number(body.serial, "serie"), None, None)
    lot = body.lot
    assert lot is not None
    text = lot_rules.check_number(lot.number, "lote.numero")
    lot_rules.check_days(lot.made_on, lot.expires_on)
    return NewLot(text, lot.made_on, lot.expires_on)


def reservation_of(body: EntryRequest, kind: Kind) -> int | None:
    """Return the number of the reservation that a request uses. Raises InvalidField, ReservationNotFound."""
    if body.reservation_id is None:
        return None
    if kind not in stock_rules.MAY_USE_RESERVATION:
        raise InvalidField(field="reserva_id", reason="not_for_kind", kind=stock_rules.WORDS[kind])
    return number_of_reservation(body.reservation_id)


def require_same(body: EntryRequest, movement: Movement) -> None:
    """Refuse a reversal that repeats what it takes back, and wrongly. Raises OtherThanReversed."""
    if "product_id" in body.model_fields_set and number_of(body.product_id) != movement.product_id:
        raise stock_rules.OtherThanReversed(field="produto_id")
    if "quantity" in body.model_fields_set and abs(body.quantity) * QUANTITY_SCALE != movement.quantity:
        raise stock_rules.OtherThanReversed(field="quantidade")


def require_return(body: EntryRequest, kind: Kind) -> None:
    """Refuse to name what comes back where nothing does, or with another cost than its own. Raises InvalidField."""
    if kind not in RETURNED_BY:
        raise InvalidField(field="devolve", reason="not_for_kind", kind=stock_rules.WORDS[kind])
    amounts = (body.unit_cost, body.freight, body.tax, body.discount)
    for field, amount in zip(_MONEY, amounts, strict=True):
        if amount is not None:
            raise InvalidField(field=field, reason="not_together", other="devolve")


def require_worth(detail: Detail, units: int) -> None:
    """Refuse a discount that is more than what it is taken from, if that is known. Raises DiscountExceeds."""
    if detail.unit_cost is None or not detail.discount:
        return
    if detail.discount > value_brought(
        units, detail.unit_cost, freight=detail.freight or 0, tax=detail.tax or 0
    ):
        raise stock_rules.DiscountExceeds()


def _money(body: EntryRequest, kind: Kind) -> dict[str, int | None]:
    amounts = (body.unit_cost, body.freight, body.tax, body.discount)
    read: list[int | None] = []
    for field, amount in zip(_MONEY, amounts, strict=True):
        if amount is not None and (kind not in _HAS_COST or body.quantity < 0):
            raise InvalidField(field=field, reason="not_for_kind", kind=stock_rules.WORDS[kind])
        read.append(money_of(amount, field=field) if amount is not None else None)
    return dict(zip(("unit_cost", "freight", "tax", "discount"), read, strict=True))
