"""Rules of counts: what is counted, in which state a count is, and what refuses a line or a decision."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from almoxarife.errors import DomainError, InvalidField
from almoxarife.ids import number_in
from almoxarife.ledger.rules import MAX_QUANTITY, QUANTITY_SCALE, checksum
from almoxarife.names import check_line

MAX_NOTE = 200
# What a scanner may have read of something that is no product.
MAX_TEXT = 200
# What a line says that takes another one back; nobody scans nothing.
VOID = "anulada"
# A list of products that comes over the wire; a category or class may have more.
MOST_LISTED = 10_000
MOST_PRODUCTS = 200_000
# What the audit list calls it.
CLOSED = "contagem.encerrar"
CONFIRMED = "contagem.confirmar"
CANCELLED = "contagem.cancelar"
INTERVALS = "contagem.intervalos"


class State(IntEnum):
    """How far a count is, as stored."""

    OPEN = 1
    REVIEW = 2
    CONFIRMED = 3
    CANCELLED = 4


WORDS = {
    State.OPEN: "aberta",
    State.REVIEW: "em_revisao",
    State.CONFIRMED: "confirmada",
    State.CANCELLED: "cancelada",
}
UNFINISHED = (State.OPEN, State.REVIEW)


class Decision(IntEnum):
    """What a manager says of one item, as stored."""

    ACCEPT = 1
    RECOUNT = 2


class CountNotFound(DomainError):
    """No count has this id: ``count_id``."""


class CountOverlaps(DomainError):
    """Another count that is not finished has some of the same products at some of the same places: ``count_id``."""


class CountClosed(DomainError):
    """Nothing more is counted: ``count_id`` and its ``state``."""


class CountStillOpen(DomainError):
    """People still count; what was found is looked at when counting is closed."""


class CountConfirmed(DomainError):
    """The count has been confirmed already: ``count_id``."""


class CountCancelled(DomainError):
    """The count has been cancelled: ``count_id``."""


class CountIdConflict(DomainError):
    """The id belongs to something else: ``id``."""


class OutsideCount(DomainError):
    """The product ``name`` is none of those that the count is about."""


class PlaceOutsideCount(DomainError):
    """The place ``name`` is none of those that the count is about."""


class NothingToCount(DomainError):
    """No product is in what is to be counted: ``field`` names it."""


class LineNotFound(DomainError):
    """The count has no such line, or another one replaces it already: ``line``."""


class ItemNotFound(DomainError):
    """The count has no such item, or none that this may be said of: ``rows`` and ``row`` name it."""


class RecountByAnother(DomainError):
    """Who has counted something counts it anew: somebody else must. ``name`` of the product."""


class RecountNotAsked(DomainError):
    """Nobody has asked for this to be counted anew: ``name`` of the product."""


class RecountPending(DomainError):
    """Something that is to be counted anew has not been yet: ``name`` of the product."""


class UnknownLeft(DomainError):
    """Something that was scanned is no product, and nobody has said what it is: ``text``, and ``number`` of them."""


class HiddenWhileBlind(DomainError):
    """What a blind count expects is shown to nobody who counts."""


class AdjustmentExceeds(DomainError):
    """A difference is more than there is by now: ``name`` and ``place`` of the item, and ``available``."""


class CountedSerialElsewhere(DomainError):
    """A thing that was found is in stock at another place: ``serial`` and ``name`` of its product."""


class Key(NamedTuple):
    """What is counted by itself: a product at a place, of a tracked one a lot or serial number by its text."""

    product: int
    place: int
    lot: str | None = None


class Count(NamedTuple):
    """A row of ``stock_count``, without its checksum.

    ``place``: None for the whole shop. ``listed``: whether only the products in ``count_product`` are counted.
    ``closed_at_sequence``: where the ledger ended when counting was closed. ``result``: of a confirmed one, JSON.
    """

    number: int
    client_id: bytes
    state: int
    place: int | None
    category: int | None
    abc: str | None
    listed: bool
    blind: bool
    note: str | None
    account: int
    created_at: int
    closed_at: int | None = None
    closed_at_sequence: int | None = None
    ended_by: int | None = None
    ended_at: int | None = None
    decision_id: bytes | None = None
    decision: str | None = None
    result: str | None = None

    @property
    def id(self) -> str:
        """The count's id."""
        return f"c{self.number}"


