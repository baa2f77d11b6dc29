"""Purchase orders. Owns the transactions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple
from uuid import uuid4

from sqlalchemy import Connection

from almoxarife.clock import day_of, now_us
from almoxarife.errors import DomainError, InvalidField, in_row
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.audit.service import Audit
from almoxarife.features.movements.rules import check_id
from almoxarife.features.partners.service import Partners
from almoxarife.features.products.service import Products
from almoxarife.features.replenishment import order_store as store
from almoxarife.features.replenishment.order_store import Expected
from almoxarife.features.replenishment.rules import orders as rules
from almoxarife.features.replenishment.rules.orders import Line, Order
from almoxarife.features.replenishment.rules.supply import bought
from almoxarife.features.replenishment.supply_service import require_supplier
from almoxarife.identity import Identity
from almoxarife.ledger.rules import QUANTITY_SCALE, checksum
from almoxarife.storage.database import Database


class WantedLine(NamedTuple):
    """So much of a product, in stock units."""

    product_id: str
    quantity: Decimal


class WantedOrder(NamedTuple):
    """What somebody orders; ``client_id``: the UUID by which a repeated request is known."""

    client_id: str | None
    partner_id: str | None
    expected_on: str | None
    note: str | None
    lines: Sequence[WantedLine]


class ListedLine(NamedTuple):
    """A line with the name of its product and the stock unit."""

    expected: Expected
    product_name: str
    unit: str


class ListedOrder(NamedTuple):
    """An order with its lines, and the names of supplier ("" for none) and of who placed it."""

    order: Order
    partner_name: str
    username: str
    lines: list[ListedLine]

    @property
    def state(self) -> str:
        """``aberto`` while something is waited for, ``recebido`` when all has come, ``cancelado``."""
        if self.order.cancelled_at is not None:
            return "cancelado"
        waits = any(one.expected.received < one.expected.line.quantity for one in self.lines)
        return "aberto" if waits else "recebido"


class Orders:
    """What was ordered, and what of it has come."""

    def __init__(
        self, database: Database, products: Products, partners: Partners, accounts: Accounts, audit: Audit
    ) -> None:
        self._database = database
        self._products = products
        self._partners = partners
        self._accounts = accounts
        self._audit = audit

    def place(self, who: Identity, wanted: WantedOrder) -> tuple[ListedOrder, bool]:
        """Write down an order; tell whether it is new: the same id with the same content gives the stored one.

        Raises InvalidField, OrderIdInUse, ProductNotFound, ProductInactive, ProductMerged, PartnerNotFound,
        PartnerInactive, NotSupplier.
        """
        client_id = check_id(wanted.client_id).hex() if wanted.client_id is not None else uuid4().hex
        note = rules.check_note(wanted.note)
        if not 0 < len(wanted.lines) <= rules.MOST_LINES:
            reason = "no_lines" if not wanted.lines else "too_many"
            raise InvalidField(field="itens", reason=reason, maximum=rules.MOST_LINES)
        now = now_us()
        with self._database.unit_of_work() as connection:
            self._database.lock_table(connection, "purchase_order")
            there = store.with_client_id(connection, client_id)
            if there is not None:
                [listed] = self._listed(connection, [there])
                if not _says_the_same(listed, wanted, note):
                    raise rules.OrderIdInUse()
                return listed, False
            partner = require_supplier(connection, self._partners, wanted.partner_id)
            expected_on = rules.check_expected(wanted.expected_on, day_of(now))
            number = store.next_number(connection)
            lines = [Line(number, *one) for one in self._lines(connection, wanted.lines)]
            order = Order(number, client_id, partner, who.account_id, now, expected_on, note, None)
            store.add(connection, order, checksum(*order), [(line, checksum(*line)) for line in lines])
            details = {"parceiro_id": wanted.partner_id, "itens": len(lines)}
            self._audit.write(connection, who, rules.PLACED, f"o{number}", details)
            [listed] = self._listed(connection, [order])
        return listed, True

    def cancel(self, who: Identity, order_id: str) -> ListedOrder:
        """Wait no more for what has not come; again changes nothing. Raises OrderNotFound."""
        number = rules.number_of(order_id)
        with self._database.unit_of_work() as connection:
            self._database.lock_table(connection, "purchase_order")
            order = self._require(connection, number)
            if order.cancelled_at is None:
                order = order._replace(cancelled_at=now_us())
                store.replace(connection, order, checksum(*order))
                self._audit.write(connection, who, rules.CANCELLED, order_id)
            [listed] = self._listed(connection, [order])
        return listed

    def receive(self, who: Identity, order_id: str, movement_id: str) -> ListedOrder:
        """Write down that an entry brought goods of an order; again changes nothing.

        Raises OrderNotFound, OrderEnded, InvalidField, EntryNotFound, NotAnEntry, NotOrdered, ReceivedElsewhere.
        """
        number = rules.number_of(order_id)
        movement = check_id(movement_id, "movimento_id")
        with self._database.unit_of_work() as connection:
            self._database.lock_table(connection, "purchase_order")
            order = self._require(connection, number)
            entry = store.arrived(connection, movement)
            if entry is None:
                raise rules.EntryNotFound(movement_id=movement_id)
            if entry.order != number:
                if order.cancelled_at is not None:
                    raise rules.OrderEnded(order_id=order_id)
                if entry.order is not None:
                    raise rules.ReceivedElsewhere(order_id=f"o{entry.order}")
                if not entry.brings:
                    raise rules.NotAnEntry()
                product = self._line_of(connection, number, entry.product_id)
                store.receive(connection, number, product, entry.sequence)
                self._audit.write(
                    connection, who, rules.RECEIVED, order_id, {"movimento_id": movement_id.lower()}
                )
            [listed] = self._listed(connection, [order])
        return listed

    def listing(
        self, *, waited_for: bool, partner_id: str | None, newest_first: bool, after: int, limit: int
    ) -> list[ListedOrder]:
        """Return the next orders behind a number (0: from the beginning); only those waited for, or of one supplier.

        Raises PartnerNotFound.
        """
        with self._database.snapshot() as connection:
            partner = (
                self._partners.require(connection, partner_id).number if partner_id is not None else None
            )
            found = store.page(
                connection,
                waited_for=waited_for,
                partner=partner,
                newest_first=newest_first,
                after=after,
                how_many=limit,
            )
            return self._listed(connection, found)

    def _lines(self, connection: Connection, wanted: Sequence[WantedLine]) -> list[tuple[int, int]]:
        """Return products and quantities of an order's lines. Raises the refusal of the first bad one."""
        found: dict[int, int] = {}
        for row, one in enumerate(wanted):
            try:
                product = self._products.require(connection, one.product_id)
                if refusal := self._products.blocked(connection, {product}).get(product):
                    raise refusal
                facts = self._products.facts(connection, {product})[product]
                if product in found:
                    raise InvalidField(field="produto_id", reason="twice", name=facts.name)
                found[product] = bought(one.quantity, facts.decimals, "quantidade")
            except DomainError as refusal:
                raise in_row(refusal, "itens", row) from None
        return list(found.items())

    def _line_of(self, connection: Connection, order: int, product: int) -> int:
        """Return the product of the order's line that an entry of a product fulfils. Raises NotOrdered."""
        ordered = {one.line.product_id for one in store.lines(connection, [order])[order]}
        if product in ordered:
            return product
        facts = self._products.facts(connection, {product, *ordered})
        for other in sorted(ordered):
            # The product was united with another one since it was ordered.
            if facts[other].merged_into == product:
                return other
        raise rules.NotOrdered(name=facts[product].name)

    def _require(self, connection: Connection, number: int) -> Order:
        order = store.get(connection, number)
        if order is None:
            raise rules.OrderNotFound(order_id=f"o{number}")
        return order

    def _listed(self, connection: Connection, orders: list[Order]) -> list[ListedOrder]:
        lines = store.lines(connection, [order.number for order in orders])
        facts = self._products.facts(
            connection, {one.line.product_id for some in lines.values() for one in some}
        )
        partners = self._partners.names(
            connection, {order.partner_id for order in orders if order.partner_id}
        )
        people = {account.id: account.username for account in self._accounts.listing()} if orders else {}
        return [
            ListedOrder(
                order,
                partners[order.partner_id] if order.partner_id is not None else "",
                people[order.account_id],
                [
                    ListedLine(one, facts[one.line.product_id].name, facts[one.line.product_id].unit)
                    for one in lines[order.number]
                ],
            )
            for order in orders
        ]


def _says_the_same(there: ListedOrder, wanted: WantedOrder, note: str) -> bool:
    partner = there.order.partner_id
    said = (
        f"t{partner}" if partner is not None else None,
        there.order.expected_on,
        there.order.note,
        {(f"p{one.expected.line.product_id}", Decimal(one.expected.line.quantity)) for one in there.lines},
    )
    asked = {(one.product_id, one.quantity * QUANTITY_SCALE) for one in wanted.lines}
    return said == (wanted.partner_id, wanted.expected_on, note, asked)


def changed_rows(connection: Connection) -> Iterator[str]:
    """Yield the ids of orders that are not as they were written, within the caller's transaction."""
    for order, written in store.rows(connection):
        if checksum(*order) != written:
            yield f"o{order.number}"
    for line, written in store.line_rows(connection):
        if checksum(*line) != written:
            yield f"o{line.order}"
