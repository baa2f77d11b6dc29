"""Webhooks and their deliveries in words."""

from __future__ import annotations

from datetime import datetime

from almoxarife.client.webhooks import ALERTS, MOVEMENTS, Delivery, Webhook
from almoxarife.i18n import N_, _, format_quantity, ngettext

# What one is told of, as the wire has it with spaces between.
TOPICS = {
    f"{ALERTS} {MOVEMENTS}": N_("alerts and movements"),
    ALERTS: N_("alerts alone"),
    MOVEMENTS: N_("movements alone"),
}
_EVENTS = {ALERTS: N_("alert"), MOVEMENTS: N_("movements")}
_TROUBLES = {
    "sem_conexao": N_("no connection"),
    "sem_resposta": N_("no answer"),
    "certificado": N_("certificate not trusted"),
    "sem_endereco": N_("host not found"),
    "rede_interna": N_("inside the network"),
}


def topics_word(webhook: Webhook) -> str:
    """Return what a webhook is told of."""
    topics = " ".join(webhook.topics)
    return _(TOPICS[topics]) if topics in TOPICS else topics


def state_word(webhook: Webhook) -> str:
    """Return in a word or two how a webhook is."""
    if not webhook.active:
        return _("ended")
    return _("failed {count}×").format(count=webhook.failures) if webhook.failures else _("being told")


def whole(webhook: Webhook) -> str:
    """Return all there is to say of how a webhook is: what waits, why, and when it is tried again."""
    parts = [
        ngettext("{count} delivery waits", "{count} deliveries wait", webhook.waiting).format(
            count=format_quantity(webhook.waiting)
        )
        if webhook.waiting
        else _("Everything has arrived")
    ]
    if not webhook.active:
        parts.append(_("ended: what happens waits until it goes on"))
    elif webhook.failures:
        parts.append(
            ngettext(
                "failed {count} time ({why})", "failed {count} times in a row ({why})", webhook.failures
            ).format(count=webhook.failures, why=trouble_word(webhook.trouble))
        )
        if webhook.next_at is not None:
            parts.append(_("next try at {when}").format(when=f"{webhook.next_at.astimezone():%H:%M:%S}"))
    return " · ".join(parts)


def trouble_word(trouble: str) -> str:
    """Return why an attempt failed; a status of HTTP is told as such."""
    if trouble.isdigit():
        return _("answer {status}").format(status=trouble)
    return _(_TROUBLES[trouble]) if trouble in _TROUBLES else trouble


def row_of(delivery: Delivery) -> tuple[str, ...]:
    """Return what the list tells of a delivery."""
    answer = str(delivery.status) if delivery.status is not None else trouble_word(delivery.trouble)
    return (
        format_quantity(delivery.number),
        _(_EVENTS[delivery.topic]) if delivery.topic in _EVENTS else delivery.topic,
        _when(delivery.created_at),
        _("arrived") if delivery.arrived else _("waits"),
        format_quantity(delivery.attempts),
        _when(delivery.tried_at) if delivery.tried_at is not None else "–",
        answer or "–",
    )


def _when(instant: datetime) -> str:
    return f"{instant.astimezone():%d/%m %H:%M:%S}"
