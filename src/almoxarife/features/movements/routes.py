"""Routes of movements: the inventory as the first version's programs know it, and what came beside it."""

from __future__ import annotations

from http import HTTPStatus

from flask import Response

from almoxarife.clock import from_rfc3339, to_rfc3339
from almoxarife.contract.codes import ScanAnswer, ScanRequest
from almoxarife.contract.movement_requests import EntryRequest
from almoxarife.contract.movements import (
    EntryQuery,
    EntryRow,
    Summary,
    SummaryQuery,
    encode_row,
    number_on_wire,
)
from almoxarife.contract.types import MAX_PAGE
from almoxarife.errors import InvalidField
from almoxarife.features.movements.service import EVERYTHING, Filter, Movements, Registered
from almoxarife.features.products.service import Products
from almoxarife.hurry import may_take_long
from almoxarife.i18n import _
from almoxarife.identity import Role
from almoxarife.routing.access import Access, caller
from almoxarife.routing.answers import (
    answer,
    answer_json,
    answer_later,
    answer_list,
    list_json,
    stream_list,
)
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

routes = Routes("inventario", _("Inventory"))


@routes.post(
    "/inventario",
    summary=_("Register a movement; the same id again is the same movement"),
    answers={201: EntryRow, 200: EntryRow},
    refusals=(403, 404, 409),
    access=Access(least=Role.OPERATOR),
    short=True,
)
def register_entry(body: EntryRequest) -> Response:
    """Record a movement; answer 201 when it is new and 200 when it was there already."""
    return answer_later(service(Movements).begin(caller(), body), _acknowledgement)


def _acknowledgement(done: Registered) -> tuple[str, int]:
    return encode_row(done.record), HTTPStatus.OK if done.replayed else HTTPStatus.CREATED


@routes.post(
    "/inventario/leitura",
    summary=_("Register all that one scan stands for, together or not at all"),
    answers={201: ScanAnswer, 200: ScanAnswer},
    refusals=(403, 404, 409),
    access=Access(least=Role.OPERATOR),
)
def register_scan(body: ScanRequest) -> Response:
    """Record what a scan stands for, such as a kit; answer 200 when it was there already."""
    done = service(Movements).register_scan(caller(), body)
    replayed = all(one.replayed for one in done)
    rows = list_json(encode_row(one.record) for one in done)
    text = f'{{"movimentos":{rows},"repetida":{str(replayed).lower()}}}'
    return answer_json(text, HTTPStatus.OK if replayed else HTTPStatus.CREATED)


@routes.get(
    "/inventario",
    summary=_("All movements, oldest first; or those after a cursor, or the newest"),
    answers={200: [EntryRow]},
    refusals=(404, 409),
    access=Access(least=Role.READER),
    short=True,
)
def entries(query: EntryQuery) -> Response:
    """List every entry as a stream; a page of them where a parameter asks for one."""
    movements = service(Movements)
    product_id = query.product_id and service(Products).meant(query.product_id, "produto")
    wanted = Filter(query.username, query.kind, query.place_id, product_id, query.lot_id)
    if query.latest is not None:
        if query.after is not None or query.limit is not None:
            raise InvalidField(field="ultimos", reason="not_together", other="depois_de, limite")
        if wanted == EVERYTHING:
            return answer_json(movements.latest_json(query.latest))
        may_take_long()
        return answer_list(map(encode_row, movements.latest(query.latest, wanted)))
    if query.after is None and query.limit is None:
        may_take_long()
        return stream_list([encode_row(row) for row in page] for page in movements.everything(wanted))
    page = movements.following(query.after or 0, query.limit or MAX_PAGE, wanted)
    return answer_list(map(encode_row, page))


@routes.get(
    "/inventario/resumo",
    summary=_("Totals of the entries since an instant"),
    answers={200: Summary},
    access=Access(least=Role.READER),
)
def summary(query: SummaryQuery) -> Response:
    """Sum up the entries since an instant."""
    try:
        since = from_rfc3339(query.since)
        # An offset may carry an instant of the calendar's first or last day out of the calendar.
        shown = to_rfc3339(since)
    except (ValueError, OverflowError):
        raise InvalidField(field="desde", reason="not_instant") from None
    totals, sequence = service(Movements).totals(since)
    return answer(
        Summary(
            since=shown,
            entries=totals.entries,
            quantity=number_on_wire(totals.quantity),
            people=totals.people,
            sequence=sequence,
        )
    )
