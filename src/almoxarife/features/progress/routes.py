"""Routes of work that takes long."""

from __future__ import annotations

from flask import Response

from almoxarife.contract import progress as wire
from almoxarife.contract.base import Done
from almoxarife.features.progress.service import Works
from almoxarife.i18n import _
from almoxarife.identity import Role
from almoxarife.routing.access import Access, caller
from almoxarife.routing.answers import answer
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

routes = Routes("andamento", _("Long work"))
_READS = Access(least=Role.READER)


@routes.get(
    "/andamento",
    summary=_("How far one's own work is that takes long"),
    answers={200: wire.WorkProgress},
    refusals=(404,),
    access=_READS,
    short=True,
)
def progress(query: wire.ProgressQuery) -> Response:
    """Tell how far it is."""
    found = service(Works).progress(caller(), query.id)
    return answer(wire.WorkProgress(stage=found.stage, done=found.done, total=found.total))


@routes.post(
    "/andamento/parar",
    summary=_("Stop one's own work that takes long"),
    answers={200: Done},
    refusals=(404,),
    access=_READS,
    short=True,
)
def stop(body: wire.WorkId) -> Response:
    """Let it end."""
    service(Works).stop(caller(), body.id)
    return answer(Done(message=_("It ends at its next step.")))
