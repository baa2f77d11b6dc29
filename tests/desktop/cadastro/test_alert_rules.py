"""The tabs with the rules of alerts, with webhooks and with deliveries, without a window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count

import pytest

from almoxarife.client.alert_rules import LARGE, AlertRule, RuleWish
from almoxarife.client.errors import Unreachable
from almoxarife.desktop.cadastro.alerts.deliveries import PAGE, DeliveriesPresenter
from almoxarife.desktop.cadastro.alerts.rule_kinds import hour_rules, large_rules
from almoxarife.desktop.cadastro.alerts.rule_words import days_typed, time_typed
from almoxarife.desktop.cadastro.alerts.webhook_kind import webhooks
from almoxarife.desktop.cadastro.alerts.webhooks_page import SecretPresenter, WebhooksPage
from almoxarife.desktop.cadastro.product_typed import product_typed
from almoxarife.desktop.kit.status_kind import MessageKind

from .fake_api import FakeApi
from .fake_list import FakeList
from .fake_webhooks import NOON, delivery, webhook
from .fakes import FakeJobs
from .record_stage import RecordStage


def ids() -> Callable[[], str]:
    """Return what gives i1, i2 and so on."""
    numbers = count(1)
    return lambda: f"i{next(numbers)}"


@pytest.fixture
def api() -> FakeApi:
    api = FakeApi()
    api.add_products("Parafuso 10mm", "Parafuso 8mm")
    return api


def test_a_rule_is_made_changed_and_switched_off(api: FakeApi) -> None:
    stage = RecordStage(lambda api: large_rules(api, ids()), api)
    assert stage.view.form.options["tipo_movimento"][:3] == ["todos os tipos", "entrada", "saída"]
    stage.fill(nome="Saídas grandes", quantidade_maior_que="50", tipo_movimento="saída", produto_id="10mm")
    stage.presenter.form.save()
    assert api.rules == [
        AlertRule("i1", RuleWish("Saídas grandes", LARGE, "saida", "p1", 50), "Parafuso 10mm", True, "maria")
    ]
    assert stage.said[-1] == ("Regra em uso: Saídas grandes.", "success")
    assert list(stage.view.list.rows) == [("Saídas grandes", "saída · Parafuso 10mm · mais de 50")]
    stage.presenter.select(0)
    assert stage.view.form.texts["produto_id"] == "Parafuso 10mm (p1)"
    # Nothing was changed, so nothing is kept.
    stage.presenter.form.save()
    assert len(api.rules) == 1
    stage.presenter.select(0)
    stage.fill(quantidade_maior_que="", vezes_a_media="2,5", produto_id="")
    stage.presenter.form.save()
    # What raised an alert stays as it was: another rule takes its place.
    assert [(rule.id, rule.active) for rule in api.rules] == [("i1", False), ("i2", True)]
    # In one request: no fault can leave the shop with both of them, or with none.
    assert "set_alert_rule_active" not in api.calls
    assert [row[1] for row in stage.view.list.rows] == [
        "saída · mais de 2,5 × a média",
        "saída · Parafuso 10mm · mais de 50",
    ]
    assert stage.view.list.tones == ["", "struck"]
    stage.presenter.select(0)
    stage.presenter.form.act("deactivate")
    assert not any(rule.active for rule in api.rules)


def test_what_is_no_rule_is_said_at_its_field(api: FakeApi) -> None:
    stage = RecordStage(lambda api: large_rules(api, ids()), api)
    for field, text, sentence in (
        ("quantidade_maior_que", "muito", "Use um número"),
        ("produto_id", "parafuso", "Vários produtos"),
        ("produto_id", "cola", "Nenhum produto"),
    ):
        stage.fill(nome="Regra", **{field: text})
        stage.presenter.form.save()
        assert stage.view.form.wrong[field].startswith(sentence)
        stage.fill(**{field: ""})
    night = RecordStage(lambda api: hour_rules(api, ids()), api)
    night.fill(nome="Noite", das="18:00")
    night.presenter.form.save()
    assert night.view.form.wrong == {"ate": "Digite a hora."}
    night.fill(ate="18:00")
    night.presenter.form.save()
    assert night.view.form.wrong == {"ate": "As horas são vazias."}
    night.fill(das="8:00", dias="sáb, Domingo")
    night.presenter.form.save()
    assert night.view.list.rows[0] == ("Noite", "08:00 a 18:00 · sáb dom")
    # Rules of the other kind are in the other tab.
    stage.presenter.resume()
    assert stage.view.list.rows == []


def test_days_times_and_products_as_people_type_them(api: FakeApi) -> None:
    assert days_typed("segunda,TERÇA-feira  sáb") == ("seg", "ter", "sab")
    # A span is no list: the server refuses it, rather than one of its days being taken.
    assert days_typed("seg-sex") == ("seg-sex",)
    assert days_typed("") == ()
    assert [time_typed(text) for text in ("8:00", "18:30", "24:00", "às 8")] == [
        "08:00",
        "18:30",
        "24:00",
        "às 8",
    ]
    assert [product_typed(text, "produto_id", api.search) for text in ("", "p7", "Nome (p12)", "8MM")] == [
        "",
        "p7",
        "p12",
        "p2",
    ]
    api.add_products("Parafuso 10mm inox")
    # Called exactly like that, though others begin so.
    assert product_typed("parafuso 10mm", "produto_id", api.search) == "p1"


def test_a_rule_whose_answer_was_lost_is_made_once(api: FakeApi) -> None:
    stage = RecordStage(lambda api: large_rules(api, ids()), api)
    api.loses_answers_of = {"create_alert_rule"}
    stage.fill(nome="Regra", quantidade_maior_que="50")
    stage.presenter.form.save()
    assert stage.said[-1][1] == "danger"
    api.loses_answers_of = set()
    stage.presenter.form.save()
    assert len(api.rules) == 1
    # The same once more is another one.
    stage.fill(nome="Regra", quantidade_maior_que="50")
    stage.presenter.form.save()
    assert [rule.id for rule in api.rules] == ["i1", "i2"]


class FakeSecretView:
    """Remembers what the strip would show."""

    def __init__(self) -> None:
        self.shown = ("", "")
        self.copied = ""

    def show_secret(self, text: str, secret: str) -> None:
        self.shown = text, secret

    def copy_text(self, text: str) -> None:
        self.copied = text


def test_the_secret_of_a_webhook_is_shown_once(api: FakeApi) -> None:
    said: list[tuple[str, MessageKind]] = []
    view = FakeSecretView()
    secret = SecretPresenter(view, say=lambda text, kind: said.append((text, kind)))
    stage = RecordStage(lambda api: webhooks(api, ids()), api, made=secret.show)
    page = WebhooksPage(stage.presenter, secret)
    stage.fill(url="loja")
    stage.presenter.form.save()
    assert stage.view.form.wrong == {"url": "Use http ou https."}
    api.loses_answers_of = {"create_webhook"}
    stage.fill(url="https://loja.example.com", eventos="somente movimentos")
    stage.presenter.form.save()
    assert (view.shown, len(api.told)) == (("", ""), 1)
    api.loses_answers_of = set()
    # Whose answer was lost is asked for again under the same id, and tells its secret.
    stage.presenter.form.save()
    assert view.shown[0].startswith("Segredo de https://loja.example.com.")
    assert view.shown[1] == f"segredo-{api.told[0].id}"
    assert (len(api.told), api.told[0].topics) == (1, ("movimentos",))
    secret.copy()
    assert (view.copied, said[-1][1]) == (view.shown[1], "success")
    secret.hide()
    assert view.shown == ("", "")
    stage.fill(url="https://outra.example.com")
    stage.presenter.form.save()
    page.reset()
    assert view.shown == ("", "")


def test_webhooks_are_ended_and_go_on(api: FakeApi) -> None:
    api.told = [webhook(1, failures=3, waiting=7), webhook(2)]
    stage = RecordStage(lambda api: webhooks(api, ids()), api)
    assert stage.view.list.rows[0][1:] == ("somente alertas", "7", "falhou 3×")
    assert stage.view.list.tones == ["out", ""]
    stage.presenter.select(0)
    # It is never changed.
    assert (stage.view.form.usable, stage.view.form.actions) == (False, ["end"])
    stage.presenter.form.act("end")
    assert [row[3] for row in stage.view.list.rows] == ["em uso", "encerrado"]
    stage.presenter.select(1)
    stage.presenter.form.act("resume")
    assert api.tried == [("w1", False), ("w1", True)]


class FakeDeliveriesView(FakeList):
    """Remembers what the tab would show."""

    def __init__(self) -> None:
        super().__init__()
        self.webhooks: Sequence[str] = ()
        self.situations: Sequence[str] = ()
        self.state = ""
        self.may_try = self.busy = False

    def set_webhooks(self, labels: Sequence[str]) -> None:
        self.webhooks = labels

    def set_situations(self, labels: Sequence[str]) -> None:
        self.situations = labels

    def show_state(self, text: str) -> None:
        self.state = text

    def allow_trying(self, allowed: bool) -> None:
        self.may_try = allowed

    def set_busy(self, busy: bool) -> None:
        self.busy = busy

    def focus(self) -> None:
        pass


class DeliveriesStage:
    """The tab with deliveries, with everything around it made up."""

    def __init__(self, api: FakeApi) -> None:
        self.jobs, self.view = FakeJobs(), FakeDeliveriesView()
        self.said: list[tuple[str, MessageKind]] = []
        self.page = DeliveriesPresenter(
            api, self.jobs, self.view, say=lambda text, kind: self.said.append((text, kind))
        )
        self.page.start()


def test_what_a_webhook_was_told(api: FakeApi) -> None:
    api.told = [webhook(1, failures=3, waiting=1), webhook(2), replace(webhook(2), id="w3", active=False)]
    api.delivered = [delivery(2, arrived=False), delivery(1)]
    stage = DeliveriesStage(api)
    url = "https://loja.example.com/avisos/"
    assert list(stage.view.webhooks) == [f"{url}1", f"{url}2", f"{url}2 (3)"]
    clock = f"{NOON.astimezone():%d/%m %H:%M:%S}"
    assert stage.view.rows == [
        ("2", "alerta", clock, "espera", "1", clock, "500"),
        ("1", "alerta", clock, "entregue", "1", clock, "204"),
    ]
    assert (stage.view.tones, stage.view.count) == (["out", ""], "2 entregas")
    assert stage.view.state == (
        "1 entrega espera · falhou 3 vezes seguidas (sem conexão) · "
        f"próxima tentativa às {NOON.astimezone():%H:%M:%S}"
    )
    stage.page.choose_situation("as que esperam")
    assert [row[0] for row in stage.view.rows] == ["2"]
    assert stage.view.may_try
    stage.page.try_now()
    assert api.tried == [("w1", True)]
    assert (stage.said[-1][1], stage.view.may_try, stage.view.busy) == ("success", False, False)
    stage.page.try_now()
    assert len(api.tried) == 1
    stage.page.choose(f"{url}2")
    assert (stage.view.state, stage.view.may_try) == ("Tudo foi entregue", False)
    stage.page.choose(f"{url}2 (3)")
    assert stage.view.state.endswith("encerrado: o que acontece espera até que continue")


def test_older_deliveries_come_at_the_end_and_trouble_is_said(api: FakeApi) -> None:
    stage = DeliveriesStage(api)
    assert (stage.view.rows, stage.view.empty[:12]) == ([], "Nenhum webho")
    api.told = [webhook(1, failures=1)]
    api.delivered = [delivery(number) for number in range(PAGE + 2, 0, -1)]
    stage.page.resume()
    assert stage.view.count == f"{PAGE} entregas; desça para ver os mais antigos"
    stage.page.list.at_end()
    assert (stage.view.count, len(stage.view.tones)) == (f"{PAGE + 2} entregas", PAGE + 2)
    api.trouble_of = {"set_webhook_active": Unreachable("O servidor não responde.")}
    stage.page.try_now()
    assert (stage.said[-1], stage.view.busy) == (("O servidor não responde.", "danger"), False)
    stage.page.refresh()
    api.trouble_of = {"deliveries": Unreachable("O servidor não responde.")}
    stage.page.list.at_end()
    assert (stage.view.count, len(stage.view.rows)) == ("O servidor não responde.", PAGE)
    stage.page.refresh()
    assert (stage.view.rows, stage.view.empty) == ([], "O servidor não responde.")
    stage.page.reset()
    assert stage.view.webhooks == []
