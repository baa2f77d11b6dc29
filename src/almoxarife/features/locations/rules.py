"""Rules of places: a tree of locations inside the shop, with those outside beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from almoxarife.errors import DomainError, InvalidField
from almoxarife.ids import number_in
from almoxarife.ledger.rules import DEFAULT_LOCATION, OUTSIDE, Location
from almoxarife.names import check_line, fold

MAX_NAME = 80
# A chain of places this deep is a mistake, and every sum over a branch walks it.
MOST_DEEP = 20
KINDS = {1: "fornecedor", 2: "interno", 3: "cliente", 4: "perda", 5: "ajuste"}


class Place(NamedTuple):
    """A location as lists show it; ``kind`` in the words of the wire."""

    id: int
    name: str
    kind: str
    parent_id: int | None
    is_default: bool
    active: bool


class PlaceExists(DomainError):
    """A place with this name is there already, in the same place: ``name``."""


class PlaceNotFound(DomainError):
    """No place inside the shop has this id: ``place_id``, as ``field`` names it."""


class PlaceInactive(DomainError):
    """The place is used no more: ``name``, as ``field`` names it."""


class PlaceInsideItself(DomainError):
    """A place would be inside itself, or inside what is inside it."""


class PlaceHasStock(DomainError):
    """A place in which there still is something cannot be given up: ``name``."""


class PlaceHasPlaces(DomainError):
    """A place that has places in use inside cannot be given up: ``name``."""


class DefaultPlace(DomainError):
    """The default place cannot be given up: entries that name no place go there."""


def shown(location: Location) -> Place:
    """Return a location as lists show it."""
    return Place(
        location.id,
        location.name,
        KINDS[location.kind],
        location.parent_id,
        location.id == DEFAULT_LOCATION,
        location.active,
    )


def check_name(text: str) -> str:
    """Return the form in which a place's name is kept. Raises InvalidField."""
    return check_line(text, "nome", MAX_NAME)


def number_of(place_id: str, field: str = "local_id") -> int:
    """Return the number in a place's id (``l7`` → 7). Raises PlaceNotFound."""
    number = number_in(place_id, "l")
    if number is None or number in OUTSIDE:
        raise PlaceNotFound(place_id=place_id, field=field)
    return number


def number_of_location(location_id: str) -> int:
    """Return the number in the id of a place or of what is outside the shop. Raises PlaceNotFound."""
    number = number_in(location_id, "l")
    if number is None:
        raise PlaceNotFound(place_id=location_id, field="local")
    return number


def require(places: Mapping[int, Location], number: int, field: str) -> Location:
    """Return a place that is used. Raises PlaceNotFound, PlaceInactive."""
    place = places.get(number)
    if place is None or number in OUTSIDE:
        raise PlaceNotFound(place_id=f"l{number}", field=field)
    if not place.active:
        raise PlaceInactive(name=place.name, field=field)
    return place


def check_position(places: Mapping[int, Location], place: Location) -> None:
    """Refuse a place where it cannot stand. Raises the refusals of this module."""
    for other in places.values():
        if (
            other.id != place.id
            and other.parent_id == place.parent_id
            and fold(other.name) == fold(place.name)
        ):
            raise PlaceExists(name=other.name)
    if place.parent_id is None:
        return
    parent = require(places, place.parent_id, "dentro_de") if place.active else places[place.parent_id]
    depth = 1
    above: Location | None = parent
    while above is not None:
        if above.id == place.id:
            raise PlaceInsideItself()
        depth += 1
        above = places.get(above.parent_id) if above.parent_id is not None else None
    if depth + _height(places, place.id) > MOST_DEEP:
        raise InvalidField(field="dentro_de", reason="too_deep", maximum=MOST_DEEP)


def check_may_end(places: Mapping[int, Location], place: Location, *, has_stock: bool) -> None:
    """Refuse to give up a place. Raises DefaultPlace, PlaceHasStock, PlaceHasPlaces."""
    if place.id == DEFAULT_LOCATION:
        raise DefaultPlace()
    if has_stock:
        raise PlaceHasStock(name=place.name)
    if any(other.parent_id == place.id and other.active for other in places.values()):
        raise PlaceHasPlaces(name=place.name)


def branch(places: Iterable[Location], number: int) -> set[int]:
    """Return a place and everything inside it."""
    inside = {number}
    for _level in range(MOST_DEEP):
        more = {place.id for place in places if place.parent_id in inside} - inside
        if not more:
            break
        inside |= more
    return inside


def _height(places: Mapping[int, Location], number: int) -> int:
    inner = [place.id for place in places.values() if place.parent_id == number and place.id != number]
    return 1 + max((_height(places, one) for one in inner), default=0) if inner else 0
