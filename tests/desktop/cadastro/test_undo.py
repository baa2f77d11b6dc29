"""Taking one's own last movement back."""

from __future__ import annotations

import itertools

import pytest

from almoxarife.client.accounts import Account
from almoxarife.client.outbox.delivery import Delivery
from almoxarife.desktop.cadastro.pending.dispatch import Dispatch
from almoxarife.desktop.cadastro.undo.presenter import UndoPresenter
from almoxarife.desktop.kit.status_kind import MessageKind

from .fake_api import FakeApi
from .fakes import FakeJobs, FakeTimer
from .stage import temporary_outbox


class UndoStage:
    def __init__(self) -> None:
        self.api = FakeApi()
        self.api.username = "maria"
        self.product, _other = self.api.add_products("Parafuso 10mm", "Café")
        self.jobs = FakeJobs()
        self.asked = ""
        self.said: list[tuple[str, MessageKind]] = []
        self.undone = 0
        self.pending = ""
        numbers = itertools.count(1)
        self.outbox = temporary_outbox(self)
        self.dispatch = Dispatch(
            self.outbox,
            Delivery(self.outbox, self.api.post),
            self.api.receipt_at,
            self.jobs,
            self.jobs,
            FakeTimer(),
            self,
            connected=lambda: None,
            say=lambda text, kind: self.said.append((text, kind)),
        )
        self.dispatch.begin("maria")
        self.presenter = UndoPresenter(
            self.api,
            self.dispatch,
            self.jobs,
            FakeTimer(),
            self,
            new_id=lambda: f"estorno-{next(numbers)}",
            say=lambda text, kind: self.said.append((text, kind)),
            undone=self._undo,
        )
        self.presenter.begin(Account("maria", "operador"))

    def ask(self, text: str) -> None:
        self.asked = text

    def stop_asking(self) -> None:
        self.asked = ""

    def show_pending(self, text: str, *, alarming: bool) -> None:
        self.pending = text

    def add(self, quantity: int, username: str = "maria") -> None:
        number = len(self.api.entries)
        self.api.entries.append(self.api.make_entry(f"id-{number}", self.product, quantity, username))

    def _undo(self) -> None:
        self.undone += 1


@pytest.fixture
def stage() -> UndoStage:
    return UndoStage()


def test_one_press_asks_and_the_second_one_reverses(stage: UndoStage) -> None:
    stage.add(50)
    stage.add(7, "joão")
    stage.presenter.press()
    assert stage.asked == "Estornar entrada: 50 de Parafuso 10mm, 12:00:00?"
    assert len(stage.api.entries) == 2
    stage.presenter.press()
    assert [entry.quantity for entry in stage.api.entries] == [50, 7, -50]
    assert stage.api.entries[0].reversed_by == "estorno-1"
    assert (stage.asked, stage.undone) == ("", 1)
    assert stage.said[-1] == ("Estorno registrado: 50 de Parafuso 10mm.", "success")


def test_neither_reversals_nor_what_they_reversed_are_taken_back(stage: UndoStage) -> None:
    stage.add(50)
    stage.add(7)
    for _ in range(4):
        stage.presenter.press()
    assert [entry.quantity for entry in stage.api.entries] == [50, 7, -7, -50]
    stage.presenter.press()
    assert stage.said[-1] == ("Você não tem movimento para estornar.", "plain")


def test_who_says_no_changes_nothing(stage: UndoStage) -> None:
    stage.add(50)
    stage.presenter.press()
    stage.presenter.cancel()
    stage.presenter.confirm()
    assert stage.asked == ""
    assert len(stage.api.entries) == 1


def test_a_lost_answer_reverses_once(stage: UndoStage) -> None:
    stage.add(50)
    stage.presenter.press()
    stage.api.loses_answers_of = {"reverse"}
    stage.presenter.press()
    assert stage.said[-1][0].startswith("Guardado neste computador;")
    stage.api.loses_answers_of = set()
    stage.dispatch.deliver()
    assert [entry.quantity for entry in stage.api.entries] == [50, -50]
    assert stage.pending == ""


def test_a_refusal_is_told_in_the_words_of_the_api(stage: UndoStage) -> None:
    stage.add(50)
    stage.presenter.press()
    stage.api.reverse("outro", "id-0")
    stage.presenter.press()
    assert stage.said[-1] == ("Este movimento já foi estornado.", "danger")


def test_who_only_looks_takes_nothing_back(stage: UndoStage) -> None:
    stage.add(50)
    stage.presenter.begin(Account("maria", "leitor"))
    stage.presenter.press()
    assert (stage.asked, stage.api.calls) == ("", [])
    assert stage.said[-1][1] == "danger"


def test_a_server_that_is_away_is_named(stage: UndoStage) -> None:
    stage.api.go_away()
    stage.presenter.press()
    assert stage.said[-1][1] == "danger"
    stage.presenter.reset()
    stage.presenter.press()
    assert stage.asked == ""
