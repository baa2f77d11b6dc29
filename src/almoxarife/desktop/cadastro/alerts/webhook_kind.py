"""Webhooks, as administrators list, make, end and resume them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from almoxarife.client.webhooks import NewWebhook, Webhook
from almoxarife.desktop.cadastro.alerts.webhook_words import TOPICS, state_word, topics_word
from almoxarife.desktop.cadastro.attempt import Attempt
from almoxarife.desktop.cadastro.record.kind import Choice, RecordAction, RecordField, RecordKind, RecordWords
from almoxarife.desktop.cadastro.records.common import matches
from almoxarife.desktop.kit.table_column import Column
from almoxarife.i18n import N_, _, format_quantity

ROLE = "administrador"
ADDRESS, EVENTS = "url", "eventos"


class WebhooksApi(Protocol):
    """What the tab asks of the server; each call runs in a thread."""

    def webhooks(self) -> list[Webhook]:
        """Return all webhooks, oldest first, those that were ended included."""

    def create_webhook(self, webhook_id: str, url: str, topics: Sequence[str]) -> NewWebhook:
        """Tell an address from now on; the same again is the same webhook, and tells its secret again."""

    def set_webhook_active(self, webhook: Webhook, active: bool) -> None:
        """Send a webhook something, at once, or nothing."""


def webhooks(api: WebhooksApi, new_id: Callable[[], str]) -> RecordKind[Webhook]:
    """Return how webhooks are listed, made and ended; who wants another address makes another one."""
    attempt = Attempt(new_id)

    def fetch(text: str) -> list[Webhook]:
        found = [one for one in api.webhooks() if matches(text, one.url, topics_word(one), state_word(one))]
        return sorted(found, key=lambda one: not one.active)

    def create(values: Mapping[str, str]) -> NewWebhook:
        url, topics = values[ADDRESS], values[EVENTS].split()
        return attempt.run((url, topics), lambda webhook_id: api.create_webhook(webhook_id, url, topics))

    return RecordKind(
        words=RecordWords(
            title=N_("Webhooks"),
            new=N_("New webhook"),
            empty=N_("No webhooks. Say at the right which address is told of alerts and movements."),
            saved=N_("It is told from now on: {name}."),
        ),
        columns=[
            Column(_("Address"), "m" * 10, stretch=True),
            Column(_("Told of"), _("alerts and movements"), spare=2),
            Column(_("Waiting"), "99.999", align="right", spare=1),
            Column(_("State"), "m" * 6),
        ],
        row=lambda one: (one.url, topics_word(one), format_quantity(one.waiting), state_word(one)),
        name=lambda one: one.url,
        is_active=lambda one: one.active,
        tone=lambda one: "out" if one.failures else "",
        fields=[
            RecordField(ADDRESS, N_("Address (https://…)"), missing=N_("Type the address.")),
            RecordField(EVENTS, N_("Told of"), "choice", choices=_topics),
        ],
        fetch=fetch,
        values=lambda one: {ADDRESS: one.url, EVENTS: " ".join(one.topics)},
        create=create,
        actions=_actions(api),
        role=ROLE,
    )


def _topics() -> Sequence[Choice]:
    return [Choice(_(word), topics) for topics, word in TOPICS.items()]


def _actions(api: WebhooksApi) -> tuple[RecordAction[Webhook], ...]:
    return (
        RecordAction(
            "end",
            N_("End it"),
            applies=lambda one: one.active,
            run=lambda one: api.set_webhook_active(one, False),
            done=N_("{name}: told no more. What happens waits until it goes on."),
        ),
        RecordAction(
            "resume",
            N_("Go on"),
            applies=lambda one: not one.active,
            run=lambda one: api.set_webhook_active(one, True),
            done=N_("{name}: told again, also of what happened meanwhile."),
        ),
    )
