"""Lines of a count, and the list of a new one, when answers are lost or late."""

from __future__ import annotations

from decimal import Decimal

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


def test_the_file_of_a_data_collector_is_pasted(stage: CountStage) -> None:
    stage.begin()
    stage.counting.paste("p1;12\r\n\r\np2\t2,5\np1 | 3\n7891\n")
    assert [(line.name, line.quantity) for line in stage.api.count_lines["c1"]] == [
        ("Parafuso 10mm", 12),
        ("Lâmpada", Decimal("2.5")),
        ("Parafuso 10mm", 3),
        ("7891", 1),
    ]
    stage.counting.paste("p1;12\np2;muito\n")
    assert stage.last_said.startswith("Linha 2, “muito”: ")
    stage.counting.paste("p1\n" * 5_001)
    assert stage.last_said == "No máximo 5.000 linhas de cada vez."
    # Of what has a fault nothing counts.
    assert (len(stage.api.count_lines["c1"]), stage.view.rung) == (4, 3)
