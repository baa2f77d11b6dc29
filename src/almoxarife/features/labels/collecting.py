"""From what a client names to what its labels say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection

from almoxarife.errors import DomainError, in_row
from almoxarife.features.codes.service.printing import gtins_to_print
from almoxarife.features.labels.rules import wishes
from almoxarife.features.labels.rules.codes import Wanted, code_of
from almoxarife.features.labels.rules.layout import Copies, Label
from almoxarife.features.labels.rules.wishes import Wish
from almoxarife.features.locations.rules import PlaceNotFound
from almoxarife.features.locations.rules import number_of as number_of_place
from almoxarife.features.locations.service import Locations
from almoxarife.features.lots.rules import Lot, LotNotFound
from almoxarife.features.lots.rules import number_of as number_of_lot
from almoxarife.features.lots.service import Lots
from almoxarife.features.movements.rules import CursorAhead
from almoxarife.features.movements.service import Movements
from almoxarife.features.products.rules import ProductNotFound, number_of
from almoxarife.features.products.service import Products
from almoxarife.i18n import _, format_day, format_money
from almoxarife.ledger.rules import Location
from almoxarife.ledger.rules_numbers import money_of

_INSIDE = " / "
Row = TypeVar("Row")
Made = TypeVar("Made")


class Thing(NamedTuple):
    """What a wish names, by its number; a movement stands for its product or lot."""

    product: int | None = None
    place: int | None = None
    lot: int | None = None
    how_many: int = 1


class Kept(NamedTuple):
    """The lots and places that a request names, and the GTINs of its products, by their numbers."""

    lots: Mapping[int, Lot]
    places: Mapping[int, Location]
    gtins: Mapping[int, str]


class Collector:
    """Looks up products, places, lots and movements, all of a request at once."""

    def __init__(
        self,
        products: Products,
        locations: Locations,
        lots: Lots,
        movements: Movements,
    ) -> None:
        self._products = products
        self._locations = locations
        self._lots = lots
        self._movements = movements

    def things(self, asked: Sequence[Wish]) -> list[Thing]:
        """Return what is asked for, by number. Raises InvalidField, TooManyLabels, and the refusals of ids."""
        things = [
            thing if wish.copies is None else thing._replace(how_many=wish.copies)
            for wish, thing in zip(asked, _each(asked, self._thing), strict=True)
        ]
        wishes.check_total(sum(thing.how_many for thing in things))
        return things

    def kept(self, connection: Connection, things: Sequence[Thing]) -> Kept:
        """Return what is kept of some things, within the caller's transaction."""
        lots = self._lots.get(connection, [one.lot for one in things if one.lot is not None])
        facts = self._products.facts(connection, {one.product for one in things if one.product is not None})
        return Kept(
            lots,
            self._locations.all(connection) if any(one.place for one in things) else {},
            gtins_to_print(connection, {number: one.unit for number, one in facts.items()}),
        )

    def copies(
        self, asked: Sequence[Wish], things: Sequence[Thing], kept: Kept, symbol: Wanted, *, shows_price: bool
    ) -> list[Copies]:
        """Return what the labels say, and how many there are of each; in the order of the wishes.

        Raises InvalidField and the refusals of what is not there, with the wish's place as ``row``.
        """
        wanted = {lot.product_id for lot in kept.lots.values()}
        wanted |= {one.product for one in things if one.product is not None}
        products = {
            one.row.number: _Product(one.row.name, one.fields, one.row.tracking == "serie")
            for one in self._products.details(sorted(wanted))
        }
        facts = _Known(products, kept, symbol, shows_price)
        labels = _each(list(zip(asked, things, strict=True)), lambda pair: facts.label(*pair))
        return [Copies(label, thing.how_many) for label, thing in zip(labels, things, strict=True)]

    def _thing(self, wish: Wish) -> Thing:
        wishes.check_one(wish)
        if wish.product_id is not None:
            number = number_of(wish.product_id)
            if number is None:
                raise ProductNotFound(product_id=wish.product_id)
            return Thing(product=number)
        if wish.place_id is not None:
            return Thing(place=number_of_place(wish.place_id))
        if wish.lot_id is not None:
            return Thing(lot=number_of_lot(wish.lot_id))
        assert wish.movement is not None, "check_one comes first"
        return self._moved(wish.movement)

    def _moved(self, sequence: int) -> Thing:
        try:
            found = self._movements.following(sequence - 1, 1)
        except CursorAhead:
            found = []
        if not found:
            raise wishes.NoSuchMovement(movement_id=str(sequence))
        row = found[0]
        lot = row.beside.lot if row.beside is not None else None
        count = wishes.labels_of(row.quantity)
        return Thing(lot=lot[0], how_many=count) if lot else Thing(product=row.product_id, how_many=count)


class _Product(NamedTuple):
    """What labels say of a product; ``serial``: its lots are single pieces."""

    name: str
    fields: Mapping[str, str]
    serial: bool


class _Known(NamedTuple):
    """All that the labels of one request are about."""

    products: Mapping[int, _Product]
    kept: Kept
    symbol: Wanted
    shows_price: bool

    def label(self, wish: Wish, thing: Thing) -> Label:
        """Return what one label says."""
        if thing.place is not None:
            place = self.kept.places.get(thing.place)
            if place is None:
                raise PlaceNotFound(place_id=wish.place_id, field="local_id")
            code = code_of(wish.code or f"l{place.id}", self.symbol)
            return Label(place.name, code, self._inside(place))
        detail = ""
        if thing.lot is not None:
            lot = self.kept.lots.get(thing.lot)
            if lot is None:
                raise LotNotFound(lot=wish.lot_id, field="lote_id")
            product, own = self.products[lot.product_id], f"v{lot.number}"
            detail = _about(lot, serial=product.serial)
        else:
            assert thing.product is not None, "a thing is one of the three"
            found = self.products.get(thing.product)
            if found is None:
                raise ProductNotFound(product_id=wish.product_id)
            product, own = found, self.kept.gtins.get(thing.product, f"p{thing.product}")
        code = code_of(wish.code or own, self.symbol)
        price = self._price(wish.price, product) if self.shows_price else ""
        return Label(product.name, code, detail, price)

    def _inside(self, place: Location) -> str:
        """Return inside what a place is, the outermost first."""
        names: list[str] = []
        above = place.parent_id
        while above is not None:
            names.insert(0, self.kept.places[above].name)
            above = self.kept.places[above].parent_id
        return _INSIDE.join(names)

    @staticmethod
    def _price(given: Decimal | None, product: _Product) -> str:
        if given is not None:
            return format_money(Decimal(money_of(given, field="preco")) / 10_000)
        said = wishes.price_field(product.fields)
        amount = wishes.read_price(said)
        return said if amount is None else format_money(amount)


def _about(lot: Lot, *, serial: bool) -> str:
    text = (_("Serial {number}") if serial else _("Lot {number}")).format(number=lot.text)
    if lot.expires_on is None:
        return text
    return _("{lot} · exp. {day}").format(lot=text, day=format_day(lot.expires_on))


def _each(rows: Sequence[Row], work: Callable[[Row], Made]) -> list[Made]:
    """Return what is made of each row; what is refused says of which."""
    made = []
    for place, row in enumerate(rows):
        try:
            made.append(work(row))
        except DomainError as refusal:
            raise in_row(refusal, "itens", place) from None
    return made
