"""Purchase orders: what was ordered from whom, when it should come, and which entries brought it."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from almoxarife.clock import is_day
from almoxarife.errors import DomainError, InvalidField
from almoxarife.ids import number_in
from almoxarife.ledger.rules import QUANTITY_SCALE
from almoxarife.names import check_line, display_form

MAX_NOTE = 200
MOST_LINES = 1_000
# What the audit list calls it.
PLACED = "pedido.fazer"
CANCELLED = "pedido.cancelar"
RECEIVED = "pedido.receber"


class OrderNotFound(DomainError):
    """No order has this id: ``order_id``."""


class OrderEnded(DomainError):
    """The order was cancelled: ``order_id``."""


class OrderIdInUse(DomainError):
    """The client's id belongs to an order with other content."""


class NotOrdered(DomainError):
    """The order has no line of the product that the entry brought: ``name``."""


class NotAnEntry(DomainError):
    """The movement is no entry that stands: nothing came in by it."""


class EntryNotFound(DomainError):
    """There is no movement with this id: ``movement_id``."""


class ReceivedElsewhere(DomainError):
    """The entry was received for another order already: ``order_id``."""


class Order(NamedTuple):
    """A row of ``purchase_order``, without its checksum; ``client_id`` in 32 digits, instants in microseconds."""

    number: int
    client_id: str
    partner_id: int | None
    account_id: int
    ordered_at: int
    expected_on: str | None
    note: str
    cancelled_at: int | None


class Line(NamedTuple):
    """A row of ``purchase_line``, without its checksum: so much of a product, in 1/10,000 of its stock unit."""

    order: int
    product_id: int
    quantity: int


def number_of(order_id: str) -> int:
    """Return the number in an order's id (``o7`` → 7). Raises OrderNotFound."""
    number = number_in(order_id, "o")
    if number is None:
        raise OrderNotFound(order_id=order_id)
    return number


def check_note(text: str | None) -> str:
    """Return the form in which a note is kept, "" for none. Raises InvalidField."""
    return check_line(text, "observacao", MAX_NOTE) if text is not None and display_form(text) else ""


def check_expected(text: str | None, today: str) -> str | None:
    """Return the day on which an order should come. Raises InvalidField."""
    if text is None:
        return None
    if not is_day(text):
        raise InvalidField(field="previsto_para", reason="not_day")
    if text < today:
        raise InvalidField(field="previsto_para", reason="before_today")
    return text


def shown(quantity: int) -> str:
    """Return a quantity as the audit list keeps it."""
    return f"{Decimal(quantity) / QUANTITY_SCALE:f}"
