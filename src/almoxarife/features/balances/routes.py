"""The route of balances."""

from __future__ import annotations

from flask import Response

from almoxarife.clock import last_instant
from almoxarife.contract.balances import BalanceQuery, BalanceRow, LotBalance, PlaceBalance
from almoxarife.contract.movements import number_on_wire
from almoxarife.contract.types import MAX_PAGE
from almoxarife.errors import InvalidField
from almoxarife.features.balances.service import Balance, Balances, Wanted
from almoxarife.features.products.rules import ProductNotFound, number_of
from almoxarife.features.products.service import Products
from almoxarife.i18n import _
from almoxarife.identity import Role
from almoxarife.routing.access import Access
from almoxarife.routing.answers import answer_list, stream_list
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

routes = Routes("saldos", _("Balances"))
_READER = Access(least=Role.READER)


@routes.get(
    "/saldos",
    summary=_("What there is of each product, in each place; now or at any instant"),
    answers={200: [BalanceRow]},
    refusals=(404, 409),
    access=_READER,
)
def balances(query: BalanceQuery) -> Response:
    """List balances as a stream; of one product, or a page of them, where a parameter asks for that."""
    at = last_instant(query.at, "em") if query.at is not None else None
    if query.product_id is not None:
        if query.after is not None or query.limit is not None:
            raise InvalidField(field="produto_id", reason="not_together", other="depois_de, limite")
        product_id = service(Products).meant(query.product_id)
        found = service(Balances).of_product(product_id, Wanted(query.place_id, at))
        return answer_list([_encode(found)])
    after = number_of(query.after) if query.after is not None else 0
    if after is None:
        raise ProductNotFound(product_id=query.after)
    wanted = Wanted(query.place_id, at, after)
    if query.limit is None and query.after is None:
        return stream_list([_encode(one) for one in page] for page in service(Balances).everything(wanted))
    return answer_list(map(_encode, service(Balances).page(wanted, query.limit or MAX_PAGE)))


def _encode(balance: Balance) -> str:
    reserved = balance.reserved
    row = BalanceRow(
        product_id=f"p{balance.product}",
        product_name=balance.name,
        total=number_on_wire(balance.total),
        reserved=number_on_wire(reserved) if reserved is not None else None,
        available=number_on_wire(balance.total - reserved) if reserved is not None else None,
        places=[
            PlaceBalance(
                place_id=f"l{one.place}",
                quantity=number_on_wire(one.quantity),
                branch=number_on_wire(one.branch),
            )
            for one in balance.places
        ],
        lots=[
            LotBalance(
                lot_id=f"v{one.lot.number}",
                number=one.lot.text,
                expires_on=one.lot.expires_on,
                place_id=f"l{one.place}",
                quantity=number_on_wire(one.quantity),
            )
            for one in balance.lots
        ]
        if balance.lots is not None
        else None,
    )
    return row.model_dump_json(by_alias=True, exclude={"lots"} if balance.lots is None else None)
