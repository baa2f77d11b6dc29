"""Nothing is cut off on the page of alerts, on any of its tabs."""

from __future__ import annotations

from dataclasses import replace

from almoxarife.client.alert_rules import LARGE, OUTSIDE_HOURS, AlertRule, RuleWish
from almoxarife.client.alerts import ACKNOWLEDGED

from .cutting import check_list_and_form, cut_off
from .fake_alerts import NOON, alert
from .fake_webhooks import delivery, webhook
from .layout_scanning import LONG_SENTENCE
from .window import ProgramWindow


def check_alerts(window: ProgramWindow, name: str, user: str) -> None:
    """Look at it empty, with long names, with all there is to say of one, and with an error."""
    screen = window.program.alerts.list
    window.program.flow.go("alerts")
    window.wait(lambda: screen.table.empty_text)
    assert cut_off(window) == []
    window.api.alerts_there = [
        replace(alert(3, "movimento_grande", name), occurrences=40),
        replace(
            alert(2, "fora_do_horario", name),
            situation=ACKNOWLEDGED,
            acknowledged_at=NOON,
            acknowledged_by=user,
            note="x" * 200,
        ),
        alert(1, "vencendo", name),
    ]
    screen.situation.text = "todos"
    window.wait(lambda: screen.table.visible_rows)
    screen.table.tree.focus_set()
    window.press("Down")
    screen.set_busy(True)
    screen.show_note_error(LONG_SENTENCE)
    assert cut_off(window) == []
    screen.set_busy(False)
    screen.show_note_error("")
    window.press("Down")
    assert user in screen.whole.text
    assert cut_off(window) == []
    check_rules(window, name, user)
    check_webhooks(window)


def check_rules(window: ProgramWindow, name: str, user: str) -> None:
    """Look at the rules of both kinds, with errors and with one filled in."""
    days = ("seg", "ter", "qua", "qui", "sex", "sab")
    window.api.rules = [
        AlertRule("i1", RuleWish(name[:80], LARGE, "saida", "p1", 999_999_999), name, True, user),
        AlertRule(
            "i2",
            RuleWish(name[:80], OUTSIDE_HOURS, "saida", "p1", None, None, "20:00", "06:00", days),
            name,
            True,
            user,
        ),
    ]
    alerts = window.program.alerts
    for place, panel in enumerate((alerts.large, alerts.hours), start=1):
        alerts.tabs.select(place)
        check_list_and_form(window, panel)


def check_webhooks(window: ProgramWindow) -> None:
    """Look at a webhook with a long address that failed, at a secret, and at deliveries."""
    long = replace(webhook(1, failures=40, waiting=99_999), url=f"https://loja.example.com/{'avisos' * 60}")
    window.api.told, window.api.delivered = [long], [delivery(99_999, arrived=False), delivery(1)]
    alerts = window.program.alerts
    panel = alerts.webhooks
    alerts.tabs.select(3)
    window.wait(lambda: panel.records.list.table.visible_rows)
    panel.records.form.button.invoke()
    assert cut_off(window) == []
    panel.show_secret(f"{long.url[:60]} {LONG_SENTENCE}", "x" * 43)
    assert cut_off(window) == []
    panel.show_secret("", "")
    alerts.tabs.select(4)
    window.wait(lambda: alerts.deliveries.table.visible_rows)
    assert "sem conexão" in alerts.deliveries.webhook.hint
    assert cut_off(window) == []
