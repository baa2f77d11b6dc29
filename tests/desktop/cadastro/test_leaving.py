"""Logging out and closing the window while something would be lost."""

from __future__ import annotations

from almoxarife.desktop.cadastro.leaving import Leaving
from almoxarife.desktop.cadastro.pages import Page

CLOSE_BUSY = "Um movimento está sendo registrado. Feche de novo para sair sem esperar por ele."
CLOSE_SCANNED = "O que foi lido ainda não foi registrado. Feche de novo para descartar."
LOG_OUT = "O que foi lido ou contado ainda não foi registrado. Saia de novo para descartar."


class SomePage(Page):
    """A page with what the test says."""

    is_sending = has_scanned = False
    farewell = ""


class Stage:
    """A page with movements, one with counts."""

    def __init__(self) -> None:
        self.movements, self.counts = SomePage(), SomePage()
        self.said: list[str] = []
        self.kept = 0
        self.leaving = Leaving(
            lambda: [self.movements, self.counts],
            lambda: [self.movements],
            lambda text, kind: self.said.append(text),
        )
        self.leaving.keep = self.keep

    def keep(self) -> None:
        self.kept += 1


def test_who_has_nothing_to_lose_leaves_at_once() -> None:
    stage = Stage()
    assert stage.leaving.may_close()
    assert stage.leaving.may_log_out()
    assert (stage.said, stage.kept) == ([], 2)


def test_what_would_be_lost_is_said_first() -> None:
    stage = Stage()
    stage.movements.has_scanned = True
    assert not stage.leaving.may_log_out()
    # Another question is not answered by that.
    assert not stage.leaving.may_close()
    assert stage.leaving.may_close()
    assert stage.said == [LOG_OUT, CLOSE_SCANNED]
    # Who reads something else in its place has to be told again.
    stage.leaving.forget()
    assert not stage.leaving.may_close()
    stage.movements.is_sending = True
    assert not stage.leaving.may_close()
    assert stage.said[-1] == CLOSE_BUSY


def test_who_logs_out_need_not_wait_for_a_movement_but_for_a_count() -> None:
    stage = Stage()
    stage.movements.is_sending = True
    assert stage.leaving.may_log_out()
    stage.counts.is_sending = True
    assert not stage.leaving.may_log_out()
    assert stage.leaving.may_log_out()


def test_what_the_pages_have_to_say_is_said_together() -> None:
    stage = Stage()
    stage.movements.farewell, stage.counts.farewell = "", "4 leituras."
    assert stage.leaving.farewell() == "4 leituras."
