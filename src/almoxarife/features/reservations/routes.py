"""Routes of reservations."""

from __future__ import annotations

from flask import Response

from almoxarife.clock import to_rfc3339
from almoxarife.contract.movements import number_on_wire
from almoxarife.contract.reservations import (
    ReservationId,
    ReservationQuery,
    ReservationRequest,
    ReservationRow,
)
from almoxarife.features.products.service import Products
from almoxarife.features.reservations.service import Listed, Reservations
from almoxarife.i18n import _
from almoxarife.identity import Role
from almoxarife.routing.access import Access, caller
from almoxarife.routing.answers import answer, answer_messages
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

routes = Routes("reservas", _("Reservations"))
_OPERATOR = Access(least=Role.OPERATOR)
_READER = Access(least=Role.READER)


@routes.get(
    "/reservas",
    summary=_("The reservations that stand"),
    answers={200: [ReservationRow]},
    refusals=(404, 409),
    access=_READER,
)
def reservations(query: ReservationQuery) -> Response:
    """List the reservations that stand, those that end first before the others."""
    product_id = query.product_id and service(Products).meant(query.product_id)
    found = service(Reservations).listing(product_id)
    return answer_messages(_row(one) for one in found)


@routes.post(
    "/reservas",
    summary=_("Hold goods back until an instant"),
    answers={201: ReservationRow},
    refusals=(404, 409),
    access=_OPERATOR,
)
def create(body: ReservationRequest) -> Response:
    """Make a reservation."""
    made = service(Reservations).create(
        caller(),
        product_id=body.product_id,
        quantity=body.quantity,
        expires_at=body.expires_at,
        place_id=body.place_id,
        note=body.note,
    )
    return answer(_row(made), 201)


@routes.post(
    "/reservas/cancelar",
    summary=_("Hold goods back no more"),
    answers={200: ReservationRow},
    refusals=(404,),
    access=_OPERATOR,
)
def cancel(body: ReservationId) -> Response:
    """Cancel a reservation."""
    return answer(_row(service(Reservations).cancel(body.id)))


def _row(one: Listed) -> ReservationRow:
    row = one.reservation
    return ReservationRow(
        id=f"r{row.number}",
        product_id=f"p{row.product_id}",
        product_name=one.product_name,
        place_id=f"l{row.place}",
        quantity=number_on_wire(row.quantity),
        username=one.username,
        created_at=to_rfc3339(row.created_at),
        expires_at=to_rfc3339(row.expires_at),
        note=row.note,
        stands=one.stands,
    )
