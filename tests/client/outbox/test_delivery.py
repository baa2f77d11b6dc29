"""What is sent of the outbox, in which order, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from almoxarife.client.errors import BadAnswer, ClientError, Refused, SessionExpired, Unavailable
from almoxarife.client.outbox.delivery import MOST_FAILURES, PER_RUN, Delivery, Report, sending
from almoxarife.client.outbox.rows import Counts, Receipt
from almoxarife.client.outbox.store import Outbox

from .ledger import AWAY, SERVER, Ledger, movement


class Stage:
    def __init__(self, folder: Path) -> None:
        self.outbox = Outbox(folder, SERVER)
        self.ledger = Ledger()
        self.later = timedelta()
        self.delivery = Delivery(self.outbox, self.ledger.post, lambda: datetime.now(UTC) + self.later)

    def put(self, *numbers: int, username: str = "maria") -> None:
        self.outbox.put(username, [movement(number) for number in numbers])

    def run(self, username: str = "maria") -> Report:
        report = Report()
        self.delivery.run(username, report)
        return report

    def fails(self, error: type[Exception]) -> None:
        with pytest.raises(error):
            self.run()


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(tmp_path)
    yield stage
    stage.outbox.close()


def test_everything_is_sent_in_order_and_the_receipts_are_kept(stage: Stage) -> None:
    stage.put(3, 1, 2)
    report = stage.run()
    assert stage.ledger.order == [movement(number).id for number in (3, 1, 2)]
    assert [kept.state for kept in report.settled] == ["sent"] * 3
    assert [kept.answer for kept in report.settled] == list(stage.ledger.rows.values())
    assert not report.more
    assert stage.outbox.counts() == Counts()
    last = list(stage.ledger.rows.values())[-1]
    assert stage.outbox.receipt() == Receipt(3, str(last["recibo"]))


def test_only_what_is_in_the_users_own_name_is_sent(stage: Stage) -> None:
    stage.put(1, username="joão")
    stage.put(2)
    stage.run()
    assert stage.ledger.order == [movement(2).id]
    stage.run("joão")
    assert stage.ledger.order == [movement(2).id, movement(1).id]
    assert [row["registrado_por"] for row in stage.ledger.rows.values()] == ["maria", "joão"]


def test_many_are_sent_some_at_a_time(stage: Stage) -> None:
    stage.put(*range(PER_RUN + 1))
    report = stage.run()
    assert (len(report.settled), report.more) == (PER_RUN, True)
    report = stage.run()
    assert (len(report.settled), report.more) == (1, False)


@pytest.mark.parametrize(
    "trouble", [AWAY, Unavailable("Agora não.", status=503), BadAnswer("Isso não é a API.")]
)
def test_without_an_answer_everything_waits_in_order(stage: Stage, trouble: ClientError) -> None:
    stage.put(1, 2)
    stage.ledger.troubles = [trouble]
    stage.fails(type(trouble))
    (first, second) = stage.outbox.open_ones()
    assert (first.state, first.tried) == ("waiting", 1)
    assert first.problem is not None
    assert first.problem.message == trouble.message
    assert (second.state, second.tried) == ("waiting", 0)
    stage.run()
    assert stage.ledger.order == [movement(1).id, movement(2).id]


def test_a_lost_answer_counts_once(stage: Stage) -> None:
    def lose() -> None:
        raise AWAY

    stage.put(1)
    stage.ledger.written = lose
    stage.fails(type(AWAY))
    stage.ledger.written = lambda: None
    stage.run()
    assert len(stage.ledger.rows) == 1
    assert stage.outbox.find([movement(1).id])[0].state == "sent"


def test_the_end_of_a_session_loses_nothing(stage: Stage) -> None:
    stage.put(1)
    stage.ledger.troubles = [SessionExpired("Entre de novo.", status=401)]
    stage.fails(SessionExpired)
    assert stage.outbox.counts() == Counts(waiting=1)
    stage.run()
    assert len(stage.ledger.rows) == 1


def test_a_refusal_is_kept_and_what_comes_after_it_goes_on(stage: Stage) -> None:
    stage.put(1, 2)
    refusal = Refused("Só há 3.", status=409, code="estoque_insuficiente", field="quantidade")
    stage.ledger.troubles = [refusal]
    report = stage.run()
    assert [kept.state for kept in report.settled] == ["refused", "sent"]
    problem = report.settled[0].problem
    assert problem is not None
    assert (problem.message, problem.code, problem.field) == (
        "Só há 3.",
        "estoque_insuficiente",
        "quantidade",
    )
    assert stage.outbox.counts() == Counts(refused=1)


def test_one_at_which_the_server_fails_every_time_holds_up_nobody_for_ever(stage: Stage) -> None:
    stage.put(1, 2)
    broken = Unavailable("O servidor falhou.", status=500, code="erro_interno")
    stage.ledger.troubles = [broken] * MOST_FAILURES
    for _number in range(MOST_FAILURES - 1):
        stage.fails(Unavailable)
    stage.run()
    assert stage.ledger.order == [movement(2).id]
    assert stage.outbox.counts() == Counts(refused=1)
    stage.outbox.send_again([movement(1).id])
    stage.run()
    assert len(stage.ledger.rows) == 2


def test_what_leaves_late_says_when_it_happened(stage: Stage) -> None:
    stage.put(1)
    (kept,) = stage.outbox.open_ones()
    stage.later = timedelta(minutes=11)
    stage.run()
    made_at = f"{kept.made_at:%Y-%m-%dT%H:%M:%S.%f}Z"
    assert stage.ledger.bodies[kept.id] == {**movement(1).body, "data_efetiva": made_at}


def test_what_was_tried_before_stays_the_same_movement(stage: Stage) -> None:
    stage.put(1)
    stage.ledger.troubles = [AWAY]
    stage.fails(type(AWAY))
    stage.later = timedelta(minutes=11)
    stage.run()
    assert stage.ledger.bodies[movement(1).id] == movement(1).body


def test_a_clock_that_is_wrong_is_not_asked(stage: Stage) -> None:
    stage.put(1)
    stage.later = timedelta(minutes=11)
    stage.ledger.troubles = [Refused("No futuro.", status=400, code="campo_invalido", field="data_efetiva")]
    stage.run()
    assert stage.ledger.bodies[movement(1).id] == movement(1).body
    assert stage.outbox.counts() == Counts()


def test_what_had_arrived_before_the_program_was_killed_is_not_dated_anew(stage: Stage) -> None:
    stage.put(1)
    stage.ledger.post("maria", movement(1).body)
    stage.later = timedelta(minutes=11)
    stage.run()
    assert len(stage.ledger.rows) == 1
    assert stage.outbox.find([movement(1).id])[0].state == "sent"


def test_one_program_sends_at_a_time(stage: Stage, tmp_path: Path) -> None:
    stage.put(1)
    with sending(tmp_path) as alone:
        assert alone
        assert stage.run().busy
        assert not stage.delivery.withdraw([movement(1).id])
    assert stage.ledger.rows == {}
    assert not stage.run().busy
    assert len(stage.ledger.rows) == 1


def test_what_never_left_can_be_taken_back_and_go_out_later(stage: Stage) -> None:
    stage.put(1)
    assert stage.delivery.withdraw([movement(1).id])
    stage.run()
    assert stage.ledger.rows == {}
    stage.put(1)
    stage.run()
    assert len(stage.ledger.rows) == 1
