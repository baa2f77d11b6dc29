"""What the shop's own labels stand for, within the caller's transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import Connection

from almoxarife.features.codes.rules.printed import OF_LOT, OF_PLACE, OF_PRODUCT, Printed
from almoxarife.features.locations.service import Locations
from almoxarife.features.lots.rules import Lot
from almoxarife.features.lots.service import Lots
from almoxarife.features.products.service import Products
from almoxarife.ledger.rules import OUTSIDE, Location

_LOTS_PER_READ = 500


class Thing(NamedTuple):
    """What a label stands for: a product, by its number, with or without a lot; or a place."""

    product: int | None = None
    lot: Lot | None = None
    place: Location | None = None


class PrintedReader:
    """Tells which product, lot or place a label is of."""

    def __init__(self, products: Products, locations: Locations, lots: Lots) -> None:
        self._products = products
        self._locations = locations
        self._lots = lots

    def things(self, connection: Connection, printed: Collection[Printed]) -> Mapping[Printed, Thing]:
        """Return what there is of what some labels name; places that are used no more, too."""
        things: dict[Printed, Thing] = {}
        numbers = {one.number for one in printed if one.letter == OF_PRODUCT}
        products = self._products.facts(connection, numbers) if numbers else {}
        lots: dict[int, Lot] = {}
        wanted = sorted({one.number for one in printed if one.letter == OF_LOT})
        for start in range(0, len(wanted), _LOTS_PER_READ):
            lots |= self._lots.get(connection, wanted[start : start + _LOTS_PER_READ])
        asks_places = any(one.letter == OF_PLACE for one in printed)
        places = self._locations.all(connection) if asks_places else {}
        for one in printed:
            if one.letter == OF_PRODUCT and one.number in products:
                things[one] = Thing(one.number)
            elif one.letter == OF_LOT and one.number in lots:
                things[one] = Thing(lots[one.number].product_id, lots[one.number])
            elif one.letter == OF_PLACE and one.number in places and one.number not in OUTSIDE:
                things[one] = Thing(place=places[one.number])
        return things
