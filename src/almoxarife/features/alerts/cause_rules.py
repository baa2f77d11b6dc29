"""Which state of the stock there is to warn of: pure functions over levels, balances and lots."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from almoxarife.features.alerts.rules import AlertKind, Cause
from almoxarife.features.levels.rules import Level

# Of a product, what is at each place inside the shop, in 1/10,000.
Quantities = Mapping[int, int]


class LotInStock(NamedTuple):
    """A lot that expires, and how much of it there is inside the shop."""

    lot_id: int
    product_id: int
    expires_on: str
    quantity: int


def of_level(level: Level, quantities: Quantities, inside: Callable[[int], Collection[int]]) -> Cause | None:
    """Return what a level has to say of a stock; ``inside`` tells a place with everything in it.

    One thing at a time: who has nothing left is not told besides that it is too little. Out of stock is only what
    somebody wants to have: with a minimum or a target.
    """
    if level.place is None:
        quantity = sum(quantities.values())
    else:
        quantity = sum(quantities.get(place, 0) for place in inside(level.place))
    wanted = level.minimum > 0 or bool(level.target)
    if wanted and quantity <= 0:
        kind, threshold = AlertKind.OUT_OF_STOCK, level.minimum
    elif quantity < level.minimum:
        kind, threshold = AlertKind.BELOW_MINIMUM, level.minimum
    elif level.maximum is not None and quantity > level.maximum:
        kind, threshold = AlertKind.ABOVE_MAXIMUM, level.maximum
    else:
        return None
    key = key_of(kind, level.product_id, place=level.place)
    return Cause(key, kind, level.product_id, place=level.place, quantity=quantity, threshold=threshold)


def negative(product: int, quantities: Quantities) -> Iterator[Cause]:
    """Yield the places at which a product is below zero: more went out than the ledger knows of."""
    kind = AlertKind.NEGATIVE
    for place, quantity in sorted(quantities.items()):
        if quantity < 0:
            key = key_of(kind, product, place=place)
            yield Cause(key, kind, product, place=place, quantity=quantity, threshold=0)


def expiring(lots: Iterable[LotInStock], today: str, until: str) -> Iterator[Cause]:
    """Yield the lots in stock that have expired, and those that do up to a day; days as texts.

    A lot may still be used on its day of expiry.
    """
    for lot in lots:
        if lot.quantity <= 0 or lot.expires_on > until:
            continue
        kind = AlertKind.EXPIRED if lot.expires_on < today else AlertKind.EXPIRING
        key = key_of(kind, lot.product_id, lot=lot.lot_id)
        yield Cause(key, kind, lot.product_id, lot_id=lot.lot_id, quantity=lot.quantity)


def key_of(kind: AlertKind, product: int, *, place: int | None = None, lot: int | None = None) -> str:
    """Return by what the cause of an alert about the stock is told from others."""
    where = f":l{place}" if place is not None else ""
    which = f":v{lot}" if lot is not None else ""
    return f"{kind}:p{product}{where}{which}"
