"""Beginning counts and counting without a window."""

from __future__ import annotations

from dataclasses import replace

import pytest

from almoxarife.client.codes import Reading
from almoxarife.client.counts import Seen, Wanted
from almoxarife.client.errors import Refused, Unavailable
from almoxarife.desktop.cadastro.count.beginning import Filled

from .count_stage import CountStage, counting_stage, item


@pytest.fixture
def stage() -> CountStage:
    return counting_stage()


# -- beginning


def test_a_count_of_a_place_a_category_a_class_or_a_list_is_begun(stage: CountStage) -> None:
    assert stage.view.beginning.options == {
        "place": ["a loja toda", "Estoque", "Estoque / Prateleira", "Depósito"],
        "what": ["tudo", "classe A", "classe B", "classe C", "categoria Casa / Elétrica"],
    }
    assert not stage.view.counting
    stage.begin()
    stage.begin("categoria Casa / Elétrica", blind=True)
    stage.begin("classe B")
    stage.begin(products="p1, P2  p3")
    place = Wanted("", "l2")
    assert stage.api.counted == [
        ("begin", place),
        ("begin", replace(place, category_id="c1", blind=True)),
        ("begin", replace(place, abc="B")),
        ("begin", replace(place, products=("p1", "p2", "p3"))),
    ]
    assert stage.view.counts[0] == "c4 · Estoque, 3 produtos, aberta"
    assert stage.view.chosen == "c4 · Estoque, 3 produtos, aberta"
    assert stage.view.counts[2:] == ["c2 · Estoque, aberta, cega", "c1 · Estoque, aberta", "Nova contagem"]
    # Of the places those inside that of the count can be chosen.
    assert (stage.view.places, stage.view.place) == (["Estoque", "Estoque / Prateleira"], "Estoque")


def test_what_is_refused_is_said_at_its_field(stage: CountStage) -> None:
    stage.begin("classe A", "p1")
    form = stage.view.beginning
    assert (form.errors["products"], form.focused) == ("Com uma lista, escolha “tudo” ao lado.", "products")
    stage.begin(products="\n".join(f"p{number}" for number in range(10_001)))
    assert form.errors["products"] == "No máximo 10.000 produtos de cada vez."
    stage.api.trouble_of["begin_count"] = Refused("Outra contagem.", status=409, field="local_id")
    stage.begin()
    assert (form.errors["place"], stage.api.counted) == ("Outra contagem.", [])


def test_a_list_takes_codes_in_lines_and_tells_those_of_no_product(stage: CountStage) -> None:
    form, beginning = stage.view.beginning, stage.counting.beginning
    furadeira, lampada = stage.api.products[2], stage.api.products[1]
    stage.api.add_code("COD 7", furadeira)
    stage.api.add_code("(01)07891000001080(10)A-7", lampada)
    stage.api.bad_scans["7891000001081"] = ("digito_verificador", "O dígito verificador seria 0.")
    beginning.enter(Filled(products="COD 7\r\n(01)07891000001080(10)A-7\n\nP1, 123;p2\n7891000001081\nCOD 7"))
    assert form.rows == [
        ("123", "⚠ Ninguém tem o código 123."),
        ("7891000001081", "⚠ O dígito verificador seria 0."),
        ("p1", "Parafuso 10mm"),
        ("p2", "Lâmpada"),
        ("p3", "Furadeira"),
    ]
    assert (form.listed, form.tones[:3]) == (
        "3 produtos na lista · 2 sem produto",
        ["changed", "changed", ""],
    )
    # Nothing is counted while it is not clear of what.
    beginning.enter(Filled())
    assert (form.errors["products"], form.focused) == (
        "2 códigos da lista não são de nenhum produto. Tire um (Del) ou todos (Shift+Del).",
        "list",
    )
    beginning.listed.remove(0)
    assert form.listed == "3 produtos na lista · 1 sem produto"
    beginning.listed.remove_wrong()
    beginning.listed.remove(9)
    assert stage.last_said == "Selecione o que sai da lista."
    beginning.enter(Filled("Estoque", note=" corredor 3 "))
    products = ("p3", "p2", "p1")
    assert stage.api.counted == [("begin", Wanted("", "l2", products=products, note="corredor 3"))]
    assert (form.rows, form.listed) == ([], "")
    assert stage.view.chosen == "c1 · Estoque, 3 produtos, aberta · corredor 3"


