"""Rules of products: their names, their ids, and what stands in the way of using or changing one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from almoxarife import names
from almoxarife.errors import DomainError, InvalidField
from almoxarife.ids import number_in
from almoxarife.names import check_line, fold

MAX_NAME = 200
MAX_NOTES = 2_000
MAX_FIELDS = 30
MAX_FIELD_NAME = 40
MAX_FIELD_VALUE = 200
# What is told apart of a product: nothing, its lots, each single piece.
TRACKING = NO_TRACKING, BY_LOT, BY_SERIAL = ("nenhum", "lote", "serie")


class ProductExists(DomainError):
    """A product with this name exists: ``name`` is the one that is there."""


class ProductNotFound(DomainError):
    """No product has this id: ``product_id``."""


class ProductInactive(DomainError):
    """A product is not used any more: ``name``."""


class ProductMerged(DomainError):
    """Another product has taken this one's place: ``name``, and ``other_id`` and ``other`` of the other one."""


class ProductWithStock(DomainError):
    """What is wanted takes a product of which there is nothing: ``name``, and ``stock`` with its ``unit``."""


class ProductWithConversions(DomainError):
    """The stock unit of a product cannot change while others are converted to it: ``name``."""


class UnitTwice(DomainError):
    """A unit has one conversion, and the stock unit none: ``unit``."""


class MergeWithItself(DomainError):
    """A product cannot take its own place: ``name``."""


class Factor(NamedTuple):
    """``units`` of the stock unit (in 1/10,000) are in one of another unit, which has so many ``decimals``."""

    units: int
    decimals: int


class Facts(NamedTuple):
    """What movements have to know of a product; ``factors`` by the code of the unit that can be typed."""

    name: str
    unit: str
    decimals: int
    tracking: str
    active: bool
    merged_into: int | None
    factors: Mapping[str, Factor]


def check_name(text: str, field: str = "nome") -> str:
    """Return the form in which a product's name is kept. Raises InvalidField."""
    return check_line(text, field, MAX_NAME)


def check_notes(text: str) -> str:
    """Return the kept form of the notes on a product. Raises InvalidField."""
    return names.check_notes(text, "observacoes", MAX_NOTES)


def check_tracking(text: str) -> str:
    """Return what is told apart of a product. Raises InvalidField."""
    if text not in TRACKING:
        raise InvalidField(field="rastreio", reason="not_one_of", options=", ".join(TRACKING))
    return text


def check_fields(fields: Mapping[str, str]) -> dict[str, str]:
    """Return the kept form of a product's own fields, in their order. Raises InvalidField."""
    if len(fields) > MAX_FIELDS:
        raise InvalidField(field="campos", reason="too_many", maximum=MAX_FIELDS)
    kept: dict[str, str] = {}
    known: set[str] = set()
    for name, value in fields.items():
        line = check_line(name, "campos", MAX_FIELD_NAME)
        if fold(line) in known:
            raise InvalidField(field="campos", reason="twice", name=line)
        known.add(fold(line))
        kept[line] = check_line(value, "campos", MAX_FIELD_VALUE)
    return kept


def number_of(product_id: str) -> int | None:
    """Return the number in an id (``p7`` → 7), or None where the text is no product's id."""
    return number_in(product_id, "p")