class Line(NamedTuple):
    """A row of ``count_line``, without its checksum: so much was seen by somebody, somewhere, at an instant.

    ``text``: what was scanned and is no product. ``sequence`` and ``expected``: where the ledger ended then, and
    the balance that it told. ``round``: 0 at first, 1 when counted anew. ``replaces``: the line that this corrects.
    """

    count_id: int
    number: int
    id: bytes
    product: int | None
    text: str | None
    place: int
    lot: str | None
    quantity: int
    account: int
    counted_at: int
    sequence: int
    expected: int
    round: int = 0
    replaces: int | None = None

    @property
    def key(self) -> Key | None:
        """What was counted; None for what is no product."""
        return Key(self.product, self.place, self.lot) if self.product is not None else None

    def says_the_same_as(self, other: Line) -> bool:
        """Tell whether two lines say that the same was seen by the same person."""
        return _said(self) == _said(other)


class Review(NamedTuple):
    """A row of ``count_review``: what a manager says of an item; ``round``: which a recount will be."""

    count_id: int
    number: int
    product: int
    place: int
    lot: str | None
    decision: int
    round: int
    account: int
    at: int

    @property
    def key(self) -> Key:
        """What it is said of."""
        return Key(self.product, self.place, self.lot)


def _said(line: Line) -> tuple[object, ...]:
    return (line.count_id, *line[3:9], line.round > 0, line.replaces)


def line_checksum(line: Line) -> bytes:
    """Return the checksum of a line, by which a damaged byte in it is found."""
    return checksum(line.count_id, line.number, line.id.hex(), *line[3:])


def number_of(count_id: str) -> int:
    """Return the number in an id (``c7`` → 7). Raises CountNotFound."""
    number = number_in(count_id, "c")
    if number is None:
        raise CountNotFound(count_id=count_id)
    return number


def check_note(text: str | None) -> str | None:
    """Return the form in which a note is kept. Raises InvalidField."""
    return None if text is None else check_line(text, "observacao", MAX_NOTE, may_be_empty=True) or None


def check_text(text: str) -> str:
    """Return the form in which a text is kept that is no product. Raises InvalidField."""
    return check_line(text, "texto", MAX_TEXT)


def check_unknown_quantity(units: int) -> int:
    """Refuse more of something than the ledger can hold. Raises InvalidField."""
    if units > MAX_QUANTITY:
        raise InvalidField(field="quantidade", reason="too_large", maximum=MAX_QUANTITY // QUANTITY_SCALE)
    return units


def require_lines(count: Count, *, recount: bool) -> None:
    """Refuse a line of a count that takes none like it. Raises CountClosed, CountStillOpen."""
    if recount and count.state == State.OPEN:
        raise CountStillOpen()
    if count.state != (State.REVIEW if recount else State.OPEN):
        raise CountClosed(count_id=count.id, state=WORDS[State(count.state)])


def require_review(count: Count) -> None:
    """Refuse to decide about a count before it is closed or after it has ended.

    Raises CountStillOpen, CountConfirmed, CountCancelled.
    """
    if count.state == State.OPEN:
        raise CountStillOpen()
    require_unfinished(count)


def require_unfinished(count: Count) -> None:
    """Refuse to change a count that has ended. Raises CountConfirmed, CountCancelled."""
    if count.state == State.CONFIRMED:
        raise CountConfirmed(count_id=count.id)
    if count.state == State.CANCELLED:
        raise CountCancelled(count_id=count.id)


def overlap(one: tuple[set[int], set[int] | None], other: tuple[set[int], set[int] | None]) -> bool:
    """Tell whether two scopes (places, and products or None for all of them) have something in common."""
    (places, products), (other_places, other_products) = one, other
    if places.isdisjoint(other_places):
        return False
    return products is None or other_products is None or not products.isdisjoint(other_products)
