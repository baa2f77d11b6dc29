"""Settings, periods and the list of who did what: what their forms decide, without a window."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from almoxarife.client.accounts import Account
from almoxarife.client.audit import Act
from almoxarife.client.errors import Refused, Unreachable
from almoxarife.client.settings import Shop
from almoxarife.desktop.cadastro.administration_api import PAGE
from almoxarife.desktop.cadastro.audit.presenter import AuditPresenter
from almoxarife.desktop.cadastro.periods.presenter import PeriodsPresenter
from almoxarife.desktop.cadastro.shop.presenter import ShopPresenter
from almoxarife.desktop.kit.status_kind import MessageKind

from .fake_api import AWAY, NOON, FakeApi
from .fake_list import FakeList
from .fakes import FakeJobs
from .record_stage import FakeFormView

TODAY = date(2026, 11, 24)
FIFO = "PEPS: primeiro a entrar, primeiro a sair"


class PeriodsView(FakeFormView):
    """Remembers what the forms for periods would show."""

    def __init__(self) -> None:
        super().__init__()
        self.state, self.question = "", ""
        self.reopening = True

    def show_state(self, text: str) -> None:
        self.state = text

    def show_reopening(self, shown: bool) -> None:
        self.reopening = shown

    def ask(self, text: str) -> None:
        self.question = text

    def stop_asking(self) -> None:
        self.question = ""

    def set_form_busy(self, form: str, busy: bool) -> None:
        self.busy = busy


class AuditView(FakeList):
    """Remembers what the audit list would show."""

    def __init__(self) -> None:
        super().__init__()
        self.labels: Sequence[str] = ()
        self.person, self.person_error, self.act = "", "", ""

    def set_actions(self, labels: Sequence[str]) -> None:
        self.labels = labels

    def set_person(self, text: str) -> None:
        self.person = text

    def show_person_error(self, text: str) -> None:
        self.person_error = text

    def show_act(self, text: str) -> None:
        self.act = text

    def focus(self) -> None:
        pass


class Stage:
    """The three presenters, with everything around them made up."""

    def __init__(self, role: str = "administrador") -> None:
        self.api = FakeApi()
        self.said: list[tuple[str, MessageKind]] = []
        self.names: list[str] = []
        self.shop_view, self.periods_view, self.audit_view = FakeFormView(), PeriodsView(), AuditView()
        self.jobs = FakeJobs()

        def say(text: str, kind: MessageKind) -> None:
            self.said.append((text, kind))

        self.shop = ShopPresenter(self.api, self.jobs, self.shop_view, say=say, named=self.names.append)
        self.periods = PeriodsPresenter(self.api, self.jobs, self.periods_view, today=lambda: TODAY, say=say)
        self.audit = AuditPresenter(self.api, self.jobs, self.audit_view)
        self.shop_view.on_change = self.shop.type
        self.periods_view.on_change = self.periods.type
        for page in (self.shop, self.periods, self.audit):
            page.reset()
            page.begin(Account("maria", role))


@pytest.fixture
def on() -> Stage:
    return Stage()


# -- the shop


def test_only_what_was_changed_is_kept(on: Stage) -> None:
    on.shop.start()
    on.shop.save()
    assert on.said == [("Nada foi alterado.", "plain")]
    on.shop_view.set_text("loja", " Armazém ")
    on.shop_view.set_text("metodo_custo", FIFO)
    on.shop.save()
    assert on.api.kept == [("change_shop", {"loja": "Armazém", "metodo_custo": "peps"})]
    assert on.said[-1] == ("Configurações salvas.", "success")
    assert on.names == ["", "Armazém"]
    on.shop_view.set_text("permite_negativo", "sim: o saldo pode ficar negativo")
    on.shop.save()
    assert on.api.kept[1:] == [("change_shop", {"permite_negativo": True})]
    on.shop_view.set_text("mascara_balanca", "2CCCCCCPP,PPPD")
    on.shop.save()
    assert on.api.kept[2:] == [("change_shop", {"mascara_balanca": "2CCCCCCPP,PPPD"})]


def test_what_another_administrator_set_is_followed_and_what_is_being_typed_stays(on: Stage) -> None:
    on.shop.start()
    on.shop_view.set_text("loja", "Loja nova")
    on.api.settings = Shop("Outra", "peps", False)
    on.shop.start()
    assert on.shop_view.texts["loja"] == "Loja nova"
    assert on.shop_view.texts["metodo_custo"] == FIFO
    on.shop.undo()
    assert on.shop_view.texts["loja"] == "Outra"


def test_a_refused_setting_is_said_at_its_field_and_a_lost_server_below(on: Stage) -> None:
    on.shop.start()
    on.shop_view.set_text("loja", "x" * 81)
    long = Refused("loja: no máximo 80 caracteres.", status=400, code="campo_invalido", field="loja")
    on.api.trouble_of["change_shop"] = long
    on.shop.save()
    assert on.shop_view.wrong == {"loja": long.message}
    assert on.shop_view.texts["loja"] == "x" * 81
    on.api.trouble_of["change_shop"] = Unreachable(AWAY)
    on.shop.save()
    assert on.said[-1] == (AWAY, "danger")
    assert not on.shop_view.busy


# -- periods


def test_a_period_is_closed_after_a_yes(on: Stage) -> None:
    on.periods.start()
    assert on.periods_view.state == "Nada está fechado."
    on.periods.close()
    assert on.periods_view.wrong == {"ate": "Digite o último dia a fechar."}
    on.periods_view.set_text("ate", "ontem")
    on.periods.close()
    assert on.periods_view.wrong == {"ate": "Use uma data como 24/11/2026."}
    on.periods_view.set_text("ate", "31/10")
    on.periods.close()
    assert on.periods_view.question == "Fechar tudo até 31/10/2026?"
    assert on.api.kept == []
    on.periods.confirm()
    assert on.api.kept == [("close_period", date(2026, 10, 31))]
    assert on.periods_view.state.startswith("Fechado até 31/10/2026")
    assert on.periods_view.texts["ate"] == ""
    assert on.said[-1] == ("Fechado até 31/10/2026.", "success")
    on.periods.confirm()
    assert len(on.api.kept) == 1


def test_what_was_asked_is_not_done_after_a_no_or_another_text(on: Stage) -> None:
    for change in (on.periods.cancel, on.periods.leave, lambda: on.periods_view.set_text("ate", "30/10")):
        on.periods_view.set_text("ate", "31/10")
        on.periods.close()
        change()
        assert on.periods_view.question == ""
        on.periods.confirm()
    assert on.api.kept == []


def test_a_period_is_opened_again_with_a_reason(on: Stage) -> None:
    on.api.last_closed_day = date(2026, 10, 31)
    on.periods_view.set_text("desde", "01/10/2026")
    on.periods.reopen()
    assert on.periods_view.wrong == {"motivo": "Digite o motivo."}
    on.periods_view.set_text("motivo", "Nota esquecida")
    on.periods.reopen()
    assert on.periods_view.question == "Reabrir de 01/10/2026 em diante?"
    on.periods.confirm()
    assert on.periods_view.state.startswith("Fechado até 30/09/2026")
    on.periods_view.set_text("motivo", "Tudo errado")
    on.periods.reopen()
    assert on.periods_view.question == "Reabrir tudo?"
    on.periods.confirm()
    assert on.api.kept[1:] == [("reopen_period", None, "Tudo errado")]
    assert on.periods_view.state == "Nada está fechado."


def test_a_manager_is_not_offered_to_open_again() -> None:
    assert not Stage("gerente").periods_view.reopening
    assert Stage().periods_view.reopening


def test_a_refused_closing_is_said_at_its_field_and_shows_what_is_closed_now(on: Stage) -> None:
    on.periods.start()
    on.api.trouble_of["close_period"] = Refused(
        "Até esse dia já está fechado.", status=409, code="periodo_ja_fechado", field="ate"
    )
    on.api.last_closed_day = date(2026, 11, 1)
    on.periods_view.set_text("ate", "31/10")
    on.periods.close()
    on.periods.confirm()
    assert on.periods_view.wrong == {"ate": "Até esse dia já está fechado."}
    assert on.periods_view.texts["ate"] == "31/10"
    assert on.periods_view.state.startswith("Fechado até 01/11/2026")
    on.api.trouble_of["close_period"] = Unreachable(AWAY)
    on.periods.close()
    on.periods.confirm()
    assert on.said[-1] == (f"{AWAY} Pode ter sido feito: veja acima o que está fechado.", "danger")


# -- who did what


def act(sequence: int, username: str = "maria", action: str = "usuario.senha") -> Act:
    return Act(sequence, NOON, username, action, "joão", {})


def test_older_acts_follow_at_the_end_of_the_list(on: Stage) -> None:
    on.api.shop_acts = [act(number) for number in range(PAGE + 7, 0, -1)]
    on.audit.start()
    assert len(on.audit_view.rows) == PAGE
    assert on.audit_view.count == f"{PAGE} atos; desça para ver os mais antigos"
    on.audit.list.at_end()
    on.audit.list.at_end()
    assert len(on.audit_view.rows) == PAGE + 7
    assert on.audit_view.count == f"{PAGE + 7} atos"
    assert on.api.asked == [(None, "", ""), (8, "", "")]


def test_acts_of_a_person_and_of_a_kind(on: Stage) -> None:
    on.audit.start()
    assert on.audit_view.empty == "Ninguém fez nada ainda."
    on.api.shop_acts = [act(2, "ana"), act(1, action="usuario.papel")]
    on.audit.type_person("ana ")
    assert [row[1] for row in on.audit_view.rows] == ["ana"]
    on.audit.type_person("")
    on.audit.choose_action("papel alterado")
    assert on.api.asked[-1] == (None, "", "usuario.papel")
    on.audit.choose_action("todos os atos")
    assert len(on.audit_view.rows) == 2
    on.api.trouble_of["acts"] = Refused("Não há esse usuário.", status=400, field="usuario")
    on.audit.type_person("ninguém")
    assert on.audit_view.person_error == "Não há esse usuário."
    assert on.audit_view.rows == []
