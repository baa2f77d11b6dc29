"""Routes of reports: the stock card, why a balance is what it is, stock and its value at any instant."""

from __future__ import annotations

from flask import Response

from almoxarife.contract.reports import (
    MOST_LINES,
    Card,
    CardQuery,
    Explanation,
    ExplanationQuery,
    InventoryQuery,
    ProductBalance,
    StockValue,
)
from almoxarife.features.products.service import Products
from almoxarife.features.reports import encoding, words
from almoxarife.features.reports.service import Card as CardPart
from almoxarife.features.reports.service import Reports
from almoxarife.i18n import _
from almoxarife.identity import Role
from almoxarife.routing.access import Access
from almoxarife.routing.answers import answer_json, answer_list
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

_READER = Access(least=Role.READER)
routes = Routes("relatorios", _("Reports"))


@routes.get(
    "/kardex",
    summary=_("A product's stock card: every movement with balance, cost and value"),
    answers={200: Card},
    refusals=(404, 409),
    access=_READER,
)
def card(query: CardQuery) -> Response:
    """Show a product's stock card."""
    return answer_json(encoding.card(_asked(query, query.limit), query.place_id))


@routes.get(
    "/kardex/explicacao",
    summary=_("Why is this the balance? The stock card as arithmetic in words"),
    answers={200: Explanation},
    refusals=(404, 409),
    access=_READER,
)
def explanation(query: ExplanationQuery) -> Response:
    """Explain a balance."""
    part = _asked(query, MOST_LINES)
    summary = words.summary(part.opening, part.lines, part.closing)
    steps = words.steps(part.opening, part.lines, at_most=query.limit)
    return answer_json(encoding.explanation(part, query.place_id, summary, steps))


@routes.get(
    "/estoque/saldos",
    summary=_("The balance of every product, now or at an instant"),
    answers={200: [ProductBalance]},
    refusals=(404,),
    access=_READER,
)
def balances(query: InventoryQuery) -> Response:
    """List what there is, or was, of every product."""
    inventory = service(Reports).inventory(at=query.at, place_id=query.place_id)
    return answer_list(encoding.balances(inventory.products))


@routes.get(
    "/estoque/valor",
    summary=_("What the stock is worth, in all and by product, now or at an instant"),
    answers={200: StockValue},
    refusals=(404,),
    access=_READER,
)
def value(query: InventoryQuery) -> Response:
    """Value the stock."""
    inventory = service(Reports).inventory(at=query.at, place_id=query.place_id)
    return answer_json(encoding.values(inventory.method, inventory.products))


def _asked(query: CardQuery, limit: int) -> CardPart:
    return service(Reports).card(
        service(Products).meant(query.product_id),
        place_id=query.place_id,
        since=query.since,
        until=query.until,
        after=query.after,
        limit=limit,
    )
