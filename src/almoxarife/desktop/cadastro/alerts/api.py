"""What this program asks of the server about alerts, their rules, and webhooks."""

from __future__ import annotations

from collections.abc import Sequence

from almoxarife.client import alert_rules, alerts, webhooks
from almoxarife.client.alert_rules import AlertRule, RuleWish
from almoxarife.client.alerts import Alert
from almoxarife.client.session import Session
from almoxarife.client.webhooks import Delivery, NewWebhook, Webhook


class AlertCalls:
    """Calls to one server; each may take seconds and raise errors of ``client.errors``."""

    _session: Session

    def alerts(self, situation: str, kind: str, place_id: str, after: str, limit: int) -> list[Alert]:
        """Return at most so many alerts, newest first, behind an id."""
        return alerts.listing(
            self._session, situation=situation, kind=kind, place_id=place_id, after=after, limit=limit
        )

    def acknowledge(self, alert_id: str, note: str) -> Alert:
        """Write down that somebody has seen an alert."""
        return alerts.acknowledge(self._session, alert_id, note)

    def alert_rules(self) -> list[AlertRule]:
        """Return all rules, oldest first, those that are switched off included."""
        return alert_rules.every(self._session)

    def create_alert_rule(self, rule_id: str, wish: RuleWish, replaces: str = "") -> None:
        """Make a rule, also in the place of one that is in use; the same again is the same rule."""
        alert_rules.create(self._session, rule_id, wish, replaces)

    def set_alert_rule_active(self, rule: AlertRule, active: bool) -> None:
        """Let a rule be looked at, or no more."""
        alert_rules.set_active(self._session, rule.id, active)

    def webhooks(self) -> list[Webhook]:
        """Return all webhooks, oldest first, those that were ended included."""
        return webhooks.every(self._session)

    def create_webhook(self, webhook_id: str, url: str, topics: Sequence[str]) -> NewWebhook:
        """Tell an address from now on; the same again is the same webhook, and tells its secret again."""
        return webhooks.create(self._session, webhook_id, url, topics)

    def set_webhook_active(self, webhook: Webhook, active: bool) -> None:
        """Send a webhook something, at once, or nothing."""
        webhooks.set_active(self._session, webhook.id, active)

    def deliveries(self, webhook_id: str, situation: str, before: int | None, limit: int) -> list[Delivery]:
        """Return at most so many deliveries of a webhook, newest first, before a number."""
        return webhooks.deliveries(self._session, webhook_id, situation=situation, before=before, limit=limit)
