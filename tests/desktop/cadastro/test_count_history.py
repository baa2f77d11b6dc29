"""The tab with the counts that have ended, without a window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from almoxarife.client.count_calendar import Right
from almoxarife.client.count_history import Ended
from almoxarife.client.counts import Count, Line
from almoxarife.client.errors import Unreachable
from almoxarife.desktop.cadastro.count_history import presenter as module
from almoxarife.desktop.cadastro.count_history.presenter import HistoryPresenter

from .count_stage import CountStage, counting_stage, item
from .fake_counts import AT
from .fake_list import FakeList

RIGHT = Right(2, 1, 50.0, 92.86, 92.86, 10)


class FakeHistoryView:
    """Remembers what the tab would show."""

    def __init__(self) -> None:
        self.counts, self.found = FakeList(), FakeList()
        self.situations: Sequence[str] = ()
        self.kinds: Sequence[str] = ()
        self.one = False
        self.title = self.about = ""

    def set_choices(self, situations: Sequence[str], kinds: Sequence[str]) -> None:
        self.situations, self.kinds = situations, kinds

    def show_one(self, shown: bool) -> None:
        self.one = shown

    def show_about(self, title: str, text: str) -> None:
        self.title, self.about = title, text


class HistoryStage:
    """The tab over the server in memory of the other tabs: one count was confirmed, a later one cancelled."""

    def __init__(self, around: CountStage) -> None:
        self.around, self.api = around, around.api
        first = Count("c1", "confirmada", "l2", "Estoque", "", 2, True, opened_by="maria", note="vistoria")
        second = Count("c2", "cancelada", "", "", "", None, False, opened_by="joão", category="Casa")
        self.api.ended = [
            Ended(second, AT, AT, "admin"),
            Ended(first, AT, AT + timedelta(hours=1), "admin", RIGHT),
        ]
        self.api.found["c1"] = [
            item("p1", counted=18),
            item("p2", counted=20),
            item("p3", counted=0, expected=3),
        ]
        self.api.count_lines["c2"] = []
        self.api.count_lines["c1"] = [
            Line("i1", 1, "Parafuso 10mm", True, "Estoque", "", 81, "maria", AT, expected=20),
            Line("i2", 2, "Parafuso 10mm", True, "Estoque", "", 18, "maria", AT, replaces=1, expected=20),
            Line("i3", 3, "7891", False, "Estoque", "", 1, "maria", AT),
        ]
        self.view = FakeHistoryView()
        self.tab = HistoryPresenter(
            self.api, around.jobs, self.view, say=lambda text, kind: around.said.append((text, kind))
        )
        self.tab.start()


@pytest.fixture
def stage() -> HistoryStage:
    return HistoryStage(counting_stage())


def clock(hours: int = 0) -> str:
    return f"{(AT + timedelta(hours=hours)).astimezone():%d/%m/%y %H:%M}"


def test_counts_that_have_ended_are_listed_and_narrowed(stage: HistoryStage) -> None:
    assert stage.view.counts.rows == [
        ("c2", clock(), "a loja toda, categoria Casa", "cancelada", "", "", "admin", ""),
        ("c1", clock(1), "Estoque, 2 produtos", "confirmada", "1/2", "50", "admin", "vistoria"),
    ]
    assert (stage.view.counts.tones, stage.view.counts.count) == (["faded", ""], "2 contagens")
    stage.tab.choose_situation("confirmadas")
    assert [row[0] for row in stage.view.counts.rows] == ["c1"]
    stage.api.ended.clear()
    stage.tab.resume()
    assert stage.view.counts.empty == "Nada encontrado."
    stage.tab.choose_situation("todas")
    assert stage.view.counts.empty.startswith("Nenhuma contagem terminou ainda.")


def test_one_of_them_is_looked_at_and_left(stage: HistoryStage) -> None:
    stage.tab.open(None)
    assert (stage.around.last_said, stage.view.one) == ("Selecione uma contagem antes.", False)
    stage.tab.open(1)
    assert (stage.view.one, stage.view.title) == (True, "c1 · Estoque, 2 produtos · vistoria")
    assert stage.view.about == (
        f"Aberta por maria em {clock()} (cega) · confirmada por admin em {clock(1)}: "
        "1 de 2 itens certos (50 %), divergências de 10,00."
    )
    # What was set to zero is a difference, too; nobody counted it.
    assert [row[0:5] for row in stage.view.found.rows] == [
        ("Parafuso 10mm", "Estoque", "20", "18", "-2"),
        ("Furadeira", "Estoque", "3", "0", "-3"),
    ]
    stage.tab.choose_kind("certos")
    assert [row[0] for row in stage.view.found.rows] == ["Lâmpada"]
    stage.tab.choose_kind("linha por linha, como foi contado")
    assert stage.view.found.count == "3 linhas"
    assert [(row[2], row[3], row[5].split(", ")[0]) for row in stage.view.found.rows] == [
        ("20", "81", "nº 1"),
        ("20", "18", "nº 2"),
        ("–", "1", "nº 3"),
    ]
    assert stage.view.found.rows[1][5].endswith("corrige a nº 1")
    # Another tab, and back: it is still looked at.
    stage.tab.leave()
    stage.tab.start()
    assert stage.view.one
    stage.tab.close()
    assert (stage.view.one, stage.view.title) == (False, "")
    stage.tab.open(0)
    assert stage.view.about.endswith(f"cancelada por admin em {clock()}: nada mudou no estoque.")
    stage.tab.reset()
    assert (stage.view.one, stage.view.counts.rows, stage.view.found.rows) == (False, [], [])


def test_more_comes_at_the_end(stage: HistoryStage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FOUND_AT_ONCE", 2)
    tab = HistoryPresenter(stage.api, stage.around.jobs, stage.view, say=lambda text, kind: None)
    tab.start()
    tab.choose_kind("todos")
    tab.open(1)
    assert (len(stage.view.found.rows), stage.view.found.count) == (2, "2 itens; desça para ver mais")
    tab.found.at_end()
    assert (len(stage.view.found.rows), stage.view.found.count) == (3, "3 itens")
    tab.choose_kind("linha por linha, como foi contado")
    tab.found.at_end()
    assert [row[3] for row in stage.view.found.rows] == ["81", "18", "1"]


def test_the_agenda_leads_to_a_count_or_says_why_not(stage: HistoryStage) -> None:
    around = stage.around
    around.api.rights, around.api.months = [replace(RIGHT, id="c1")], [replace(RIGHT, month="2026-11")]
    around.api.right = RIGHT
    around.agenda.start()
    around.agenda.open_count(0)
    around.agenda.show_by_month(True)
    around.agenda.open_count(0)
    assert around.opened == ["c1"]
    stage.tab.open_count("c1")
    assert stage.view.title.startswith("c1 · ")
    stage.tab.close()
    stage.api.trouble_of["ended_count"] = Unreachable("O servidor não responde.")
    stage.tab.open_count("c1")
    assert (around.last_said, stage.view.one) == ("O servidor não responde.", False)
