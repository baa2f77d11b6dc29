"""Movements that the server refuses, or that wait for it, as the form shows them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from almoxarife.client.errors import OutboxFailed

from .stage import MovementStage


def test_what_is_refused_is_corrected_in_the_form(stage: MovementStage) -> None:
    stage.choose("café")
    stage.refuse("O máximo é 10.", "quantidade")
    stage.submit("50")
    assert (stage.view.quantity_error, stage.pending) == ("O máximo é 10.", "⚠ 1 a resolver")
    stage.api.trouble_of = {}
    stage.submit("5")
    assert [(entry.id, entry.quantity) for entry in stage.api.entries] == [("id-1", 5)]
    assert stage.pending == ""


def test_what_was_refused_in_front_of_the_person_is_thrown_away_with_the_form(stage: MovementStage) -> None:
    stage.choose("café")
    stage.refuse("O máximo é 10.", "quantidade")
    stage.submit("50")
    stage.presenter.clear()
    assert stage.pending == ""
    stage.api.trouble_of = {}
    stage.choose("café")
    stage.submit("5")
    assert [entry.id for entry in stage.api.entries] == ["id-2"]


def test_what_was_refused_stays_when_the_program_ends(stage: MovementStage) -> None:
    stage.choose("café")
    stage.refuse("O máximo é 10.", "quantidade")
    stage.submit("50")
    stage.presenter.reset()
    assert [kept.state for kept in stage.outbox.open_ones()] == ["refused"]


def test_a_changed_form_after_a_lost_answer_is_told_apart(stage: MovementStage) -> None:
    stage.choose("café")
    stage.refuse("Agora não.", "quantidade")
    stage.submit("50")
    # It had arrived after all.
    stage.api.trouble_of = {}
    stage.api.register("id-1", "p3", 50, {})
    stage.submit("70")
    assert stage.last_said == (
        "O movimento anterior tinha sido registrado; veja-o abaixo. Aperte de novo para registrar este.",
        "danger",
    )
    stage.submit("70")
    assert [entry.quantity for entry in stage.api.entries] == [50, 70]
    assert stage.pending == ""


def test_what_was_typed_meanwhile_stays(stage: MovementStage) -> None:
    stage.choose("café")
    stage.api.go_away()
    stage.submit("50")
    stage.api.come_back()
    stage.choose("p1")
    stage.view.set_text("quantity", "7")
    stage.come_back()
    assert (stage.view.product_text, stage.view.quantity_text) == ("Parafuso 10mm", "7")
    stage.submit("7")
    assert [entry.quantity for entry in stage.api.entries] == [50, 7]


def test_what_this_computer_cannot_keep_is_not_sent(
    stage: MovementStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(username: str, movements: object) -> None:
        raise OutboxFailed("O disco está cheio.")

    stage.choose("café")
    monkeypatch.setattr(stage.outbox, "put", fail)
    stage.submit("50")
    assert stage.last_said == ("O disco está cheio.", "danger")
    assert (stage.view.busy, stage.view.quantity_text, stage.api.entries) == (False, "50", [])


def test_the_end_of_a_session_loses_nothing(stage: MovementStage) -> None:
    stage.choose("café")
    stage.api.end_session()
    stage.submit("50")
    assert stage.pending == "1 pendente"
    stage.api.come_back()
    stage.dispatch.begin("maria")
    assert [entry.id for entry in stage.api.entries] == ["id-1"]


def test_nobody_registers_in_another_persons_name(stage: MovementStage) -> None:
    stage.choose("café")
    stage.api.end_session()
    stage.submit("50")
    stage.dispatch.reset()
    stage.api.come_back()
    stage.api.username = "joão"
    stage.dispatch.begin("joão")
    assert (stage.api.entries, stage.pending) == ([], "1 pendente")
    stage.api.username = "maria"
    stage.dispatch.begin("maria")
    assert [entry.username for entry in stage.api.entries] == ["maria"]


def test_registering_goes_on_while_the_server_is_away(stage: MovementStage) -> None:
    for product in ("café", "p1", "p2"):
        stage.choose(product)
        stage.api.go_away()
        stage.submit("5")
        stage.api.come_back()
    assert stage.pending == "3 pendentes"
    assert stage.api.entries == []
    stage.come_back()
    assert [entry.product_id for entry in stage.api.entries] == ["p3", "p1", "p2"]
    assert stage.last_said == ("3 movimentos pendentes foram registrados agora.", "success")


@pytest.mark.logs_errors
def test_a_server_that_lost_what_it_had_is_told_and_gets_it_again(stage: MovementStage) -> None:
    for product in ("café", "p1", "p2"):
        stage.choose(product)
        stage.submit("5")
    before = list(stage.api.entries)
    # Put back to a copy of before.
    del stage.api.entries[1:]
    stage.dispatch.server_back()
    text, kind = stage.last_said
    assert text.startswith("O servidor não tem mais o último recibo que deu")
    assert text.endswith("2 movimentos enviados daqui sumiram: veja com F4.")
    assert (kind, stage.pending) == ("danger", "⚠ 2 a resolver")
    assert [kept.id for kept in stage.outbox.open_ones()] == [entry.id for entry in before[1:]]
    said = len(stage.said)
    stage.dispatch.server_back()
    assert len(stage.said) == said
    stage.outbox.send_again([entry.id for entry in before[1:]])
    stage.dispatch.deliver()
    assert [entry.id for entry in stage.api.entries] == [entry.id for entry in before]
    assert stage.pending == ""


@pytest.mark.logs_errors
def test_a_server_that_was_replaced_is_told(stage: MovementStage) -> None:
    stage.choose("café")
    stage.submit("5")
    stage.api.entries.clear()
    stage.api.register("outra", "p1", 9, {})
    stage.api.entries[0] = replace(stage.api.entries[0], receipt="outro")
    stage.dispatch.server_back()
    assert stage.last_said[1] == "danger"
    assert stage.pending == "⚠ 1 a resolver"
