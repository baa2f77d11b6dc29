"""Routes of reasons."""

from __future__ import annotations

from flask import Response

from almoxarife.contract.reasons import ReasonChange, ReasonRequest, ReasonRow
from almoxarife.features.reasons.service import Reasons
from almoxarife.features.reasons.store import Reason
from almoxarife.i18n import _
from almoxarife.identity import Role
from almoxarife.routing.access import Access
from almoxarife.routing.answers import answer, answer_messages
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

routes = Routes("motivos", _("Reasons"))
_MANAGER = Access(least=Role.MANAGER)
_READER = Access(least=Role.READER)


@routes.get("/motivos", summary=_("Every reason"), answers={200: [ReasonRow]}, access=_READER)
def reasons() -> Response:
    """List every reason, oldest first."""
    return answer_messages(_row(one) for one in service(Reasons).listing())


@routes.post(
    "/motivos", summary=_("Add a reason"), answers={201: ReasonRow}, refusals=(409,), access=_MANAGER
)
def create(body: ReasonRequest) -> Response:
    """Add a reason."""
    return answer(_row(service(Reasons).create(body.name)), 201)


@routes.post(
    "/motivos/alterar",
    summary=_("Rename a reason, or let it be given no more"),
    answers={200: ReasonRow},
    refusals=(404, 409),
    access=_MANAGER,
)
def change(body: ReasonChange) -> Response:
    """Change a reason."""
    return answer(_row(service(Reasons).change(body.id, name=body.name, active=body.active)))


def _row(reason: Reason) -> ReasonRow:
    return ReasonRow(id=f"m{reason.number}", name=reason.name, active=reason.active)
