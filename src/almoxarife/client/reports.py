"""Reports: the stock card of a product and why a balance is what it is; stock and its value at any instant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from pydantic import TypeAdapter

from almoxarife.client.answers import read, read_instant, read_quantity
from almoxarife.client.session import Session
from almoxarife.contract import reports as wire

_CARD = TypeAdapter(wire.Card)
_EXPLANATION = TypeAdapter(wire.Explanation)
_BALANCES = TypeAdapter(list[wire.ProductBalance])
_VALUE = TypeAdapter(wire.StockValue)

Number = Decimal | int


@dataclass(frozen=True)
class Amount:
    """How much there is, what it is worth, and what one unit of it is worth."""

    quantity: Number
    value: Number
    unit_value: Number


@dataclass(frozen=True)
class CardLine:
    """A line of a stock card; ``kind`` and ``basis`` are words of the wire, instants are aware (UTC).

    ``change`` is signed as the balance sees it, ``moved`` is how much was moved. ``cost`` is what the movement
    brought or (negative) took, ``correction`` what else changed the value.
    """

    sequence: int
    id: str
    kind: str
    effective_at: datetime
    recorded_at: datetime
    username: str
    from_location: str
    to_location: str
    moved: Number
    change: Number
    after: Amount
    cost: Number
    unit_cost: Number
    correction: Number
    basis: str
    reverses: int | None
    reversed_by: int | None
    document: str | None
    note: str | None
    # The movement whose goods came back.
    returns: int | None = None


@dataclass(frozen=True)
class Card:
    """A part of a product's stock card; ``more``: ask again with ``after``, the sequence of the last line."""

    product_id: str
    product_name: str
    method: str
    opening: Amount
    closing: Amount
    lines: list[CardLine]
    more: bool


@dataclass(frozen=True)
class Explanation:
    """Why a balance is what it is, in sentences: the sum, and the last steps to it."""

    product_name: str
    opening: Amount
    closing: Amount
    summary: list[str]
    steps: list[str]


@dataclass(frozen=True)
class ProductStock:
    """A product with how much there is of it; what it is worth, where that was asked for."""

    product_id: str
    product_name: str
    quantity: Number
    value: Number = 0
    unit_value: Number = 0


@dataclass(frozen=True)
class StockValue:
    """What the stock is worth: in all, and by product; ``method``: ``medio`` or ``peps``."""

    method: str
    total: Number
    products: list[ProductStock]


def card(
    session: Session,
    product_id: str,
    *,
    place_id: str | None = None,
    since: str | None = None,
    until: str | None = None,
    after: int | None = None,
    limit: int = wire.MOST_LINES,
) -> Card:
    """Return a product's stock card: of the shop, or of a place with all inside it.

    ``since`` and ``until``: days (``2026-11-24``) or RFC 3339 instants, both included.
    """
    query = {
        "produto_id": product_id,
        "local_id": place_id,
        "de": since,
        "ate": until,
        "depois_de": after,
        "limite": limit,
    }
    answer = read(_CARD, session.request("GET", "/kardex", query=_said(query)))
    return Card(
        answer.product_id,
        answer.product_name,
        answer.method,
        _amount(answer.opening),
        _amount(answer.closing),
        [_line(line) for line in answer.lines],
        answer.more,
    )


def explanation(
    session: Session,
    product_id: str,
    *,
    place_id: str | None = None,
    since: str | None = None,
    until: str | None = None,
    limit: int = wire.DEFAULT_EXPLAINED,
) -> Explanation:
    """Return why a product's balance is what it is, with the last ``limit`` steps."""
    query = {
        "produto_id": product_id,
        "local_id": place_id,
        "de": since,
        "ate": until,
        "limite": limit,
    }
    answer = read(_EXPLANATION, session.request("GET", "/kardex/explicacao", query=_said(query)))
    return Explanation(
        answer.product_name, _amount(answer.opening), _amount(answer.closing), answer.summary, answer.steps
    )


def balances(session: Session, *, at: str | None = None, place_id: str | None = None) -> list[ProductStock]:
    """Return how much there is of every product that ever moved, or was at the end of a day or at an instant."""
    answer = session.request("GET", "/estoque/saldos", query=_said({"em": at, "local_id": place_id}))
    return [
        ProductStock(row.product_id, row.product_name, read_quantity(row.quantity))
        for row in read(_BALANCES, answer)
    ]


def stock_value(session: Session, *, at: str | None = None, place_id: str | None = None) -> StockValue:
    """Return what the stock is worth, or was at the end of a day or at an instant."""
    answer = session.request("GET", "/estoque/valor", query=_said({"em": at, "local_id": place_id}))
    value = read(_VALUE, answer)
    return StockValue(
        value.method,
        read_quantity(value.total),
        [
            ProductStock(
                row.product_id,
                row.product_name,
                read_quantity(row.quantity),
                read_quantity(row.value),
                read_quantity(row.unit_value),
            )
            for row in value.products
        ],
    )


def _line(line: wire.CardLine) -> CardLine:
    return CardLine(
        line.sequence,
        line.id,
        line.kind,
        read_instant(line.effective_at),
        read_instant(line.recorded_at),
        line.username,
        line.from_location,
        line.to_location,
        read_quantity(line.moved),
        read_quantity(line.change),
        Amount(read_quantity(line.quantity), read_quantity(line.value), read_quantity(line.unit_value)),
        read_quantity(line.cost),
        read_quantity(line.unit_cost),
        read_quantity(line.correction),
        line.basis,
        line.reverses,
        line.reversed_by,
        line.document,
        line.note,
        line.returns,
    )


def _amount(amount: wire.StockAmount) -> Amount:
    return Amount(
        read_quantity(amount.quantity), read_quantity(amount.value), read_quantity(amount.unit_value)
    )


def _said(query: Mapping[str, str | int | None]) -> dict[str, str | int]:
    return {name: value for name, value in query.items() if value is not None}
