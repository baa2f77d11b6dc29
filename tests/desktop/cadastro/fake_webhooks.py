"""Alert rules and webhooks of a server in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from almoxarife.client.alert_rules import AlertRule, RuleWish
from almoxarife.client.errors import Refused
from almoxarife.client.webhooks import Delivery, NewWebhook, Webhook

NOON = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)


def webhook(number: int = 1, failures: int = 0, waiting: int = 0) -> Webhook:
    """Return a webhook in use; one that failed had no connection, and is tried again at three."""
    trouble, next_at = ("sem_conexao", NOON) if failures else ("", None)
    url = f"https://loja.example.com/avisos/{number}"
    return Webhook(f"w{number}", url, ("alertas",), True, waiting, failures, trouble, next_at, "maria")


def delivery(number: int, *, arrived: bool = True) -> Delivery:
    """Return a delivery that was answered with 204, or with 500."""
    return Delivery(number, "alertas", arrived, 1, NOON, NOON, 204 if arrived else 500, "")


class FakeWebhooks:
    """Answers from lists; ``answer`` of the server behind it lets calls hang, get lost and be refused."""

    def __init__(self, answer: Callable[[str], None], lose: Callable[[str], None]) -> None:
        self._answer_webhook = answer
        self._lose_webhook = lose
        self.rules: list[AlertRule] = []
        self.told: list[Webhook] = []
        self.delivered: list[Delivery] = []
        self.tried: list[tuple[str, bool]] = []

    def alert_rules(self) -> list[AlertRule]:
        self._answer_webhook("alert_rules")
        return list(self.rules)

    def create_alert_rule(self, rule_id: str, wish: RuleWish, replaces: str = "") -> None:
        self._answer_webhook("create_alert_rule")
        if wish.begins and wish.begins == wish.ends:
            raise Refused("As horas são vazias.", status=400, code="regra_impossivel", field="ate")
        if rule_id not in [rule.id for rule in self.rules]:
            name = "Parafuso 10mm" if wish.product_id else ""
            self.rules = [replace(one, active=False) if one.id == replaces else one for one in self.rules]
            self.rules.append(AlertRule(rule_id, wish, name, True, "maria"))
        self._lose_webhook("create_alert_rule")

    def set_alert_rule_active(self, rule: AlertRule, active: bool) -> None:
        self._answer_webhook("set_alert_rule_active")
        self.rules = [replace(one, active=active) if one.id == rule.id else one for one in self.rules]

    def webhooks(self) -> list[Webhook]:
        self._answer_webhook("webhooks")
        return list(self.told)

    def create_webhook(self, webhook_id: str, url: str, topics: Sequence[str]) -> NewWebhook:
        self._answer_webhook("create_webhook")
        if "://" not in url:
            raise Refused("Use http ou https.", status=400, code="webhook_endereco_invalido", field="url")
        if webhook_id not in [one.id for one in self.told]:
            self.told.append(replace(webhook(), id=webhook_id, url=url, topics=tuple(topics)))
        self._lose_webhook("create_webhook")
        return NewWebhook(url, f"segredo-{webhook_id}")

    def set_webhook_active(self, webhook: Webhook, active: bool) -> None:
        self._answer_webhook("set_webhook_active")
        self.tried.append((webhook.id, active))
        self.told = [
            replace(one, active=active, failures=0, next_at=None) if one.id == webhook.id else one
            for one in self.told
        ]

    def deliveries(self, webhook_id: str, situation: str, before: int | None, limit: int) -> list[Delivery]:
        self._answer_webhook("deliveries")
        return [
            one
            for one in self.delivered
            if (situation == "todas" or one.arrived == (situation == "entregues"))
            and (before is None or one.number < before)
        ][:limit]
