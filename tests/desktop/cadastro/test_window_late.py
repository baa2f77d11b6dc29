"""The register program in a real window: pages and tabs that nobody has shown yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from almoxarife.client.outbox.rows import Outgoing, Problem
from almoxarife.client.settings import Shop
from almoxarife.desktop.cadastro.record.view import RecordPanel

from .fake_api import FakeApi
from .window import ProgramWindow, every_widget

BEFORE_THE_WORK = {"WelcomeScreen", "RegisterScreen", "LoginScreen"}


def there(window: ProgramWindow) -> set[str]:
    """Return the kinds of the screens that are there, shown or not, beside those before the work."""
    kinds = {type(child).__name__ for child in window.program.frame.content.winfo_children()}
    return {kind for kind in kinds if kind.endswith("Screen")} - BEFORE_THE_WORK


def test_a_page_is_there_when_it_is_shown_and_not_before(api: FakeApi, window: ProgramWindow) -> None:
    api.settings = Shop("Loja do Sol", "medio", False)
    api.passwords["ana"] = api.passwords["maria"] = "segredo"
    assert there(window) == set()
    window.log_in()
    window.wait(lambda: window.program.frame.shop_text == "Loja do Sol")
    window.update(0.05)
    assert there(window) == {"MovementScreen"}
    window.press("Alt-Key-6")
    assert (window.screen, there(window)) == ("balances", {"MovementScreen", "BalancesScreen"})
    # Who comes next may do less, also on pages that come to be only now, and in other colours.
    window.program.flow.log_out()
    api.role = "leitor"
    window.program.login.fields["username"].text = "ana"
    window.program.login.fields["password"].text = "segredo"
    window.buttons["☾"].invoke()
    window.program.login.button.invoke()
    window.wait(lambda: window.screen == "products")
    assert not window.products.form.winfo_ismapped()
    assert "Criar produto" not in window.buttons
    window.press("Alt-Key-7")
    assert there(window) == {"MovementScreen", "BalancesScreen", "ProductsScreen", "StockCardScreen"}
    ground = window.window.style.lookup("Treeview", "fieldbackground")
    assert str(window.program.stock_card.table.tree.tag_configure("even", "background")) == ground


@pytest.mark.parametrize("how", ["mouse", "keyboard"])
def test_a_tab_is_never_seen_empty(at_work: ProgramWindow, how: str) -> None:
    # Another page with tabs has heard of the keys before.
    at_work.program.flow.go("records")
    at_work.program.flow.go("alerts")
    at_work.update(0.05)
    alerts = at_work.program.alerts
    panels = [widget for widget in every_widget(alerts) if isinstance(widget, RecordPanel)]
    assert panels == []
    # What happens at once, before the window has looked at what it has to do.
    if how == "mouse":
        x = next(x for x in range(alerts.tabs.winfo_width()) if str(alerts.tabs.index(f"@{x},10")) == "1")
        alerts.tabs.event_generate("<Button-1>", x=x, y=10)
    else:
        (at_work.window.focus_get() or alerts).event_generate("<Control-Tab>")
    assert alerts.tabs.select() == str(alerts.large)
    assert alerts.large.form.button.winfo_ismapped()
    at_work.update()
    assert at_work.has_focus(alerts.large.list.search.entry)
    at_work.press("Control-Shift-Tab", "Control-Shift-Tab")
    at_work.wait(lambda: at_work.has_focus(alerts.deliveries.webhook.entry))
    assert len([widget for widget in every_widget(alerts) if isinstance(widget, RecordPanel)]) == 1


def test_a_refused_movement_leads_to_a_form_that_nobody_had_shown(
    api: FakeApi, at_work: ProgramWindow, tmp_path: Path
) -> None:
    body = {
        "id": "00000000-0000-4000-8000-000000000001",
        "produto_id": "p3",
        "quantidade": 50,
        "tipo": "saida",
    }
    outbox = at_work.program.outbox
    outbox.put("maria", [Outgoing(body, "Café torrado")])
    outbox.note_refused(str(body["id"]), Problem("Só há 3.", "estoque_insuficiente", "quantidade"))
    at_work.press("F4")
    pending = at_work.program.pending
    at_work.wait(lambda: pending.table.visible_rows)
    at_work.press("F2")
    assert at_work.screen == "issue"
    issue = at_work.program.movements["issue"]
    assert (issue.product.text, issue.quantity.text) == ("Café torrado", "50")
    assert issue.quantity.error == "⚠ Só há 3."
