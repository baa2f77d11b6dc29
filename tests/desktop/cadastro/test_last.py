"""The list of the last entries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from almoxarife.client.movements import Entry
from almoxarife.desktop.cadastro.entry.form import FORM as ENTRY
from almoxarife.desktop.cadastro.movement.last import SHOWN, LastEntries
from almoxarife.desktop.kit.kinds import Tone

from .fake_api import NOON, FakeApi
from .fakes import FakeJobs


class FakeLastView:
    def __init__(self) -> None:
        self.rows: list[tuple[str, ...]] = []
        self.tones: list[Tone] = []
        self.empty_text = ""

    def show_entries(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        self.rows = [tuple(row) for row in rows]
        self.tones = list(tones)

    def show_empty(self, text: str) -> None:
        self.empty_text = text


class LastStage:
    def __init__(self) -> None:
        self.api = FakeApi()
        self.product, self.other = self.api.add_products("Parafuso 10mm", "Café torrado")
        self.jobs = FakeJobs()
        self.view = FakeLastView()
        self.last = LastEntries(
            self.api.latest,
            self.jobs,
            self.view,
            lambda: NOON,
            kinds=ENTRY.kinds,
            empty=ENTRY.empty,
        )

    def start(self, username: str) -> None:
        self.last.start(username)
        self.last.load()

    def add(self, quantity: int, username: str = "maria", at: datetime = NOON) -> Entry:
        self.api.now = at
        entry = self.api.make_entry(f"id-{len(self.api.entries)}", self.product, quantity, username)
        self.api.entries.append(entry)
        return entry

    @property
    def quantities(self) -> list[str]:
        return [row[2] for row in self.view.rows]


@pytest.fixture
def stage() -> LastStage:
    return LastStage()


def test_rows_say_when_what_how_much_and_which(stage: LastStage) -> None:
    stage.add(25_000, at=NOON - timedelta(days=1))
    stage.add(7)
    stage.start("maria")
    assert stage.view.rows == [
        ("12:00:00", "Parafuso 10mm", "7", "2"),
        ("23/11/2026 12:00", "Parafuso 10mm", "25.000", "1"),
    ]


def test_an_empty_list_says_what_to_do(stage: LastStage) -> None:
    stage.jobs.held = True
    stage.start("maria")
    assert stage.view.empty_text == "Carregando…"
    stage.jobs.release()
    assert stage.view.empty_text.startswith("Nenhuma entrada ainda.")


def test_only_the_entries_of_the_person_are_shown(stage: LastStage) -> None:
    stage.add(7)
    stage.add(8, "joão")
    stage.start("maria")
    assert stage.quantities == ["7"]
    stage.start("joão")
    assert stage.quantities == ["8"]


def test_an_answer_for_the_person_before_is_dropped(stage: LastStage) -> None:
    stage.add(7)
    stage.jobs.held = True
    stage.start("maria")
    stage.start("joão")
    stage.jobs.release()
    assert stage.quantities == []


def test_an_entry_registered_meanwhile_stays_in_the_list(stage: LastStage) -> None:
    stage.add(7)
    stage.jobs.held = True
    stage.start("maria")
    answer = stage.api.entries[:]
    stage.last.add(stage.add(8))
    stage.api.entries = answer
    stage.jobs.release()
    assert stage.quantities == ["8", "7"]


def test_only_the_newest_are_kept(stage: LastStage) -> None:
    for quantity in range(1, SHOWN + 11):
        stage.last.add(stage.add(quantity))
    assert stage.quantities[0] == str(SHOWN + 10)
    assert len(stage.quantities) == SHOWN


def test_a_failure_is_said_in_place_of_the_rows(stage: LastStage) -> None:
    stage.api.go_away()
    stage.start("maria")
    assert "não responde" in stage.view.empty_text
    stage.api.end_session()
    stage.last.load()
    assert stage.view.empty_text == "Carregando…"
    stage.api.come_back()
    stage.add(7)
    stage.last.load()
    assert stage.quantities == ["7"]
