"""The audit list: who did what beside movements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from almoxarife.client.answers import read, read_instant
from almoxarife.client.session import Session
from almoxarife.contract.audit import AuditRow

_ROWS = TypeAdapter(list[AuditRow])


@dataclass(frozen=True)
class Act:
    """Something that somebody did, to what, and what there is to say of it; ``at`` is aware (UTC)."""

    sequence: int
    at: datetime
    username: str
    action: str
    subject: str
    details: Mapping[str, Any]


def latest(
    session: Session, n: int, *, before: int | None = None, username: str = "", action: str = ""
) -> list[Act]:
    """Return the newest ``n`` acts, newest first: before a sequence, of a user, of an action, where given."""
    query: dict[str, str | int] = {"ultimos": n}
    if before is not None:
        query["antes_de"] = before
    if username:
        query["usuario"] = username
    if action:
        query["acao"] = action
    rows = read(_ROWS, session.request("GET", "/auditoria", query=query))
    return [_act(row) for row in reversed(rows)]


def _act(row: AuditRow) -> Act:
    return Act(row.sequence, read_instant(row.at), row.username, row.action, row.subject, row.details)