def test_a_scan_before_a_count_puts_products_into_its_list(stage: CountStage) -> None:
    stage.api.add_code("789", stage.api.products[0])
    assert stage.counting.scan(stage.api.read_scan("789"))
    assert (stage.view.beginning.rows, stage.last_said) == (
        [("p1", "Parafuso 10mm")],
        "Parafuso 10mm: na lista da contagem.",
    )
    # The label of a shelf says where; typed into the list it is said to be no product.
    label = Reading("local", "l6", None, (), place_id="l6", place_name="Prateleira")
    stage.api.readings["l6"] = label
    assert stage.counting.scan(label)
    assert stage.view.beginning.place == "Estoque / Prateleira"
    stage.counting.beginning.add_products("l6")
    assert stage.view.beginning.rows[0] == ("l6", "⚠ É o local Prateleira.")
    stage.counting.beginning.listed.clear()
    assert stage.view.beginning.rows == []
    stage.begin()
    assert stage.counting.scan(stage.api.read_scan("789")) is None


def test_a_list_is_read_on_when_the_server_is_back(stage: CountStage) -> None:
    form, beginning = stage.view.beginning, stage.counting.beginning
    stage.api.trouble_of["read_scan"] = Unavailable("Já volta.", status=503)
    stage.begin(products="p1 p2")
    assert (stage.last_said, form.listed) == ("Já volta.", "lendo 1")
    stage.api.trouble_of.clear()
    stage.jobs.held = True
    stage.counting.resume()
    beginning.submit(Filled())
    assert stage.api.counted == []
    # It begins by itself as soon as the list is known.
    stage.jobs.release()
    assert stage.api.counted == [("begin", Wanted("", products=("p1", "p2")))]
    # What is emptied while it is read stays empty.
    stage.running.choose("")
    stage.jobs.held = True
    beginning.add_products("p3")
    beginning.listed.clear()
    stage.jobs.release()
    assert beginning.listed.product_ids == ()


def test_a_lost_answer_begins_no_second_count(stage: CountStage) -> None:
    stage.api.loses_answers_of = {"begin_count"}
    stage.begin()
    assert (stage.said[-1][1], stage.view.counting) == ("danger", False)
    stage.api.loses_answers_of.clear()
    stage.begin()
    assert (stage.view.counting, list(stage.api.shop_counts)) == (True, ["c1"])


# -- counting


def test_counting_by_typing_is_told_with_the_sum_and_what_others_counted(stage: CountStage) -> None:
    stage.begin()
    stage.count("paraf", "12")
    stage.api.username = "joão"
    stage.api.count_line("c1", Seen("x", 7, "p1"))
    stage.api.username = "maria"
    stage.count("paraf", "0")
    assert stage.last_said == "Parafuso 10mm: 0 contado, 19 no total."
    assert [row[1:] for row in stage.view.rows] == [
        ("Parafuso 10mm", "0", "", "Estoque", "maria"),
        ("Parafuso 10mm", "7", "", "Estoque", "joão"),
        ("Parafuso 10mm", "12", "", "Estoque", "maria"),
    ]
    assert stage.view.focused == "product"
    # What others count meanwhile appears by itself.
    stage.api.count_line("c1", Seen("y", 1, "p2"))
    stage.timer.pass_seconds(5)
    assert len(stage.view.rows) == 4
    stage.counting.leave()
    stage.api.calls.clear()
    stage.timer.pass_seconds(60)
    assert stage.api.calls == []


def test_what_was_typed_wrong_is_said_at_its_field(stage: CountStage) -> None:
    stage.begin()
    stage.counting.submit("3", "")
    assert stage.view.product.error == "Escolha um produto primeiro."
    stage.count("paraf", "dez")
    assert stage.view.wrong == {"quantity": "Use um número como 2,5 ou 1.234."}
    for field, said in (("serie", "lot"), ("lote.numero", "lot"), ("local_id", "place")):
        stage.view.errors.clear()
        stage.api.trouble_of["count_line"] = Refused("Não.", status=400, field=field)
        stage.counting.submit("1", "L1")
        assert stage.view.wrong == {said: "Não."}
    assert stage.api.count_lines["c1"] == []


def test_a_lost_answer_counts_nothing_twice(stage: CountStage) -> None:
    stage.begin()
    stage.api.loses_answers_of = {"count_line"}
    stage.count("paraf", "5")
    stage.api.loses_answers_of.clear()
    stage.counting.submit("5", "")
    assert stage.last_said == "Parafuso 10mm: 5 contado, 5 no total."
    stage.count("paraf", "5")
    assert stage.last_said == "Parafuso 10mm: 5 contado, 10 no total."


