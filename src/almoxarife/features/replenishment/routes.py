"""Routes of replenishment."""

from __future__ import annotations

from uuid import UUID

from flask import Response

from almoxarife.clock import to_rfc3339
from almoxarife.contract import purchases as wire
from almoxarife.contract.base import Done
from almoxarife.contract.movements import number_on_wire
from almoxarife.features.products.service import Products
from almoxarife.features.progress.service import Works
from almoxarife.features.replenishment.files import (
    MEDIA_TYPES,
    Format,
    consumed_a_day,
    content,
    file_name,
    text,
)
from almoxarife.features.replenishment.order_service import ListedOrder, Orders, WantedLine, WantedOrder
from almoxarife.features.replenishment.service import Asked, ForSupplier, Item, Purchases, Suggestion
from almoxarife.features.replenishment.supply_service import Listed, Supplies, Wish
from almoxarife.i18n import _
from almoxarife.identity import Role
from almoxarife.ids import number_after
from almoxarife.routing.access import Access, caller
from almoxarife.routing.answers import answer, answer_messages
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

routes = Routes("compras", _("Purchases"))
_READS = Access(least=Role.READER)
_REGISTERS = Access(least=Role.OPERATOR)
_MANAGES = Access(least=Role.MANAGER)


@routes.get(
    "/compras/sugestao",
    summary=_("What to buy, supplier by supplier: as list, sheet or text"),
    answers={200: (wire.Suggestion, *MEDIA_TYPES.values())},
    refusals=(404, 409),
    access=_READS,
)
def suggestion(query: wire.SuggestionQuery) -> Response:
    """Suggest what to buy."""
    asked = Asked(query.days, query.cover_days, query.partner_id, query.limit)
    with service(Works).followed(caller(), query.work_id):
        found = service(Purchases).suggestion(asked)
    if query.format == "json":
        return answer(_suggestion(found))
    wanted = Format(query.format)
    charset = "" if wanted is Format.WORKBOOK else "; charset=utf-8"
    response = Response(content(found, wanted), content_type=f"{MEDIA_TYPES[wanted]}{charset}")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(found, wanted)}"'
    return response


@routes.get(
    "/compras/produtos",
    summary=_("How products are bought, in order of the products"),
    answers={200: [wire.SupplyRow]},
    refusals=(404, 409),
    access=_READS,
)
def supplies(query: wire.SupplyQuery) -> Response:
    """List how products are bought, page by page."""
    product_id = query.product_id and service(Products).meant(query.product_id)
    after = number_after(query.after, "p")
    found = service(Supplies).listing(product_id, query.partner_id, after=after, limit=query.limit)
    return answer_messages(map(_supply, found))


@routes.put(
    "/compras/produtos",
    summary=_("Say from whom a product is bought, how long it takes, in packs of how many"),
    answers={200: wire.SupplyRow, 201: wire.SupplyRow},
    refusals=(404, 409),
    access=_MANAGES,
)
def put_supply(body: wire.SupplyRequest) -> Response:
    """Say how a product is bought."""
    listed, new = service(Supplies).put(
        caller(), body.product_id, Wish(body.partner_id, body.lead_days, body.pack)
    )
    return answer(_supply(listed), 201 if new else 200)


@routes.post(
    "/compras/produtos/remover",
    summary=_("Say no more how a product is bought"),
    answers={200: Done},
    refusals=(404,),
    access=_MANAGES,
)
def remove_supply(body: wire.SupplyKey) -> Response:
    """Forget how a product is bought."""
    service(Supplies).remove(caller(), body.product_id)
    return answer(Done(message=_("How the product is bought is no longer said.")))


@routes.get(
    "/compras/pedidos",
    summary=_("Purchase orders, page by page"),
    answers={200: [wire.OrderRow]},
    refusals=(404,),
    access=_READS,
)
def orders(query: wire.OrderQuery) -> Response:
    """List orders, page by page."""
    found = service(Orders).listing(
        waited_for=query.state == "abertos",
        partner_id=query.partner_id,
        newest_first=query.order == "recentes",
        after=number_after(query.after, "o"),
        limit=query.limit,
    )
    return answer_messages(map(_order, found))


