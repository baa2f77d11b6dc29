"""Routes of levels."""

from __future__ import annotations

from flask import Response

from almoxarife.contract.base import Done
from almoxarife.contract.levels import LevelKey, LevelQuery, LevelRequest, LevelRow
from almoxarife.contract.movements import number_on_wire
from almoxarife.features.levels.service import Levels, Listed, Quantities
from almoxarife.features.products.service import Products
from almoxarife.i18n import _
from almoxarife.identity import Role
from almoxarife.ids import number_after
from almoxarife.routing.access import Access, caller
from almoxarife.routing.answers import answer, answer_messages
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

routes = Routes("niveis", _("Stock levels"))
_MANAGES = Access(least=Role.MANAGER)


@routes.get(
    "/niveis",
    summary=_("How much of each product there should be, in order of creation"),
    answers={200: [LevelRow]},
    refusals=(404, 409),
    access=Access(least=Role.READER),
)
def levels(query: LevelQuery) -> Response:
    """List levels, page by page."""
    product_id = query.product_id and service(Products).meant(query.product_id)
    after = number_after(query.after, "n")
    found = service(Levels).listing(product_id, query.place_id, after=after, limit=query.limit)
    return answer_messages(map(_row, found))


@routes.put(
    "/niveis",
    summary=_("Set minimum, target and maximum of a product, in the whole shop or at a place"),
    answers={200: LevelRow, 201: LevelRow},
    refusals=(404, 409),
    access=_MANAGES,
)
def put(body: LevelRequest) -> Response:
    """Set levels."""
    wanted = Quantities(body.minimum, body.target, body.maximum)
    listed, new = service(Levels).put(caller(), body.product_id, body.place_id, wanted)
    return answer(_row(listed), 201 if new else 200)


@routes.post(
    "/niveis/remover",
    summary=_("Say no more how much of a product there should be"),
    answers={200: Done},
    refusals=(404,),
    access=_MANAGES,
)
def remove(body: LevelKey) -> Response:
    """Remove levels."""
    service(Levels).remove(caller(), body.product_id, body.place_id)
    return answer(Done(message=_("The levels are removed.")))


def _row(one: Listed) -> LevelRow:
    level = one.level
    return LevelRow(
        id=f"n{level.number}",
        product_id=f"p{level.product_id}",
        product_name=one.product_name,
        unit=one.unit,
        place_id=f"l{level.place}" if level.place is not None else None,
        place_name=one.place_name,
        minimum=number_on_wire(level.minimum),
        target=number_on_wire(level.target) if level.target is not None else None,
        maximum=number_on_wire(level.maximum) if level.maximum is not None else None,
    )