def test_each_scan_counts_one_and_unknown_codes_ring(stage: CountStage) -> None:
    stage.begin()
    stage.counting.set_scanning(True)
    for text in ("p1", "p1", "7891000000000", "p2"):
        stage.scan(text)
    assert [(line.name, line.total) for line in stage.api.count_lines["c1"]] == [
        ("Parafuso 10mm", 1),
        ("Parafuso 10mm", 2),
        ("7891000000000", 1),
        ("Lâmpada", 1),
    ]
    assert stage.view.rung == 1
    assert ("“7891000000000” não é nenhum produto. Fica guardado para ser resolvido.", "danger") in stage.said
    assert (stage.view.rows[1][1], stage.view.tones[1]) == ("? 7891000000000", "changed")


def test_scans_wait_for_a_server_that_is_away_and_none_counts_twice(stage: CountStage) -> None:
    stage.begin()
    stage.counting.set_scanning(True)
    stage.api.loses_answers_of = {"count_scan"}
    stage.scan("p1")
    stage.api.loses_answers_of.clear()
    stage.api.trouble_of["count_scan"] = Unavailable("Já volta.", status=503)
    for _time in range(5):
        stage.scan("p1")
    assert stage.view.progress.startswith("6 leituras sendo enviadas")
    stage.api.trouble_of.clear()
    stage.counting.resume()
    assert [line.total for line in stage.api.count_lines["c1"]] == [1, 2, 3, 4, 5, 6]
    assert "enviada" not in stage.view.progress
    # What the server refuses for good is said, and not sent again.
    stage.api.trouble_of["count_scan"] = Refused("O produto tem lotes.", status=400, field="lote")
    stage.scan("p2")
    assert stage.last_said == "p2: O produto tem lotes."
    stage.api.trouble_of.clear()
    stage.counting.resume()
    assert len(stage.api.count_lines["c1"]) == 6


def test_the_same_serial_number_twice_is_told(stage: CountStage) -> None:
    stage.begin()
    stage.count("furad", "1", "F1")
    stage.count("furad", "1", "F1")
    assert stage.last_said == "Furadeira: o número de série F1 já tinha sido contado."
    assert stage.view.rung == 1


def test_a_line_is_taken_back(stage: CountStage) -> None:
    stage.begin()
    stage.count("paraf", "5")
    stage.counting.lines.void(None)
    assert stage.last_said == "Selecione a linha que foi um engano."
    stage.counting.lines.void(0)
    assert (stage.last_said, stage.view.rows) == ("Parafuso 10mm: a linha não conta mais.", [])


def test_closing_asks_once_and_others_see_it(stage: CountStage) -> None:
    stage.begin()
    stage.counting.ask_to_close()
    stage.counting.cancel()
    assert stage.view.may_close
    stage.counting.ask_to_close()
    assert stage.view.asked.startswith("Encerrar?")
    stage.counting.confirm()
    assert (stage.view.asked, stage.view.may_close) == ("", False)
    assert stage.view.chosen == "c1 · Estoque, em revisão"
    # Somebody else ends it.
    stage.api.cancel_count("c1")
    stage.timer.pass_seconds(5)
    assert (stage.view.counts, stage.view.counting) == (["Nova contagem"], False)


def test_what_is_to_be_counted_anew_is_listed_and_counted(stage: CountStage) -> None:
    stage.begin()
    stage.api.close_count("c1")
    stage.api.found["c1"] = [item("p1", counted=18, recount=True)]
    stage.counting.start()
    assert stage.view.rows == [("recontar", "Parafuso 10mm", "", "", "Estoque", "maria")]
    # Enter on it fills in all but how much there is; looking again takes no selection away.
    assert stage.view.progress.endswith(" · Enter em um deles o preenche")
    stage.view.rows = []
    stage.timer.pass_seconds(5)
    assert not stage.view.rows
    stage.api.found["c1"] = [item("p3", counted=1, recount=True, lot="F1", place_id="l6")]
    stage.timer.pass_seconds(5)
    stage.counting.count_again(0)
    chosen = stage.counting.typed.picker.chosen
    assert (chosen and chosen.id, stage.view.texts["lot"], stage.view.place, stage.view.focused) == (
        "p3",
        "F1",
        "Estoque / Prateleira",
        "quantity",
    )
    stage.counting.count_again(1)
    stage.api.found["c1"] = [item("p1", counted=18, recount=True)]
    stage.count("paraf", "19")
    assert stage.last_said == "Parafuso 10mm: 19 contado, 19 no total."
    stage.counting.reset()
    assert (stage.view.rows, stage.running.chosen) == ([], None)