@routes.post(
    "/compras/pedidos",
    summary=_("Write down what was ordered"),
    answers={200: wire.OrderRow, 201: wire.OrderRow},
    refusals=(404, 409),
    access=_REGISTERS,
)
def place(body: wire.OrderRequest) -> Response:
    """Write down an order."""
    lines = [WantedLine(line.product_id, line.quantity) for line in body.lines]
    listed, new = service(Orders).place(
        caller(), WantedOrder(body.id, body.partner_id, body.expected_on, body.note, lines)
    )
    return answer(_order(listed), 201 if new else 200)


@routes.post(
    "/compras/pedidos/cancelar",
    summary=_("Wait no more for what has not come of an order"),
    answers={200: wire.OrderRow},
    refusals=(404,),
    access=_REGISTERS,
)
def cancel(body: wire.OrderId) -> Response:
    """Cancel an order."""
    return answer(_order(service(Orders).cancel(caller(), body.id)))


@routes.post(
    "/compras/pedidos/receber",
    summary=_("Say which entry brought goods of an order"),
    answers={200: wire.OrderRow},
    refusals=(404, 409),
    access=_REGISTERS,
)
def receive(body: wire.ReceiptRequest) -> Response:
    """Let an entry fulfil an order."""
    return answer(_order(service(Orders).receive(caller(), body.id, body.movement_id)))


def _suggestion(found: Suggestion) -> wire.Suggestion:
    return wire.Suggestion(
        shop=found.shop,
        today=found.today,
        days=found.period.days,
        cover_days=found.cover_days,
        more=found.more,
        suppliers=[_supplier(found, one) for one in found.suppliers],
    )


def _supplier(found: Suggestion, one: ForSupplier) -> wire.SupplierSuggestion:
    return wire.SupplierSuggestion(
        partner_id=_partner(one.partner_id),
        partner_name=one.name,
        phone=one.phone,
        email=one.email,
        expected_on=one.expected_on,
        text=text(found, one),
        items=[_item(item) for item in one.items],
    )


def _item(item: Item) -> wire.SuggestionItem:
    return wire.SuggestionItem(
        product_id=f"p{item.product_id}",
        product_name=item.product_name,
        code=item.code,
        unit=item.unit,
        quantity=number_on_wire(item.advice.quantity),
        pack=_number(item.pack),
        stock=number_on_wire(item.position.stock),
        reserved=number_on_wire(item.position.reserved),
        on_order=number_on_wire(item.position.on_order),
        consumed_a_day=number_on_wire(consumed_a_day(item)),
        lead_days=item.pace.lead_days,
        minimum=number_on_wire(item.need.minimum),
        target=_number(item.need.target),
        maximum=_number(item.need.maximum),
        reorder_point=number_on_wire(item.advice.reorder_point),
    )


def _supply(one: Listed) -> wire.SupplyRow:
    return wire.SupplyRow(
        product_id=f"p{one.supply.product_id}",
        product_name=one.product_name,
        unit=one.unit,
        partner_id=_partner(one.supply.partner_id),
        partner_name=one.partner_name,
        lead_days=one.supply.lead_days,
        pack=_number(one.supply.pack),
    )


def _order(one: ListedOrder) -> wire.OrderRow:
    order = one.order
    return wire.OrderRow(
        id=f"o{order.number}",
        client_id=str(UUID(order.client_id)),
        partner_id=_partner(order.partner_id),
        partner_name=one.partner_name,
        state=one.state,
        username=one.username,
        ordered_at=to_rfc3339(order.ordered_at),
        expected_on=order.expected_on,
        note=order.note,
        lines=[
            wire.OrderLineRow(
                product_id=f"p{line.expected.line.product_id}",
                product_name=line.product_name,
                unit=line.unit,
                quantity=number_on_wire(line.expected.line.quantity),
                received=number_on_wire(line.expected.received),
            )
            for line in one.lines
        ],
    )


def _partner(number: int | None) -> str | None:
    return f"t{number}" if number is not None else None


def _number(units: int | None) -> int | float | None:
    return number_on_wire(units) if units is not None else None
