"""Routes of period closing."""

from __future__ import annotations

from flask import Response

from almoxarife.clock import to_rfc3339
from almoxarife.contract.periods import CloseRequest, PeriodRow, ReopenRequest
from almoxarife.features.periods.service import Closing, Periods
from almoxarife.i18n import _
from almoxarife.identity import Role
from almoxarife.routing.access import Access, caller
from almoxarife.routing.answers import answer
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

routes = Routes("periodos", _("Periods"))


@routes.get(
    "/periodos",
    summary=_("Until when the books are closed"),
    answers={200: PeriodRow},
    access=Access(least=Role.READER),
)
def periods() -> Response:
    """Show until when the books are closed."""
    return answer(_row(service(Periods).state()))


@routes.post(
    "/periodos/fechar",
    summary=_("Close everything up to the end of a day"),
    answers={200: PeriodRow},
    refusals=(409,),
    access=Access(least=Role.MANAGER),
)
def close(body: CloseRequest) -> Response:
    """Close a period."""
    return answer(_row(service(Periods).close(caller(), body.until)))


@routes.post(
    "/periodos/reabrir",
    summary=_("Open a closed day and all after it again"),
    answers={200: PeriodRow},
    refusals=(409,),
    access=Access(least=Role.ADMINISTRATOR),
)
def reopen(body: ReopenRequest) -> Response:
    """Open a period again, with a reason."""
    return answer(_row(service(Periods).reopen(caller(), body.since, body.reason)))


def _row(closing: Closing) -> PeriodRow:
    return PeriodRow(
        last_day=closing.last_day,
        open_since=to_rfc3339(closing.open_since) if closing.open_since else None,
    )
