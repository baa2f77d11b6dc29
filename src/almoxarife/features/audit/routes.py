"""The route of the audit list."""

from __future__ import annotations

import json

from flask import Response

from almoxarife.clock import to_rfc3339
from almoxarife.contract.audit import AuditQuery, AuditRow
from almoxarife.contract.types import MAX_PAGE
from almoxarife.errors import InvalidField
from almoxarife.features.audit.service import Audit, Wanted
from almoxarife.features.audit.store import Entry
from almoxarife.i18n import _
from almoxarife.identity import Role
from almoxarife.routing.access import Access
from almoxarife.routing.answers import answer_messages
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

routes = Routes("auditoria", _("Audit"))


@routes.get(
    "/auditoria",
    summary=_("Who did what, oldest first"),
    answers={200: [AuditRow]},
    access=Access(least=Role.MANAGER),
)
def audit(query: AuditQuery) -> Response:
    """Show a page of the audit list, from a cursor on or the newest."""
    wanted = Wanted(query.username, query.action, query.before)
    if query.latest is None:
        found = service(Audit).following(query.after or 0, query.limit or MAX_PAGE, wanted)
    elif query.after is not None or query.limit is not None:
        raise InvalidField(field="ultimos", reason="not_together", other="depois_de, limite")
    else:
        found = service(Audit).latest(query.latest, wanted)
    return answer_messages(_row(entry) for entry in found)


def _row(entry: Entry) -> AuditRow:
    return AuditRow(
        sequence=entry.id,
        at=to_rfc3339(entry.at),
        username=entry.username,
        action=entry.action,
        subject=entry.subject,
        details=json.loads(entry.details),
    )
