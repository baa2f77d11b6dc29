"""Addresses of other programs that the server tells of alerts and movements, and what it told them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter

from almoxarife.client.answers import read, read_instant
from almoxarife.client.session import Session
from almoxarife.contract.webhooks import DeliveryRow, NewWebhookRow, WebhookRow

ALERTS, MOVEMENTS = "alertas", "movimentos"
# Which deliveries are listed, as the wire names them.
SITUATIONS = ("todas", "pendentes", "entregues")
# The host is looked up and told nothing yet, but its name may take seconds to be found.
PATIENCE_S = 30.0

_NEW = TypeAdapter(NewWebhookRow)
_ROWS = TypeAdapter(list[WebhookRow])
_DELIVERIES = TypeAdapter(list[DeliveryRow])


@dataclass(frozen=True)
class Webhook:
    """An address that is told.

    ``waiting``: deliveries that have not arrived; ``failures``: attempts in a row; ``trouble``: why the last one
    failed, a status or a word of the wire; ``next_at``: not before this instant (UTC) it is tried again.
    """

    id: str
    url: str
    topics: tuple[str, ...]
    active: bool
    waiting: int
    failures: int
    trouble: str
    next_at: datetime | None
    username: str


@dataclass(frozen=True)
class NewWebhook:
    """One that was made, with the secret by which its receiver checks signatures."""

    url: str
    secret: str


@dataclass(frozen=True)
class Delivery:
    """Something that a webhook is told; ``status`` is the last answer's, ``trouble`` why there was none."""

    number: int
    topic: str
    arrived: bool
    attempts: int
    created_at: datetime
    tried_at: datetime | None
    status: int | None
    trouble: str


def every(session: Session) -> list[Webhook]:
    """Return all webhooks, oldest first, those that are switched off included."""
    return [_webhook(row) for row in read(_ROWS, session.request("GET", "/webhooks"))]


def create(session: Session, webhook_id: str, url: str, topics: Sequence[str]) -> NewWebhook:
    """Tell an address from now on; ``webhook_id`` is from ``new_id``, and the same again is the same webhook."""
    body = {"id": webhook_id, "url": url, "eventos": list(topics)}
    row = read(_NEW, session.request("POST", "/webhooks", body=body, patience_s=PATIENCE_S))
    return NewWebhook(row.url, row.secret)


def set_active(session: Session, webhook_id: str, active: bool) -> None:
    """Send a webhook something, at once, or nothing for a while; again it changes nothing."""
    verb = "reativar" if active else "desativar"
    session.request("POST", f"/webhooks/{webhook_id}/{verb}", repeatable=True)


def deliveries(
    session: Session, webhook_id: str, *, situation: str = "todas", before: int | None = None, limit: int
) -> list[Delivery]:
    """Return what a webhook was told, newest first, before a number."""
    query: dict[str, str | int] = {"situacao": situation, "limite": limit}
    if before is not None:
        query["antes_de"] = before
    answer = session.request("GET", f"/webhooks/{webhook_id}/entregas", query=query)
    return [_delivery(row) for row in read(_DELIVERIES, answer)]


def _webhook(row: WebhookRow) -> Webhook:
    return Webhook(
        row.id,
        row.url,
        tuple(row.topics),
        row.active,
        row.waiting,
        row.failures,
        row.trouble or "",
        _maybe(row.next_at),
        row.username,
    )


def _delivery(row: DeliveryRow) -> Delivery:
    return Delivery(
        row.number,
        row.topic,
        row.situation == "entregue",
        row.attempts,
        read_instant(row.created_at),
        _maybe(row.tried_at),
        row.status,
        row.trouble or "",
    )


def _maybe(text: str | None) -> datetime | None:
    return None if text is None else read_instant(text)
