"""Routes of lots."""

from __future__ import annotations

from flask import Response

from almoxarife.clock import day_of, now_us
from almoxarife.contract.lots import LotPlace, LotQuery, LotRow, SuggestedLot, Suggestion, SuggestionQuery
from almoxarife.contract.movements import number_on_wire
from almoxarife.features.lots import rules
from almoxarife.features.lots.service import Listed, Lots
from almoxarife.features.products.service import Products
from almoxarife.i18n import _
from almoxarife.identity import Role
from almoxarife.routing.access import Access
from almoxarife.routing.answers import answer, answer_messages
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

routes = Routes("lotes", _("Lots"))
_READER = Access(least=Role.READER)


@routes.get(
    "/lotes",
    summary=_("The lots of a product, or those that expire soon"),
    answers={200: [LotRow]},
    refusals=(404, 409),
    access=_READER,
)
def lots(query: LotQuery) -> Response:
    """List lots with where they are."""
    product_id = query.product_id and service(Products).meant(query.product_id)
    found = service(Lots).listing(product_id, query.expiring_in)
    today = day_of(now_us())
    return answer_messages(_row(one, today) for one in found)


@routes.get(
    "/lotes/sugestao",
    summary=_("Which lots to take, first expired first"),
    answers={200: Suggestion},
    refusals=(404, 409),
    access=_READER,
)
def suggestion(query: SuggestionQuery) -> Response:
    """Suggest lots for a quantity."""
    product_id = service(Products).meant(query.product_id)
    taken, missing = service(Lots).suggestion(product_id, query.quantity, query.place_id)
    return answer(
        Suggestion(
            lots=[
                SuggestedLot(
                    lot_id=f"v{one.lot.number}",
                    number=one.lot.text,
                    expires_on=one.lot.expires_on,
                    place_id=f"l{one.place}",
                    quantity=number_on_wire(one.quantity),
                )
                for one in taken
            ],
            missing=number_on_wire(missing),
        )
    )


def _row(one: Listed, today: str) -> LotRow:
    lot = one.lot
    return LotRow(
        id=f"v{lot.number}",
        product_id=f"p{lot.product_id}",
        product_name=one.product_name,
        number=lot.text,
        made_on=lot.made_on,
        expires_on=lot.expires_on,
        expired=rules.has_expired(lot, today),
        quantity=number_on_wire(sum(place.quantity for place in one.places)),
        places=[
            LotPlace(place_id=f"l{place.place}", quantity=number_on_wire(place.quantity))
            for place in one.places
        ],
    )
