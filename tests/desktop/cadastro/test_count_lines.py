"""Lines of a count, and the list of a new one, when answers are lost or late."""

from __future__ import annotations

import pytest

from almoxarife.client.codes import Reading
from almoxarife.client.counts import Wanted
from almoxarife.client.errors import Unavailable
from almoxarife.client.places import Place
from almoxarife.desktop.cadastro.count.beginning import Filled

from .count_stage import CountStage, counting_stage


@pytest.fixture
def stage() -> CountStage:
    return counting_stage()


def test_a_serial_number_seen_twice_is_marked_until_one_line_is_taken_back(stage: CountStage) -> None:
    stage.begin()
    stage.count("paraf", "5")
    stage.count("furad", "1", "F1")
    assert [row[1] for row in stage.view.rows] == ["Furadeira", "Parafuso 10mm"]
    stage.count("furad", "1", "F1")
    assert [row[1] for row in stage.view.rows] == ["⚠ Furadeira", "⚠ Furadeira", "Parafuso 10mm"]
    assert stage.view.tones == ["changed", "changed", ""]
    stage.counting.lines.void(0)
    assert [row[1] for row in stage.view.rows] == ["Furadeira", "Parafuso 10mm"]


def test_a_line_is_taken_back_once_though_its_answer_was_lost(stage: CountStage) -> None:
    stage.begin()
    stage.count("paraf", "5")
    stage.count("paraf", "5")
    stage.api.loses_answers_of = {"void_line"}
    stage.counting.lines.void(0)
    assert stage.said[-1][1] == "danger"
    stage.api.loses_answers_of.clear()
    stage.counting.lines.void(0)
    assert stage.last_said == "Parafuso 10mm: a linha não conta mais."
    assert (len(stage.api.count_lines["c1"]), len(stage.view.rows)) == (1, 1)


def test_beginning_reads_on_where_reading_had_failed(stage: CountStage) -> None:
    beginning = stage.counting.beginning
    stage.api.trouble_of["read_scan"] = Unavailable("Já volta.", status=503)
    beginning.add_products("p1")
    stage.api.trouble_of.clear()
    beginning.submit(Filled())
    assert stage.api.counted == [("begin", Wanted("", products=("p1",)))]


def test_the_label_of_a_place_not_known_yet_is_told_and_the_places_are_asked_for(stage: CountStage) -> None:
    label = Reading("local", "l9", None, (), place_id="l9", place_name="Doca")
    stage.api.shop_places.append(Place("l9", "Doca", "Estoque / Doca"))
    assert stage.counting.scan(label) is False
    assert stage.last_said.startswith("Doca ainda não está entre os locais")
    assert stage.counting.scan(label)
    assert stage.view.beginning.place == "Estoque / Doca"
