"""The page of alerts without a window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import pytest

from almoxarife.client.accounts import Account
from almoxarife.client.alerts import ACKNOWLEDGED, RESOLVED
from almoxarife.client.errors import Refused, Unreachable
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.alerts.presenter import PAGE, AlertsPresenter
from almoxarife.desktop.cadastro.alerts.verbs import AlertsApi
from almoxarife.desktop.cadastro.listing.followed import LOOK_S
from almoxarife.desktop.kit.status_kind import MessageKind

from .fake_alerts import NOON, alert
from .fake_api import FakeApi
from .fake_codes import label_of_place, reading
from .fake_list import FakeList
from .fakes import FakeJobs, FakeTimer


class FakeAlertsView(FakeList):
    """Remembers what the page would show."""

    def __init__(self) -> None:
        super().__init__()
        self.choices: tuple[Sequence[str], Sequence[str]] = ((), ())
        self.places: Sequence[str] = ()
        self.whole = self.error = ""
        self.offers = (False, False)
        self.place, self.selected = "", -1
        self.busy = False

    def set_choices(self, situations: Sequence[str], kinds: Sequence[str]) -> None:
        self.choices = situations, kinds

    def set_places(self, labels: Sequence[str]) -> None:
        self.places = labels

    def set_place(self, label: str) -> None:
        self.place = label

    def select_row(self, row: int) -> None:
        self.selected = row

    def show_alert(self, text: str) -> None:
        self.whole = text

    def offer(self, *, product: bool, acknowledging: bool) -> None:
        self.offers = product, acknowledging

    def show_note_error(self, text: str) -> None:
        self.error = text

    def clear_note(self) -> None:
        pass

    def set_busy(self, busy: bool) -> None:
        self.busy = busy

    def focus(self) -> None:
        pass


class Stage:
    """The page with everything around it made up."""

    def __init__(self) -> None:
        self.api, self.jobs, self.view = FakeApi(), FakeJobs(), FakeAlertsView()
        self.timer = FakeTimer()
        self.api.alerts_there = [alert(3, "sem_estoque"), alert(2), alert(1, "acima_maximo")]
        self.said: list[tuple[str, MessageKind]] = []
        self.opened: list[Product] = []
        self.page = AlertsPresenter(
            cast(AlertsApi, self.api),
            self.jobs,
            self.timer,
            self.view,
            say=lambda text, kind: self.said.append((text, kind)),
            open_product=self.opened.append,
        )
        self.begin("operador")

    def look(self) -> None:
        """Let so much time pass that the page looks again."""
        self.timer.pass_seconds(LOOK_S)

    def begin(self, role: str) -> None:
        """Let somebody with a role look at the page."""
        self.page.reset()
        self.page.begin(Account("maria", role))
        self.page.start()


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_an_alert_is_acknowledged_with_a_note(stage: Stage) -> None:
    assert [row[1] for row in stage.view.rows] == ["sem estoque", "abaixo do mínimo", "acima do máximo"]
    assert stage.view.tones == ["out", "changed", "moved"]
    assert (stage.view.count, stage.view.offers) == ("3 alertas", (False, False))
    stage.page.acknowledge("")
    stage.page.open_product()
    assert (stage.said, stage.opened) == ([], [])
    stage.page.select(1)
    assert stage.view.offers == (True, True)
    assert stage.view.whole == "Café torrado: 3 UN em Estoque, abaixo do mínimo de 10."
    stage.page.open_product()
    assert stage.opened == [Product("p1", "Café torrado")]
    stage.page.acknowledge(" Pedido feito ")
    assert stage.said[-1] == (
        "Reconhecido: Café torrado: 3 UN em Estoque, abaixo do mínimo de 10.",
        "success",
    )
    assert len(stage.view.rows) == 2
    stage.page.choose_situation("reconhecidos")
    assert (stage.view.tones, stage.view.rows[0][3]) == (["faded"], "reconhecido")
    stage.page.select(0)
    assert stage.view.offers == (True, False)
    when = f"{NOON.astimezone():%d/%m/%y %H:%M}"
    assert stage.view.whole.endswith(f" Reconhecido por maria em {when}. Observação: Pedido feito")
    stage.page.acknowledge("De novo")
    assert stage.api.alerts_there[1].note == "Pedido feito"


def test_the_list_is_narrowed(stage: Stage) -> None:
    situations, kinds = stage.view.choices
    assert list(situations) == ["abertos", "reconhecidos", "resolvidos", "todos"]
    assert (kinds[0], len(kinds)) == ("todos os tipos", 9)
    stage.page.choose_kind("acima do máximo")
    assert [row[1] for row in stage.view.rows] == ["acima do máximo"]
    stage.page.choose_situation("resolvidos")
    assert (stage.view.rows, stage.view.count, stage.view.empty) == ([], "", "Nada encontrado.")
    stage.page.choose_situation("todos")
    stage.page.choose_kind("todos os tipos")
    assert len(stage.view.rows) == 3
    stage.api.places_of_alerts = {"a2": "l2"}
    assert stage.view.places == ["todos os locais", "Estoque"]
    stage.page.choose_place("Estoque")
    assert [row[1] for row in stage.view.rows] == ["abaixo do mínimo"]
    stage.page.choose_place("todos os locais")
    assert len(stage.view.rows) == 3
    stage.api.alerts_there = []
    stage.begin("operador")
    assert stage.view.empty.startswith("Não há alertas abertos.")


def test_who_only_reads_acknowledges_nothing(stage: Stage) -> None:
    stage.begin("leitor")
    stage.page.select(0)
    assert stage.view.offers == (True, False)
    stage.page.acknowledge("")
    assert "acknowledge" not in stage.api.calls


def test_older_ones_come_at_the_end(stage: Stage) -> None:
    stage.api.alerts_there = [alert(number) for number in range(PAGE + 2, 0, -1)]
    stage.page.resume()
    assert stage.view.count == f"{PAGE} alertas; desça para ver os mais antigos"
    stage.page.list.at_end()
    assert (stage.view.count, len(stage.view.tones)) == (f"{PAGE + 2} alertas", PAGE + 2)
    stage.page.list.at_end()
    assert stage.api.calls.count("alerts") == 3
    stage.page.refresh()
    stage.api.trouble_of = {"alerts": Unreachable("O servidor não responde.")}
    stage.page.list.at_end()
    assert (stage.view.count, len(stage.view.rows)) == ("O servidor não responde.", PAGE)
    stage.page.refresh()
    assert (stage.view.rows, stage.view.empty) == ([], "O servidor não responde.")


def test_what_is_refused_is_said(stage: Stage) -> None:
    stage.page.select(0)
    refusal = Refused("Longa demais.", status=400, code="x", field="observacao")
    stage.api.trouble_of = {"acknowledge": refusal}
    stage.page.acknowledge("x" * 201)
    assert (stage.view.error, stage.view.busy, stage.said) == ("Longa demais.", False, [])
    stage.api.trouble_of = {}
    stage.api.alerts_there[0] = replace(alert(3), situation=RESOLVED, resolved_at=NOON, occurrences=2)
    stage.page.acknowledge("")
    assert (stage.view.error, stage.said[-1]) == ("", ("O alerta já foi resolvido.", "danger"))
    assert len(stage.view.rows) == 2
    stage.page.choose_situation("resolvidos")
    stage.page.select(0)
    when = f"{NOON.astimezone():%d/%m/%y %H:%M}"
    assert stage.view.whole.endswith(f" Aconteceu 2 vezes. Resolvido em {when}.")


def test_one_is_acknowledged_at_a_time(stage: Stage) -> None:
    stage.page.select(0)
    stage.jobs.held = True
    stage.page.acknowledge("")
    assert stage.view.busy
    stage.page.acknowledge("")
    assert len(stage.jobs.waiting) == 1
    stage.page.reset()
    assert not stage.view.busy


def test_a_scan_leads_to_the_alerts_of_a_product_and_a_place(stage: Stage) -> None:
    nut = Product("p4", "Porca 10mm")
    stage.api.alerts_there[1] = replace(stage.api.alerts_there[1], product_id="p4", product_name=nut.name)
    stage.page.start()
    for expected in (0, 2, 0):
        assert stage.page.scan(reading(Product("p1", "Café torrado")))
        assert (stage.view.selected, stage.view.whole != "") == (expected, True)
    assert stage.page.scan(reading(nut))
    stage.page.open_product()
    assert (stage.view.selected, stage.opened) == (1, [nut])
    assert stage.page.scan(reading(Product("p9", "Cola")))
    assert stage.said[-1] == ("Cola (p9): não está nesta lista.", "plain")
    assert stage.page.scan(label_of_place("l2", "Estoque"))
    assert stage.view.place == "Estoque"


def test_new_alerts_come_by_themselves_and_the_selected_one_stays(stage: Stage) -> None:
    stage.page.select(1)
    stage.look()
    # Nothing changed, nothing is drawn.
    assert list(stage.view.moved) == []
    stage.api.alerts_there.insert(0, alert(4, "vencido"))
    stage.look()
    assert ([row[1] for row in stage.view.rows][:2], stage.view.count) == (
        ["vencido", "sem estoque"],
        "4 alertas",
    )
    assert stage.view.tones == ["out", "out", "changed", "moved"]
    assert list(stage.view.moved) == [1, 2, 3]
    assert stage.view.offers == (True, True)
    # What is acted on is the alert that was selected, not the one that took its row.
    stage.page.acknowledge("")
    assert stage.api.alerts_there[2].situation == ACKNOWLEDGED


def test_what_becomes_of_the_selected_alert_is_shown(stage: Stage) -> None:
    stage.page.select(1)
    stage.api.alerts_there[1] = replace(alert(2), occurrences=7)
    stage.look()
    assert (stage.view.moved, stage.view.whole.split(".")[1]) == ([0, 1, 2], " Aconteceu 7 vezes")
    stage.api.alerts_there[1] = replace(alert(2), situation=RESOLVED, resolved_at=NOON)
    stage.look()
    assert (stage.view.moved, stage.view.offers) == ([0, None, 1], (False, False))
    assert stage.view.whole.startswith("Saiu desta lista: Café torrado: 3 UN")


def test_older_ones_that_were_asked_for_stay_below_the_new_ones(stage: Stage) -> None:
    there = [alert(number) for number in range(PAGE + 2, 0, -1)]
    stage.api.alerts_there = list(there)
    stage.page.resume()
    stage.page.list.at_end()
    stage.api.alerts_there = [alert(PAGE + 3), *there[:5], *there[6:]]
    stage.look()
    assert [one.id for one in stage.page.list.items] == [one.id for one in stage.api.alerts_there]
    assert stage.view.count == f"{PAGE + 2} alertas"
    # So many that others may be between them and what is shown: the list begins anew from its top.
    stage.api.alerts_there = [alert(number) for number in range(3 * PAGE, 0, -1)]
    stage.look()
    assert (stage.view.count, set(stage.view.moved)) == (
        f"{PAGE} alertas; desça para ver os mais antigos",
        {None},
    )
    stage.page.list.at_end()
    assert stage.page.list.items == stage.api.alerts_there[: 2 * PAGE]


def test_it_is_looked_only_while_the_page_is_shown(stage: Stage) -> None:
    stage.api.trouble_of = {"alerts": Unreachable("O servidor não responde.")}
    stage.look()
    # A look that fails changes nothing, and the next one comes.
    assert len(stage.view.rows) == 3
    stage.api.trouble_of = {}
    stage.api.alerts_there.pop()
    stage.look()
    assert len(stage.view.rows) == 2
    for end in (stage.page.leave, stage.page.reset):
        stage.page.start()
        end()
        asked = len(stage.api.calls)
        stage.look()
        assert len(stage.api.calls) == asked
    # A look that is out when something else is asked for has no say any more.
    stage.page.start()
    stage.jobs.held = True
    stage.look()
    stage.page.choose_kind("sem estoque")
    stage.jobs.release()
    assert [row[1] for row in stage.view.rows] == ["sem estoque"]
