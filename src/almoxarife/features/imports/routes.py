"""The route of lots."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response

from almoxarife.contract.imports import LotAnswer, LotRequest
from almoxarife.contract.movements import encode_row
from almoxarife.features.imports.service import Imports
from almoxarife.i18n import _
from almoxarife.identity import Role
from almoxarife.routing.access import Access, caller
from almoxarife.routing.answers import answer_json
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

routes = Routes("lote", _("Inventory"))

# The largest lot, written with spaces and line breaks, is half as large.
LARGEST_BODY_BYTES = 4 * 1024 * 1024


@routes.post(
    "/inventario/lote",
    summary=_("Register many entries, all or none; the same id again is the same entry"),
    answers={201: LotAnswer, 200: LotAnswer},
    refusals=(404, 409),
    access=Access(least=Role.OPERATOR),
    largest_body=LARGEST_BODY_BYTES,
)
def register_lot(body: LotRequest) -> Response:
    """Record a lot; answer 201 when something of it is new and 200 when everything was there already."""
    lot = service(Imports).register_lot(caller(), body.rows)
    rows, repeated = ",".join(map(encode_row, lot.records)), len(lot.records) - lot.new
    return answer_json(
        f'{{"entradas":[{rows}],"novas":{lot.new},"repetidas":{repeated}}}',
        HTTPStatus.CREATED if lot.new else HTTPStatus.OK,
    )
