"""What to buy: the reorder point and the quantity that fills up to the level (order-up-to policy, s and S).

Quantities in 1/10,000 of the stock unit. Source: Silver, Pyke and Thomas, *Inventory and Production Management in
Supply Chains*, 4th ed., ch. 6 (order point = demand in the lead time + safety stock; position = on hand + on order -
committed).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from almoxarife.features.costs.rules.money import share
from almoxarife.features.levels.rules import Level
from almoxarife.ledger.rules import MAX_QUANTITY, Location

USUAL_DAYS, MOST_DAYS = 90, 1_095
USUAL_COVER_DAYS, MOST_COVER_DAYS = 30, 365


class Need(NamedTuple):
    """How much of a product there should be in the whole shop; None: not said."""

    minimum: int = 0
    target: int | None = None
    maximum: int | None = None


class Position(NamedTuple):
    """What there is, what of it is held back for somebody, and what is on order."""

    stock: int = 0
    reserved: int = 0
    on_order: int = 0

    @property
    def free(self) -> int:
        """What there will be to use once all has come that is on order."""
        return self.stock - self.reserved + self.on_order


class Pace(NamedTuple):
    """What was consumed within ``days``, how long new goods take, and how many days a purchase should last."""

    consumed: int
    days: int
    lead_days: int
    cover_days: int


class Advice(NamedTuple):
    """Below which position one buys, up to which, and how much now (0: nothing)."""

    reorder_point: int
    up_to: int
    quantity: int


def shop_need(levels: Sequence[Level], places: Mapping[int, Location]) -> Need:
    """Return what levels of one product ask of the whole shop.

    A place counts with everything inside it, so that of two places one in the other only the outer one is summed up.
    The shop needs what its places need together, or what is said of it as a whole where that is more.
    """
    shop = next((Need(one.minimum, one.target, one.maximum) for one in levels if one.place is None), Need())
    levelled = {one.place for one in levels if one.place is not None}
    outer = [one for one in levels if one.place is not None and not _inside(one.place, levelled, places)]
    minimum = max(shop.minimum, sum(one.minimum for one in outer))
    targets = [] if shop.target is None else [shop.target]
    if any(one.target is not None for one in outer):
        targets.append(sum(one.minimum if one.target is None else one.target for one in outer))
    return Need(minimum, max(targets, default=None), shop.maximum)


def advise(need: Need, position: Position, pace: Pace, step: int) -> Advice:
    """Return what to buy of a product; ``step``: the pack, or the least there can be of its unit.

    Reorder point = minimum + consumption in the lead time. At or above it nothing is bought. Below it, up to the
    target, or to the reorder point and what ``cover_days`` use where there is none or it is less than the reorder
    point; rounded up to whole packs, and down again where that would be more than the maximum, unless not even one
    pack fits.
    """
    consumed = max(0, pace.consumed)
    reorder_point = need.minimum + share(consumed, pace.lead_days, pace.days)
    if need.target is not None and need.target >= reorder_point:
        up_to = need.target
    else:
        up_to = reorder_point + share(consumed, pace.cover_days, pace.days)
    free = position.free
    lack = up_to - free
    if free >= reorder_point or (need.maximum is not None and free >= need.maximum):
        return Advice(reorder_point, up_to, 0)
    quantity = -(-lack // step) * step
    if need.maximum is not None and free + quantity > need.maximum:
        quantity = max(step, (need.maximum - free) // step * step)
    return Advice(reorder_point, up_to, min(quantity, MAX_QUANTITY // step * step))


def _inside(place: int, others: Collection[int], places: Mapping[int, Location]) -> bool:
    """Tell whether a place lies within one of some others."""
    above = places[place].parent_id
    while above is not None:
        if above in others:
            return True
        above = places[above].parent_id
    return False
