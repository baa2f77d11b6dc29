"""What to buy, and purchase orders until their goods have come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from pydantic import TypeAdapter

from almoxarife.client.answers import read, read_instant, read_quantity
from almoxarife.client.session import Session
from almoxarife.contract import purchases as wire

# Consumption is summed up over all movements of the days; see client.analysis.
PATIENCE_S = 240.0
# States of an order, and which orders are listed, as the wire names them.
OPEN, RECEIVED, CANCELLED = "aberto", "recebido", "cancelado"
OPEN_ONES, EVERY_ONE = "abertos", "todos"
PAGE = wire.MOST_ORDERS

_SUGGESTION = TypeAdapter(wire.Suggestion)
_ORDER = TypeAdapter(wire.OrderRow)
_ORDERS = TypeAdapter(list[wire.OrderRow])


@dataclass(frozen=True)
class Item:
    """What to buy of a product, in its stock unit, and what there is.

    ``code``: by which the supplier knows it, or empty; ``pack`` is None where it comes singly.
    """

    product_id: str
    product_name: str
    code: str
    unit: str
    quantity: Decimal | int
    pack: Decimal | int | None
    stock: Decimal | int
    on_order: Decimal | int
    reorder_point: Decimal | int


@dataclass(frozen=True)
class ForSupplier:
    """What to buy from a supplier; an empty ``partner_id`` stands for products that have none.

    ``expected_on``: a day such as ``2026-11-24``, empty where nobody has said how long it takes.
    """

    partner_id: str
    name: str
    expected_on: str
    items: list[Item]


@dataclass(frozen=True)
class Suggestion:
    """What to buy, supplier by supplier; ``more``: products were left out."""

    shop: str
    today: str
    more: bool
    suppliers: list[ForSupplier]


@dataclass(frozen=True)
class OrderedLine:
    """So much of a product was ordered, and so much of it has come."""

    product_id: str
    product_name: str
    unit: str
    quantity: Decimal | int
    received: Decimal | int

    @property
    def missing(self) -> Decimal | int:
        """Return how much is waited for."""
        return max(self.quantity - self.received, 0)


@dataclass(frozen=True)
class Order:
    """A purchase order with its id (``o1``, …); ``expected_on`` is a day such as ``2026-11-24``, or empty.

    ``state`` as the wire names it.
    """

    id: str
    partner_name: str
    username: str
    ordered_at: datetime
    expected_on: str
    lines: list[OrderedLine]
    state: str = OPEN
    note: str = ""


@dataclass(frozen=True)
class WantedOrder:
    """What was ordered; ``id`` comes from ``new_id``, once, before the first attempt."""

    id: str
    partner_id: str
    expected_on: date | None
    lines: Sequence[tuple[str, Decimal | int]]
    note: str = ""


def suggestion(session: Session, days: int, cover_days: int, work_id: str) -> Suggestion:
    """Return what to buy now; it may take long, see ``client.progress`` for ``work_id``.

    Consumption is measured over so many days (1 to 1,095); without a target a purchase lasts so many (1 to 365).
    """
    query: dict[str, str | int] = {"dias": days, "cobertura": cover_days, "andamento": work_id}
    answer = session.request("GET", "/compras/sugestao", query=query, patience_s=PATIENCE_S)
    found = read(_SUGGESTION, answer)
    suppliers = [
        ForSupplier(
            one.partner_id or "",
            one.partner_name,
            one.expected_on if one.expected_on > found.today else "",
            [_item(row) for row in one.items],
        )
        for one in found.suppliers
    ]
    return Suggestion(found.shop, found.today, found.more, suppliers)


def orders(session: Session, which: str, behind: str) -> list[Order]:
    """Return at most ``PAGE`` orders, the newest first, behind one (from the newest on for an empty id).

    ``which``: those of which something is waited for, or every one.
    """
    query: dict[str, str | int] = {"situacao": which, "ordem": "recentes", "limite": PAGE}
    if behind:
        query["depois_de"] = behind
    return [_order(row) for row in read(_ORDERS, session.request("GET", "/compras/pedidos", query=query))]


def place(session: Session, wanted: WantedOrder) -> Order:
    """Write down what was ordered; the same again is the same order."""
    body: dict[str, object] = {
        "id": wanted.id,
        # As text, which is exact where a float need not be.
        "itens": [
            {"produto_id": product_id, "quantidade": f"{Decimal(quantity):f}"}
            for product_id, quantity in wanted.lines
        ],
    }
    if wanted.partner_id:
        body["parceiro_id"] = wanted.partner_id
    if wanted.expected_on is not None:
        body["previsto_para"] = wanted.expected_on.isoformat()
    if wanted.note:
        body["observacao"] = wanted.note
    return _order(read(_ORDER, session.request("POST", "/compras/pedidos", body=body)))


def receive(session: Session, order_id: str, movement_id: str) -> Order:
    """Say which entry brought goods of an order; the same again changes nothing."""
    body = {"id": order_id, "movimento_id": movement_id}
    return _order(read(_ORDER, session.request("POST", "/compras/pedidos/receber", body=body)))


def cancel(session: Session, order_id: str) -> None:
    """Wait no more for what has not come of an order; again changes nothing."""
    session.request("POST", "/compras/pedidos/cancelar", body={"id": order_id})


def _item(row: wire.SuggestionItem) -> Item:
    return Item(
        row.product_id,
        row.product_name,
        row.code,
        row.unit,
        read_quantity(row.quantity),
        None if row.pack is None else read_quantity(row.pack),
        read_quantity(row.stock),
        read_quantity(row.on_order),
        read_quantity(row.reorder_point),
    )


def _order(row: wire.OrderRow) -> Order:
    return Order(
        row.id,
        row.partner_name,
        row.username,
        read_instant(row.ordered_at),
        row.expected_on or "",
        [
            OrderedLine(
                line.product_id,
                line.product_name,
                line.unit,
                read_quantity(line.quantity),
                read_quantity(line.received),
            )
            for line in row.lines
        ],
        row.state,
        row.note,
    )
