"""Routes of places."""

from __future__ import annotations

from flask import Response

from almoxarife.contract.locations import PlaceChange, PlaceRequest, PlaceRow
from almoxarife.features.locations.rules import Place
from almoxarife.features.locations.service import Locations
from almoxarife.i18n import _
from almoxarife.identity import Role
from almoxarife.routing.access import Access
from almoxarife.routing.answers import answer, answer_messages
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

routes = Routes("locais", _("Places"))
_MANAGER = Access(least=Role.MANAGER)
_READER = Access(least=Role.READER)


@routes.get(
    "/locais", summary=_("Every place, and those outside the shop"), answers={200: [PlaceRow]}, access=_READER
)
def places() -> Response:
    """List every location, in order of creation."""
    return answer_messages(_row(one) for one in service(Locations).listing())


@routes.post(
    "/locais", summary=_("Add a place"), answers={201: PlaceRow}, refusals=(404, 409), access=_MANAGER
)
def create(body: PlaceRequest) -> Response:
    """Add a place, inside another one or in none."""
    return answer(_row(service(Locations).create(body.name, body.parent)), 201)


@routes.post(
    "/locais/alterar",
    summary=_("Rename or move a place, give it up or use it again"),
    answers={200: PlaceRow},
    refusals=(404, 409),
    access=_MANAGER,
)
def change(body: PlaceChange) -> Response:
    """Change a place."""
    to_root = body.parent is None and "parent" in body.model_fields_set
    changed = service(Locations).change(
        body.id, name=body.name, active=body.active, parent=body.parent, to_root=to_root
    )
    return answer(_row(changed))


def _row(place: Place) -> PlaceRow:
    return PlaceRow(
        id=f"l{place.id}",
        name=place.name,
        kind=place.kind,
        parent=f"l{place.parent_id}" if place.parent_id is not None else None,
        default=place.is_default,
        active=place.active,
    )
