"""Routes of webhooks."""

from __future__ import annotations

from uuid import UUID

from flask import Response

from almoxarife.clock import to_rfc3339
from almoxarife.contract.webhooks import (
    DeliveryQuery,
    DeliveryRow,
    NewWebhookRow,
    WebhookPath,
    WebhookRequest,
    WebhookRow,
)
from almoxarife.features.webhooks.rules import Delivery, Webhook, delivery_id
from almoxarife.features.webhooks.service import ListedWebhook, Webhooks
from almoxarife.i18n import _
from almoxarife.identity import Role
from almoxarife.routing.access import Access, caller
from almoxarife.routing.answers import answer, answer_messages
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

routes = Routes("webhooks", _("Webhooks"))
_ADMINISTERS = Access(least=Role.ADMINISTRATOR)
_ARRIVED = {"todas": None, "pendentes": False, "entregues": True}


@routes.get(
    "/webhooks",
    summary=_("Which addresses are told of alerts and movements, oldest first"),
    answers={200: [WebhookRow]},
    access=_ADMINISTERS,
)
def webhooks() -> Response:
    """List webhooks."""
    return answer_messages(map(_row, service(Webhooks).listing()))


@routes.post(
    "/webhooks",
    summary=_("Tell an address of alerts and movements from now on"),
    answers={200: NewWebhookRow, 201: NewWebhookRow},
    refusals=(409,),
    access=_ADMINISTERS,
)
def create(body: WebhookRequest) -> Response:
    """Make a webhook."""
    listed, new = service(Webhooks).create(caller(), body.id, body.url, body.topics)
    row = NewWebhookRow(**_row(listed).model_dump(), secret=listed.webhook.secret)
    return answer(row, 201 if new else 200)


@routes.post(
    "/webhooks/<webhook_id>/desativar",
    summary=_("Send a webhook nothing for a while"),
    answers={200: WebhookRow},
    refusals=(404,),
    access=_ADMINISTERS,
)
def deactivate(path: WebhookPath) -> Response:
    """Switch a webhook off."""
    return answer(_row(service(Webhooks).switch(caller(), path.webhook_id, active=False)))


@routes.post(
    "/webhooks/<webhook_id>/reativar",
    summary=_("Go on sending to a webhook, at once"),
    answers={200: WebhookRow},
    refusals=(404, 409),
    access=_ADMINISTERS,
)
def reactivate(path: WebhookPath) -> Response:
    """Switch a webhook on."""
    return answer(_row(service(Webhooks).switch(caller(), path.webhook_id, active=True)))


@routes.get(
    "/webhooks/<webhook_id>/entregas",
    summary=_("What a webhook was told, the newest first"),
    answers={200: [DeliveryRow]},
    refusals=(404,),
    access=_ADMINISTERS,
)
def deliveries(path: WebhookPath, query: DeliveryQuery) -> Response:
    """List deliveries."""
    webhook, rows = service(Webhooks).deliveries(
        path.webhook_id, query.before, query.limit, arrived=_ARRIVED[query.situation]
    )
    return answer_messages(_delivery_row(webhook, row) for row in rows)


def _row(listed: ListedWebhook) -> WebhookRow:
    row = listed.webhook
    return WebhookRow(
        id=str(UUID(bytes=row.id)),
        url=row.url,
        topics=row.topics.split(),  # type: ignore[arg-type]
        active=bool(row.active),
        waiting=listed.waiting,
        failures=row.failures,
        trouble=row.trouble,
        next_at=_instant(row.next_at or None),
        username=listed.username,
        created_at=to_rfc3339(row.created_at),
    )


def _delivery_row(webhook: Webhook, row: Delivery) -> DeliveryRow:
    return DeliveryRow(
        id=delivery_id(webhook, row.number),
        number=row.number,
        topic=row.topic,  # type: ignore[arg-type]
        situation="pendente" if row.delivered_at is None else "entregue",
        attempts=row.attempts,
        created_at=to_rfc3339(row.created_at),
        tried_at=_instant(row.tried_at),
        status=row.status,
        trouble=row.trouble,
        delivered_at=_instant(row.delivered_at),
    )


def _instant(instant: int | None) -> str | None:
    return to_rfc3339(instant) if instant is not None else None
