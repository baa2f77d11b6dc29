"""The page of alerts in the real window."""

from __future__ import annotations

import pytest

from .fake_alerts import alert
from .fake_api import FakeApi
from .fake_webhooks import delivery, webhook
from .window import ProgramWindow


def test_an_alert_by_the_keyboard_alone(api: FakeApi, at_work: ProgramWindow) -> None:
    api.alerts_there = [alert(2, "sem_estoque", "Parafuso 10mm"), alert(1)]
    at_work.press("Alt-a")
    screen = at_work.program.alerts.list
    at_work.wait(lambda: screen.table.visible_rows)
    assert at_work.has_focus(screen.table.tree)
    assert screen.table.visible_rows[0][1] == "sem estoque"
    at_work.press("Down")
    assert screen.whole.text.startswith("Parafuso 10mm")
    screen.note.focus()
    at_work.type("pedido")
    at_work.press("Return")
    at_work.wait(lambda: len(screen.table.visible_rows) == 1)
    assert api.alerts_there[0].note == "pedido"
    assert (at_work.has_focus(screen.table.tree), screen.note.text) == (True, "")
    screen.kind.focus()
    at_work.press("v")
    at_work.wait(lambda: not screen.table.visible_rows)
    screen.kind.choose_first()
    at_work.wait(lambda: screen.table.visible_rows)
    screen.table.tree.focus_set()
    at_work.press("Down")
    # Keys do the same on buttons as on the list.
    screen.product.focus_set()
    at_work.press("F6")
    at_work.wait(lambda: screen.table.empty_text.startswith("Não há alertas"))
    assert api.alerts_there[1].note == ""
    screen.situation.text = "todos"
    at_work.wait(lambda: len(screen.table.visible_rows) == 2)
    screen.table.tree.focus_set()
    at_work.press("Down", "Return")
    assert at_work.screen == "product"


def test_an_alert_that_comes_while_a_note_is_typed(
    api: FakeApi, at_work: ProgramWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("almoxarife.desktop.cadastro.listing.followed.LOOK_S", 0.2)
    api.alerts_there = [alert(2, "sem_estoque", "Parafuso 10mm"), alert(1)]
    at_work.press("Alt-a")
    screen = at_work.program.alerts.list
    at_work.wait(lambda: screen.table.visible_rows)
    at_work.press("Down", "Down")
    screen.note.focus()
    at_work.type("ped")
    api.alerts_there.insert(0, alert(3, "vencido", "Iogurte"))
    at_work.wait(lambda: len(screen.table.visible_rows) == 3)
    at_work.type("ido")
    assert (screen.note.text, at_work.has_focus(screen.note.entry)) == ("pedido", True)
    assert (screen.table.viewport.selected, screen.whole.text.split(":")[0]) == (2, "Café torrado")
    at_work.press("Return")
    at_work.wait(lambda: api.alerts_there[2].note == "pedido")


def test_rules_and_webhooks_by_the_keyboard_alone(api: FakeApi, at_work: ProgramWindow) -> None:
    at_work.press("Alt-a", "Control-Tab")
    screen = at_work.program.alerts
    at_work.wait(lambda: "Nenhuma regra" in screen.large.list.table.empty_text)
    form = screen.large.form
    form.fields["nome"].focus()
    at_work.type("grande")
    at_work.press("Tab")
    at_work.type("x")
    at_work.press("Return")
    at_work.wait(lambda: form.fields["quantidade_maior_que"].error)
    # What is wrong is said where the keyboard is.
    assert at_work.has_focus(form.fields["quantidade_maior_que"].entry)
    at_work.press("BackSpace")
    at_work.type("50")
    at_work.press("Return")
    at_work.wait(lambda: screen.large.list.table.visible_rows)
    assert list(screen.large.list.table.visible_rows[0]) == ["grande", "mais de 50"]
    api.rules.clear()
    form.leave.focus_set()
    at_work.press("F5")
    at_work.wait(lambda: not screen.large.list.table.visible_rows)
    screen.large.list.search.focus()
    at_work.press("Control-Tab", "Control-Tab")
    webhooks = screen.webhooks
    at_work.wait(lambda: "Nenhum webhook" in webhooks.records.list.table.empty_text)
    url = webhooks.records.form.fields["url"]
    url.text = "https://loja.example.com/avisos"
    url.focus()
    at_work.press("Return")
    at_work.wait(lambda: webhooks.secret_text)
    assert webhooks.secret.text == f"segredo-{api.told[0].id}"
    assert at_work.has_focus(webhooks.copy)
    at_work.press("space")
    assert at_work.window.clipboard_get() == webhooks.secret.text
    at_work.press("Escape")
    assert webhooks.secret_text == ""
    api.told = [webhook(1, failures=2, waiting=1)]
    api.delivered = [delivery(1, arrived=False)]
    # What was hidden does not keep the keyboard.
    assert at_work.has_focus(webhooks.records.list.search.entry)
    at_work.press("Control-Tab")
    deliveries = screen.deliveries
    at_work.wait(lambda: deliveries.table.visible_rows)
    assert at_work.has_focus(deliveries.webhook.entry)
    at_work.press("F6")
    at_work.wait(lambda: api.tried == [("w1", True)])
    at_work.wait(lambda: deliveries.webhook.hint == "1 entrega espera")
