"""Settings, periods and the audit list in a real window, by keyboard."""

from __future__ import annotations

from datetime import date

from almoxarife.client.audit import Act
from almoxarife.client.errors import Refused
from almoxarife.desktop.cadastro.administration_api import PAGE

from .fake_api import NOON, FakeApi
from .window import ProgramWindow


def shown_tabs(at_work: ProgramWindow, name: str) -> list[str]:
    """Go to a page and return the titles of the tabs that are offered."""
    at_work.program.flow.go("records" if name == "records" else "users")
    tabs = {"records": at_work.program.records.tabs, "users": at_work.program.users.tabs}[name]
    return [tabs.tab(tab, "text") for tab in tabs.tabs() if tabs.tab(tab, "state") != "hidden"]


def test_a_role_sees_the_tabs_that_it_may_use(api: FakeApi, window: ProgramWindow) -> None:
    api.shop_acts = [Act(1, NOON, "maria", "usuario.senha", "joão", {})]
    window.log_in()
    assert shown_tabs(window, "records")[-2:] == ["Períodos", "Loja"]
    assert shown_tabs(window, "users") == ["Contas", "Auditoria", "Sessões"]
    window.program.flow.go("records")
    window.program.records.tabs.select(6)
    window.update()
    window.program.flow.log_out()
    api.passwords["ana"], api.role = "segredo", "gerente"
    window.log_in("ana")
    assert shown_tabs(window, "records")[-1] == "Períodos"
    assert shown_tabs(window, "users") == ["Auditoria"]
    window.press("Alt-Key-8")
    assert window.screen == "records"
    assert window.program.records.panels[0].winfo_viewable()
    api.calls.clear()
    window.press("Alt-Key-9")
    audit = window.program.users.audit
    window.wait(lambda: audit.table.visible_rows)
    assert audit.table.visible_rows[0][1:] == ("maria", "Redefiniu a senha de joão")
    assert window.has_focus(audit.table.tree)
    assert "users" not in api.calls


def test_the_shop_is_named_at_the_top_and_its_settings_are_kept(api: FakeApi, at_work: ProgramWindow) -> None:
    assert at_work.program.frame.shop_text == "Almoxarife"
    at_work.program.flow.go("records")
    records = at_work.program.records
    records.tabs.select(records.shop)
    at_work.wait(lambda: records.shop.fields["metodo_custo"].text == "custo médio ponderado móvel")
    assert at_work.has_focus(records.shop.fields["loja"].entry)
    at_work.type("Loja do Sol")
    at_work.press("Tab", "p", "Return")
    at_work.wait(lambda: at_work.said == "✓ Configurações salvas.")
    assert api.kept == [("change_shop", {"loja": "Loja do Sol", "metodo_custo": "peps"})]
    assert at_work.program.frame.shop_text == "Loja do Sol"
    api.trouble_of["change_shop"] = Refused("Longo demais.", status=400, code="campo_invalido", field="loja")
    records.shop.fields["loja"].text = "Outra"
    at_work.press("Alt-v")
    at_work.wait(lambda: records.shop.fields["loja"].error == "⚠ Longo demais.")
    assert at_work.has_focus(records.shop.fields["loja"].entry)
    at_work.press("Escape")
    assert records.shop.fields["loja"].text == "Loja do Sol"


def test_a_period_is_closed_and_opened_again_by_keys(api: FakeApi, at_work: ProgramWindow) -> None:
    at_work.program.flow.go("records")
    periods = at_work.program.records.periods
    at_work.program.records.tabs.select(periods)
    at_work.wait(lambda: periods.state_label.text == "Nada está fechado.")
    assert at_work.has_focus(periods.fields["ate"].entry)
    periods.fields["ate"].text = "31/10/2026"
    at_work.press("Return", "Escape")
    assert at_work.has_focus(periods.fields["ate"].entry)
    assert api.kept == []
    at_work.press("Return", "space")
    at_work.wait(lambda: api.kept == [("close_period", date(2026, 10, 31))])
    at_work.wait(lambda: periods.state_label.text.startswith("Fechado até 31/10/2026"))
    periods.fields["motivo"].text = "Nota"
    at_work.press("Alt-r", "space")
    at_work.wait(lambda: api.kept[1:] == [("reopen_period", None, "Nota")])
    at_work.wait(lambda: at_work.said == "✓ Tudo está aberto de novo.")
    error = Refused("Ainda não acabou.", status=400, code="campo_invalido", field="ate")
    api.trouble_of["close_period"] = error
    periods.fields["ate"].text = "31/12/2099"
    at_work.press("Alt-f", "space")
    at_work.wait(lambda: periods.fields["ate"].error == "⚠ Ainda não acabou.")


def test_older_acts_come_when_the_end_of_the_list_is_reached(api: FakeApi, at_work: ProgramWindow) -> None:
    acts = [
        Act(number, NOON, "maria", "usuario.senha", f"u{number}", {}) for number in range(PAGE + 30, 0, -1)
    ]
    api.shop_acts = acts
    at_work.program.flow.go("users")
    audit = at_work.program.users.audit
    at_work.program.users.tabs.select(audit)
    at_work.wait(lambda: audit.table.visible_rows)
    assert audit.table.viewport.total == PAGE
    at_work.press("End")
    at_work.wait(lambda: audit.table.viewport.total == PAGE + 30)
    assert audit.table.viewport.selected == PAGE - 1
    assert audit.whole.text == "Redefiniu a senha de u31"
    at_work.press("End")
    assert audit.whole.text == "Redefiniu a senha de u1"
    audit.person.text = "ninguém"
    api.trouble_of["acts"] = Refused("Não há esse usuário.", status=400, field="usuario")
    audit.person.focus()
    at_work.press("Return")
    at_work.wait(lambda: audit.person.error == "⚠ Não há esse usuário.")
