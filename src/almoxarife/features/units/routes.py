"""Routes of units of measure."""

from __future__ import annotations

from flask import Response

from almoxarife.contract.units import UnitRequest, UnitRow
from almoxarife.features.units.service import Units
from almoxarife.features.units.store import Unit
from almoxarife.i18n import _
from almoxarife.identity import Role
from almoxarife.routing.access import Access
from almoxarife.routing.answers import answer, answer_messages
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

routes = Routes("unidades", _("Units"))
_READS = Access(least=Role.READER)
_WRITES = Access(least=Role.OPERATOR)


@routes.get("/unidades", summary=_("Every unit of measure"), answers={200: [UnitRow]}, access=_READS)
def units() -> Response:
    """List every unit, by code."""
    return answer_messages(_row(unit) for unit in service(Units).listing())


@routes.post(
    "/unidades",
    summary=_("Create a unit of measure"),
    answers={201: UnitRow},
    refusals=(409,),
    access=_WRITES,
)
def create(body: UnitRequest) -> Response:
    """Make a unit."""
    return answer(_row(service(Units).create(body.code, body.name, body.decimals)), 201)


def _row(unit: Unit) -> UnitRow:
    return UnitRow(code=unit.code, name=unit.name, decimals=unit.decimals)
