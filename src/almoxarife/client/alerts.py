"""What somebody should look at: below the minimum, expired, moved oddly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter

from almoxarife.client.answers import read, read_instant
from almoxarife.client.session import Session
from almoxarife.contract.alerts import AlertRow

OPEN, ACKNOWLEDGED, RESOLVED = "aberto", "reconhecido", "resolvido"
# The situations by which a list can be narrowed, as the wire names them.
SITUATIONS = ("abertos", "reconhecidos", "resolvidos", "todos")

_ROW = TypeAdapter(AlertRow)
_ROWS = TypeAdapter(list[AlertRow])


@dataclass(frozen=True)
class Alert:
    """An alert; ``kind`` and ``situation`` as the wire names them, instants aware (UTC)."""

    id: str
    kind: str
    situation: str
    text: str
    product_id: str
    product_name: str
    occurrences: int
    raised_at: datetime
    acknowledged_at: datetime | None = None
    acknowledged_by: str = ""
    note: str = ""
    resolved_at: datetime | None = None


def listing(
    session: Session,
    *,
    situation: str = "abertos",
    kind: str = "",
    place_id: str = "",
    after: str = "",
    limit: int = 1_000,
) -> list[Alert]:
    """Return alerts, newest first, behind an id; of a situation, a kind, and a place with all inside it where given."""
    query: dict[str, str | int] = {"situacao": situation, "limite": limit}
    if kind:
        query["tipo"] = kind
    if place_id:
        query["local_id"] = place_id
    if after:
        query["depois_de"] = after
    return [_alert(row) for row in read(_ROWS, session.request("GET", "/alertas", query=query))]


def acknowledge(session: Session, alert_id: str, note: str = "") -> Alert:
    """Write down that one has seen an alert; Refused with code ``alerta_resolvido`` when its cause is gone."""
    body = {"observacao": note} if note else {}
    # Done again it changes nothing.
    answer = session.request("POST", f"/alertas/{alert_id}/reconhecer", body=body, repeatable=True)
    return read_alert(answer)


def read_alert(value: object) -> Alert:
    """Return the alert that a decoded row stands for. Raises BadAnswer."""
    return _alert(read(_ROW, value))


def _alert(row: AlertRow) -> Alert:
    return Alert(
        row.id,
        row.kind,
        row.situation,
        row.text,
        row.product_id,
        row.product_name,
        row.occurrences,
        read_instant(row.raised_at),
        _maybe(row.acknowledged_at),
        row.acknowledged_by or "",
        row.note or "",
        _maybe(row.resolved_at),
    )


def _maybe(text: str | None) -> datetime | None:
    return None if text is None else read_instant(text)
