"""Scans of a count that are not with the server when somebody leaves, or the program ends."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from almoxarife.client.accounts import Account
from almoxarife.client.codes import Reading
from almoxarife.client.counts import Line, Seen
from almoxarife.client.errors import BadAnswer, OutboxFailed, Refused, Unavailable
from almoxarife.client.outbox.scans import Change

from .count_stage import CountStage, counting_stage

AWAY = Unavailable("Já volta.", status=503)
MARIA, JOAO = Account("maria", "operador"), Account("joão", "operador")


@pytest.fixture
def stage() -> CountStage:
    stage = counting_stage()
    stage.begin()
    return stage


def lines(stage: CountStage) -> list[tuple[str, str]]:
    return [(line.name, line.place) for line in stage.api.count_lines["c1"]]


def test_who_leaves_before_the_server_answers_finds_his_scans_counted_once_when_he_is_back(
    stage: CountStage,
) -> None:
    stage.api.loses_answers_of = {"count_scan"}
    stage.counting.take_text("p1")
    stage.api.loses_answers_of.clear()
    stage.api.trouble_of = {"read_scan": AWAY, "count_scan": AWAY}
    for text in ("p2", "p2", "7891"):
        stage.counting.take_text(text)
    assert (stage.counting.has_scanned, stage.counting.is_sending) == (False, False)
    assert stage.counting.farewell == (
        "4 leituras de contagem ficam guardadas neste computador e são enviadas quando maria entrar de novo."
    )
    stage.counting.reset()
    assert stage.counting.farewell == ""
    stage.api.trouble_of = {}
    stage.counting.begin(JOAO)
    stage.timer.pass_seconds(60)
    assert lines(stage) == [("Parafuso 10mm", "Estoque")]
    stage.counting.reset()
    stage.counting.begin(MARIA)
    # Without a server nobody sends anything.
    stage.counting.begin(Account("maria", "operador", offline=True))
    assert [name for name, _place in lines(stage)] == ["Parafuso 10mm", "Lâmpada", "Lâmpada", "7891"]
    assert [text for text, _kind in stage.said[-2:]] == [
        "4 leituras de contagem estavam guardadas neste computador e estão sendo enviadas.",
        "4 leituras guardadas foram contadas.",
    ]
    assert stage.outbox.scans.of("maria") == []


def test_a_program_that_was_killed_leaves_its_scans_to_the_next_one(stage: CountStage) -> None:
    stage.api.trouble_of = {"read_scan": AWAY}
    for text in ("p1", "l6", "p2", "l7", "p3"):
        stage.counting.take_text(text)
    prateleira = Reading("local", "l6", None, (), place_id="l6", place_name="Prateleira")
    stage.api.readings["l6"] = prateleira
    stage.api.readings["l7"] = Reading("local", "l7", None, (), place_id="l7", place_name="Depósito")
    stage.api.trouble_of = {}
    again = CountStage(stage.api, stage.outbox)
    again.counting.begin(MARIA)
    # The labels among them say where, though no count is chosen at the new window.
    assert lines(again) == [
        ("Parafuso 10mm", "Estoque"),
        ("Lâmpada", "Prateleira"),
        ("Furadeira", "Depósito"),
    ]
    assert again.outbox.scans.of("maria") == []


def test_a_label_that_was_read_holds_for_what_is_taken_up_again(stage: CountStage) -> None:
    stage.api.readings["l6"] = Reading("local", "l6", None, (), place_id="l6", place_name="Prateleira")
    stage.api.trouble_of = {"count_scan": AWAY}
    for text in ("l6", "p1"):
        stage.counting.take_text(text)
    stage.api.trouble_of = {}
    again = CountStage(stage.api, stage.outbox)
    again.counting.begin(MARIA)
    assert lines(again) == [("Parafuso 10mm", "Prateleira")]


def test_what_is_refused_when_it_is_sent_late_is_said_once_for_all(stage: CountStage) -> None:
    stage.api.trouble_of = {"count_scan": AWAY}
    for text in ("p1", "p2", "p1"):
        stage.counting.take_text(text)
    stage.counting.reset()
    rung = stage.view.rung
    stage.api.trouble_of = {"count_scan": Refused("A contagem c1 já terminou.", status=409)}
    stage.counting.begin(MARIA)
    assert stage.last_said == "3 leituras guardadas não contam: A contagem c1 já terminou."
    assert (stage.view.rung, stage.outbox.scans.of("maria")) == (rung, [])


def test_what_nobody_can_read_is_not_kept_for_another_time(stage: CountStage) -> None:
    stage.api.trouble_of = {"read_scan": BadAnswer("Resposta estranha.")}
    stage.counting.take_text("p1")
    assert stage.last_said == "Resposta estranha."
    assert (stage.outbox.scans.of("maria"), stage.counting.farewell) == ([], "")


def test_what_waits_is_sent_again_by_itself_and_said_once(stage: CountStage) -> None:
    stage.api.trouble_of = {"count_scan": AWAY}
    stage.counting.take_text("p1")
    said = len(stage.said)
    stage.counting.leave()
    stage.timer.pass_seconds(30)
    assert len(stage.said) == said
    stage.api.trouble_of = {}
    stage.timer.pass_seconds(5)
    assert lines(stage) == [("Parafuso 10mm", "Estoque")]


def test_where_nothing_can_be_kept_that_is_said_and_would_be_lost(
    stage: CountStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(changes: Sequence[Change]) -> None:
        raise OutboxFailed("disco cheio")

    change = stage.outbox.scans.change
    monkeypatch.setattr(stage.outbox.scans, "change", full)
    stage.api.trouble_of = {"count_scan": AWAY}
    stage.counting.take_text("p1")
    assert ("disco cheio", "danger") in stage.said
    assert stage.counting.has_scanned
    monkeypatch.setattr(stage.outbox.scans, "change", change)
    assert not stage.counting.has_scanned
    assert [kept.text for kept in stage.outbox.scans.of("maria")] == ["p1"]


def test_what_is_being_counted_by_typing_is_being_sent(
    stage: CountStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    count_line = stage.api.count_line

    def look(count_id: str, line: Seen) -> Line:
        seen.append(stage.counting.is_sending)
        return count_line(count_id, line)

    monkeypatch.setattr(stage.api, "count_line", look)
    stage.count("paraf", "3")
    assert (seen, stage.counting.is_sending) == ([True], False)
