"""Routes of counts."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response

from almoxarife.contract.count_calendar import (
    AccuracyOverTime,
    AccuracyQuery,
    Agenda,
    AgendaQuery,
    Intervals,
)
from almoxarife.contract.counts import (
    Confirmed,
    ConfirmRequest,
    CountedRow,
    CountPath,
    CountQuery,
    CountRequest,
    CountRow,
    ItemKey,
    ItemQuery,
    ItemRow,
    LineQuery,
    LineRequest,
    LineRow,
    Reviewed,
    ReviewRequest,
)
from almoxarife.contract.types import MAX_PAGE
from almoxarife.features.counts import encoding
from almoxarife.features.counts.calendar_service import Calendar
from almoxarife.features.counts.counting import LineWish
from almoxarife.features.counts.deciding import ConfirmWish, ItemName
from almoxarife.features.counts.review_service import Reviews
from almoxarife.features.counts.rules import UNFINISHED, WORDS, Decision, State
from almoxarife.features.counts.service import Counts, CountWish
from almoxarife.i18n import _
from almoxarife.identity import Role
from almoxarife.routing.access import Access, caller
from almoxarife.routing.answers import answer, answer_messages
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

routes = Routes("contagens", _("Counts"))
_READER = Access(least=Role.READER)
_OPERATOR = Access(least=Role.OPERATOR)
_MANAGER = Access(least=Role.MANAGER)
_STATES = {
    **{word: [state] for state, word in WORDS.items()},
    "em_andamento": list(UNFINISHED),
    "terminada": [state for state in State if state not in UNFINISHED],
}
_DECISIONS = {"aceitar": Decision.ACCEPT, "recontar": Decision.RECOUNT}


@routes.get(
    "/contagens",
    summary=_("The counts, newest first"),
    answers={200: [CountRow]},
    refusals=(404,),
    access=_READER,
)
def counts(query: CountQuery) -> Response:
    """List counts."""
    states = _STATES[query.state] if query.state is not None else list(State)
    found = service(Counts).listing(states, query.before, query.limit or 50)
    return answer_messages(encoding.count_row(one, caller()) for one in found)


@routes.post(
    "/contagens",
    summary=_("Begin to count a place, a category, a class, a list of products, or the whole shop"),
    answers={201: CountRow, 200: CountRow},
    refusals=(404, 409),
    access=_OPERATOR,
)
def begin(body: CountRequest) -> Response:
    """Begin a count."""
    wish = CountWish(body.id, body.place_id, body.category_id, body.abc, body.products, body.blind, body.note)
    shown, known = service(Counts).open(caller(), wish)
    return answer(encoding.count_row(shown, caller()), 200 if known else 201)


@routes.get(
    "/contagens/acuracidade",
    summary=_("How right the ledger was, count by count and month by month"),
    answers={200: AccuracyOverTime},
    access=_READER,
)
def accuracy(query: AccuracyQuery) -> Response:
    """Tell how right the ledger was."""
    return answer(encoding.history(service(Calendar).accuracy(query.since, query.until, query.limit or 100)))


@routes.get(
    "/contagens/agenda",
    summary=_("What to count next, the longest overdue first"),
    answers={200: Agenda},
    refusals=(404,),
    access=_READER,
)
def agenda(query: AgendaQuery) -> Response:
    """Propose what to count."""
    only_due = query.due == "true"
    found = service(Calendar).agenda(query.place_id, only_due=only_due, limit=query.limit or 100)
    return answer(encoding.agenda(found))


@routes.put(
    "/contagens/agenda",
    summary=_("Set after how many days a product of each class is counted again"),
    answers={200: Intervals},
    access=Access(least=Role.ADMINISTRATOR),
)
def set_agenda(body: Intervals) -> Response:
    """Set the intervals."""
    days = service(Calendar).set_days(caller(), {"A": body.a, "B": body.b, "C": body.c})
    return answer(Intervals(a=days["A"], b=days["B"], c=days["C"]))


@routes.get(
    "/contagens/<contagem_id>",
    summary=_("A count, and how far it is"),
    answers={200: CountRow},
    refusals=(404,),
    access=_READER,
)
def count(path: CountPath) -> Response:
    """Show a count."""
    return answer(encoding.count_row(service(Counts).get(path.id), caller()))


@routes.get(
    "/contagens/<contagem_id>/linhas",
    summary=_("Who saw how much of what, line by line"),
    answers={200: [LineRow]},
    refusals=(404,),
    access=_READER,
)
def lines(path: CountPath, query: LineQuery) -> Response:
    """List the lines of a count."""
    found = service(Counts).lines(
        path.id,
        after=query.after or 0,
        latest=query.latest,
        limit=query.limit or MAX_PAGE,
        unknown=query.unknown == "true",
    )
    return answer_messages(encoding.line_row(one, caller()) for one in found)


@routes.post(
    "/contagens/<contagem_id>/linhas",
    summary=_("Count something; it is added to what was counted of it before"),
    answers={201: CountedRow, 200: CountedRow},
    refusals=(404, 409),
    access=_OPERATOR,
)
def add_line(path: CountPath, body: LineRequest) -> Response:
    """Add a line."""
    wish = LineWish(
        body.id,
        body.product_id,
        body.text,
        body.quantity,
        body.unit,
        body.place_id,
        body.lot.number if body.lot is not None else None,
        body.lot_id,
        body.serial,
        body.replaces,
        body.void,
        body.recount,
    )
    counted, known = service(Counts).count(caller(), path.id, wish)
    return answer(encoding.counted_row(counted, caller()), 200 if known else 201)


@routes.get(
    "/contagens/<contagem_id>/itens",
    summary=_("What was found of each item: differences, missing, unexpected"),
    answers={200: [ItemRow]},
    refusals=(404,),
    access=_READER,
)
def items(path: CountPath, query: ItemQuery) -> Response:
    """List the items of a count."""
    found = service(Reviews).items(caller(), path.id, query.wanted or "todos")
    return answer_messages(encoding.item_rows(found, query.skip or 0, query.limit or MAX_PAGE))


@routes.post(
    "/contagens/<contagem_id>/encerrar",
    summary=_("Let nothing more be counted, so that differences can be looked at"),
    answers={200: CountRow},
    refusals=(404, 409),
    access=_OPERATOR,
)
def close(path: CountPath) -> Response:
    """Close a count for counting."""
    return answer(encoding.count_row(service(Counts).close(caller(), path.id), caller()))


@routes.post(
    "/contagens/<contagem_id>/revisoes",
    summary=_("Accept items as they were counted, or have them counted anew by somebody else"),
    answers={200: Reviewed},
    refusals=(404, 409),
    access=_MANAGER,
)
def review(path: CountPath, body: ReviewRequest) -> Response:
    """Decide about items."""
    number = service(Reviews).decide(
        caller(),
        path.id,
        _DECISIONS[body.decision],
        _names(body.items),
        all_different=body.all_different,
    )
    return answer(Reviewed(items=number))


@routes.post(
    "/contagens/<contagem_id>/confirmar",
    summary=_("Make the ledger right by what was counted, once"),
    answers={200: Confirmed},
    refusals=(404, 409),
    access=_MANAGER,
)
def confirm(path: CountPath, body: ConfirmRequest) -> Response:
    """Confirm a count."""
    wish = ConfirmWish(body.id, body.zero_missing, _names(body.zero), body.ignore_unknown, body.reason_id)
    adjustments = service(Reviews).confirm(caller(), path.id, wish)[1]
    row = encoding.count_row(service(Counts).get(path.id), caller())
    return answer(Confirmed(**row.said(), adjustments=adjustments))


@routes.post(
    "/contagens/<contagem_id>/cancelar",
    summary=_("End a count without making anything of it"),
    answers={200: CountRow},
    refusals=(404, 409),
    access=_MANAGER,
)
def cancel(path: CountPath) -> Response:
    """Cancel a count."""
    service(Reviews).cancel(caller(), path.id)
    return answer(encoding.count_row(service(Counts).get(path.id), caller()))


def _names(items: Sequence[ItemKey] | None) -> list[ItemName]:
    return [ItemName(one.product_id, one.place_id, one.lot) for one in items or ()]
