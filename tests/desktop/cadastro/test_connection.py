"""What calls tell about the connection, and one question at a time."""

from __future__ import annotations

import pytest

from almoxarife.client.errors import BadAnswer, ClientError, Refused, SessionExpired, Unavailable, WrongServer
from almoxarife.desktop.cadastro.calls import Calls
from almoxarife.desktop.cadastro.latest import LatestOnly
from almoxarife.desktop.kit.jobs import TooMuchWork

from .fake_api import FakeApi
from .fakes import FakeConnectionView, FakeJobs, FakeTimer


class CallsStage:
    def __init__(self) -> None:
        self.api, self.jobs, self.timer = FakeApi(), FakeJobs(), FakeTimer()
        self.view = FakeConnectionView()
        self.calls = Calls(self.jobs, self.timer, self.api.health, self.view)
        self.heard: list[object] = []
        self.calls.back = lambda: self.heard.append("back")
        self.calls.expired = self.heard.append

    def call(self, error: Exception | None = None) -> None:
        """Make a call that fails with an error, or does not."""

        def work() -> str:
            if error is not None:
                raise error
            return "answer"

        self.calls.run(work, self.heard.append, self.heard.append, self)


@pytest.fixture
def stage() -> CallsStage:
    return CallsStage()


def test_the_connection_is_known_after_the_first_check(stage: CallsStage) -> None:
    stage.jobs.held = True
    stage.calls.start()
    assert (stage.view.text, stage.view.connected) == ("conectando…", None)
    stage.jobs.release()
    assert (stage.view.text, stage.view.connected) == ("conectado", True)


def test_a_server_that_leaves_and_comes_back_is_noticed_without_a_call(stage: CallsStage) -> None:
    stage.calls.start()
    stage.api.go_away()
    stage.timer.pass_seconds(16)
    assert (stage.view.text, stage.view.connected) == ("sem conexão – tentando de novo", False)
    stage.api.come_back()
    stage.timer.pass_seconds(4)
    assert stage.view.connected is True
    assert stage.heard == ["back"]


def test_a_call_tells_of_the_connection_at_once(stage: CallsStage) -> None:
    stage.calls.start()
    stage.api.go_away()
    stage.calls.run(stage.api.health, stage.heard.append, lambda error: None, stage)
    assert stage.view.connected is False
    stage.call()
    assert stage.view.connected is True
    assert stage.heard == ["back", "answer"]


def test_a_stranger_in_the_place_of_the_server_is_no_connection(stage: CallsStage) -> None:
    stage.calls.start()
    stranger = WrongServer("Quem responde não é o servidor.")
    stage.call(stranger)
    assert (stage.view.text, stage.view.connected) == ("servidor desconhecido – nada é enviado", False)
    assert stage.calls.meets_stranger
    stage.timer.pass_seconds(4)
    assert not stage.calls.meets_stranger
    assert (stage.view.text, stage.heard) == ("conectado", [stranger, "back"])


@pytest.mark.parametrize("error", [BadAnswer("Não é a API."), Unavailable("Agora não.", status=503)])
def test_a_strange_answer_makes_it_ask_how_the_server_is(stage: CallsStage, error: ClientError) -> None:
    stage.calls.start()
    stage.call(error)
    assert stage.view.connected is True
    stage.api.trouble = error
    stage.timer.pass_seconds(4)
    assert (stage.view.text, stage.view.connected) == ("servidor com problema – tentando de novo", False)
    stage.api.come_back()
    stage.timer.pass_seconds(4)
    assert stage.heard == [error, "back"]


@pytest.mark.parametrize(
    "error", [Refused("Não.", status=409), Unavailable("Muitas tentativas.", status=429)]
)
def test_a_refusal_is_an_answer(stage: CallsStage, error: ClientError) -> None:
    stage.calls.start()
    stage.call(error)
    assert stage.view.connected is True
    assert stage.heard == [error]


def test_an_error_of_the_program_says_nothing_about_the_connection(stage: CallsStage) -> None:
    error = KeyError("x")
    stage.call(error)
    assert stage.view.connected is None
    assert stage.heard == [error]


def test_the_end_of_the_session_is_told_after_the_caller(stage: CallsStage) -> None:
    error = SessionExpired("Entre de novo.", status=401)
    stage.call(error)
    assert stage.heard == [error, error]


def test_a_server_that_hangs_is_asked_once(stage: CallsStage) -> None:
    stage.jobs.held = True
    stage.calls.start()
    stage.call()
    stage.jobs.waiting.pop().settle()
    stage.timer.pass_seconds(60)
    assert len(stage.jobs.waiting) == 1
    stage.jobs.release()
    assert stage.view.connected is True


def test_checks_go_on_when_there_was_no_room_for_one(
    stage: CallsStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> None:
        raise TooMuchWork

    calls = Calls(stage.jobs, stage.timer, refuse, stage.view)
    calls.start()
    stage.timer.pass_seconds(1)
    assert (stage.view.connected, len(stage.timer.calls)) == (None, 1)


def test_what_comes_late_for_an_owner_is_dropped(stage: CallsStage) -> None:
    stage.jobs.held = True
    stage.call()
    stage.calls.drop(stage)
    stage.jobs.release()
    assert stage.heard == []


def test_only_the_newest_question_counts() -> None:
    jobs, heard = FakeJobs(), list[object]()
    jobs.held = True
    question: LatestOnly[int] = LatestOnly(jobs)
    for number in range(5):
        question.ask(lambda number=number: number, heard.append, heard.append)  # type: ignore[misc]
    assert len(jobs.waiting) == 1
    jobs.release()
    assert heard == [4]


def test_a_forgotten_question_is_not_answered() -> None:
    jobs, heard = FakeJobs(), list[object]()
    jobs.held = True
    question: LatestOnly[int] = LatestOnly(jobs)
    question.ask(lambda: 1, heard.append, heard.append)
    question.ask(lambda: 2, heard.append, heard.append)
    question.forget()
    jobs.release()
    assert heard == []
    question.ask(lambda: 1 // 0, heard.append, heard.append)
    assert [type(error) for error in heard] == [ZeroDivisionError]
