"""Routes of movements: the inventory as the first version's programs know it, and what came beside it."""

from __future__ import annotations

from decimal import Decimal
from http import HTTPStatus

from flask import Response

from almoxarife.clock import from_rfc3339, to_rfc3339
from almoxarife.contract.movements import (
    EntryQuery,
    EntryRequest,
    EntryRow,
    Summary,
    SummaryQuery,
    decimal_text,
    encode_row,
)
from almoxarife.contract.types import MAX_PAGE
from almoxarife.errors import InvalidField
from almoxarife.features.movements.service import Movements, Registered
from almoxarife.hurry import may_take_long
from almoxarife.i18n import _
from almoxarife.routing.access import caller
from almoxarife.routing.answers import answer, answer_later, answer_list, stream_list
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

routes = Routes("inventario", _("Inventory"))


@routes.post(
    "/inventario",
    summary=_("Register an entry; the same id again is the same entry"),
    answers={201: EntryRow, 200: EntryRow},
    refusals=(404, 409),
    short=True,
)
def register_entry(body: EntryRequest) -> Response:
    """Record an entry; answer 201 when it is new and 200 when it was there already."""
    pending = service(Movements).begin_entry(
        caller(), client_id=body.id, product_id=body.product_id, quantity=body.quantity
    )
    return answer_later(pending, _acknowledgement)


def _acknowledgement(done: Registered) -> tuple[str, int]:
    return encode_row(done.record), HTTPStatus.OK if done.replayed else HTTPStatus.CREATED


@routes.get(
    "/inventario",
    summary=_("All entries, oldest first; or those after a cursor, or the newest"),
    answers={200: [EntryRow]},
    short=True,
)
def entries(query: EntryQuery) -> Response:
    """List every entry as a stream; a page of them where a parameter asks for one."""
    movements = service(Movements)
    if query.latest is not None:
        if query.after is not None or query.limit is not None:
            raise InvalidField(field="ultimos", reason="not_together", other="depois_de, limite")
        if query.username is None:
            return answer_list(movements.latest_json(query.latest))
        may_take_long()
        return answer_list(map(encode_row, movements.latest(query.latest, query.username)))
    if query.after is None and query.limit is None:
        may_take_long()
        return stream_list([encode_row(row) for row in page] for page in movements.everything(query.username))
    page = movements.following(query.after or 0, query.limit or MAX_PAGE, query.username)
    return answer_list(map(encode_row, page))


@routes.get("/inventario/resumo", summary=_("Totals of the entries since an instant"), answers={200: Summary})
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
            quantity=_number(totals.quantity),
            people=totals.people,
            sequence=sequence,
        )
    )


def _number(quantity: int) -> int | float:
    exact = Decimal(decimal_text(quantity))
    return int(exact) if exact == exact.to_integral_value() else float(exact)
