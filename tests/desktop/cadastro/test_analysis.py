"""The page of analyses without a window."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from almoxarife.client.analysis import Column as Found
from almoxarife.client.analysis import Wanted
from almoxarife.client.errors import Refused, Unreachable
from almoxarife.client.progress import Progress
from almoxarife.desktop.cadastro.analysis.cells import columns_of, shown

from .analysis_stage import Stage
from .fake_analysis import curve
from .fake_codes import label_of_place, reading

LIMITS = {"limite_a": 80, "limite_b": 95}


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_an_analysis_is_shown_and_saved(stage: Stage) -> None:
    assert (stage.view.places, stage.view.can_save) == (["todos os locais", "Estoque", "Estoque / A"], False)
    assert stage.view.empty == "Escolha uma análise e tecle Enter."
    stage.page.filters.choose_place("Estoque / A")
    stage.analyse("Curva ABC", "1/1", "")
    assert stage.api.analyses_wanted == [Wanted("abc", date(2026, 1, 1), None, "l6", options=LIMITS)]
    assert stage.view.columns[2] == "Produto"
    assert stage.view.rows[0] == ["1", "p1", "Café torrado", "UN", "5", "R$ 200,00", "1 %", "66 %", "A"]
    assert stage.view.bars == (["Café torrado", "Parafuso 10mm"], [200.0, 100.0], [66.0, 100.0], "R$ 200,00")
    assert stage.view.facts == "01/01/2026 a 24/11/2026 · Dias: 328 · Classe A: valor: R$ 300,00"
    stage.page.save("/casa/curva.XLSX")
    assert stage.written == {"/casa/curva.XLSX": b"xlsx"}
    # What is saved is of the days that are shown.
    assert stage.api.analyses_wanted[-1] == Wanted(
        "abc", date(2026, 1, 1), date(2026, 11, 24), "l6", options=LIMITS
    )
    assert stage.said[-1] == ("Gravado: /casa/curva.XLSX", "success")
    stage.page.save("/casa/curva.pdf")
    assert stage.said[-1] == ("O nome do arquivo deve terminar em .xlsx, .csv ou .svg.", "danger")
    stage.disk_full = True
    stage.page.save("/casa/curva.csv")
    assert stage.said[-1] == ("Não há espaço.", "danger")
    stage.page.save("")
    assert (len(stage.written), stage.view.busy) == (1, False)


def test_a_category_a_product_and_a_step_are_chosen(stage: Stage) -> None:
    filters, product = stage.page.filters, stage.page.filters.product
    assert stage.view.categories == ["todas", "Bebidas / Grãos"]
    filters.choose_category("Bebidas / Grãos")
    stage.page.choose("Consumo por período")
    stage.view.options["por"] = "por semana"
    product.type("café")
    stage.analyse("Consumo por período")
    assert stage.view.product.error == "Escolha um produto da lista, ou deixe o campo vazio."
    assert (stage.api.analyses_wanted, stage.view.pressed, stage.view.offered) == ([], 0, ("por",))
    stage.timer.pass_seconds(1)
    product.press_enter()
    assert (filters.product_id, stage.view.pressed) == ("p1", 0)
    product.press_enter()
    assert stage.view.pressed == 1
    stage.analyse("Consumo por período")
    stage.page.choose("Giro")
    stage.analyse("Giro")
    assert stage.view.offered == ()
    assert stage.api.analyses_wanted == [
        Wanted("consumo", None, None, "", "c2", "p1", {"por": "semana"}),
        Wanted("giro", None, None, "", "c2", "p1"),
    ]
    refused = Refused("Este produto não existe.", status=404, code="x", field="produto_id")
    stage.api.trouble_of = {"analyse": refused}
    stage.analyse("Giro")
    assert stage.view.product.error == "Este produto não existe."
    # Without a product Enter goes on.
    product.type("")
    product.press_enter()
    filters.choose_category("todas")
    assert (stage.view.pressed, filters.product_id, filters.category_id) == (2, "", "")
    # Who logs in next finds nothing of what was chosen.
    filters.choose_category("Bebidas / Grãos")
    filters.choose_place("Estoque / A")
    stage.page.reset()
    assert (filters.place_id, filters.category_id, stage.view.places, stage.view.categories) == (
        "",
        "",
        [],
        [],
    )


def test_long_work_can_be_given_up(stage: Stage) -> None:
    stage.jobs.held = True
    assert not stage.page.give_up()
    stage.analyse("Giro")
    assert stage.view.busy
    stage.analyse("Giro")
    assert len(stage.jobs.waiting) == 1
    assert stage.page.give_up()
    assert (stage.view.busy, stage.said[-1][1]) == (False, "plain")
    stage.jobs.release()
    assert stage.view.rows == []
    # The server works at it no longer.
    assert stage.api.stopped == ["id1"]
    stage.analyse("Giro")
    assert len(stage.view.rows) == 2
    stage.jobs.held = True
    stage.page.save("/casa/giro.csv")
    assert stage.page.give_up()
    stage.jobs.release()
    assert (stage.written, stage.api.works, stage.api.stopped) == ({}, ["id1", "id2"], ["id1", "id3"])


def test_long_work_tells_how_far_it_is(stage: Stage) -> None:
    stage.jobs.held = True
    stage.analyse("Giro")
    analysis = stage.jobs.waiting.pop()
    stage.jobs.held = False
    stage.timer.pass_seconds(1)
    # Nobody knows yet.
    assert stage.view.progress == ("", 0)
    for far, told in (
        (Progress("custos", 30_000, 120_000), ("25 % dos custos", 0.25)),
        (Progress("somas", 0, 0), ("0 % dos movimentos", 0.0)),
        # A stage of a newer server changes nothing.
        (Progress("outra", 1, 2), ("0 % dos movimentos", 0.0)),
    ):
        stage.api.how_far = far
        stage.timer.pass_seconds(1)
        assert stage.view.progress == told
    analysis.settle()
    assert (stage.view.progress, len(stage.view.rows), stage.timer.calls) == (("", 0), 2, [])


def test_what_is_asked_of_one_analysis_alone_is_typed(stage: Stage) -> None:
    assert stage.view.options == {"por": "por mês", "dias_parado": "90", "limite_a": "80", "limite_b": "95"}
    stage.page.choose("Estoque parado")
    assert stage.view.offered == ("dias_parado",)
    stage.view.options["dias_parado"] = "3661"
    stage.analyse("Estoque parado")
    assert (stage.view.option_errors["dias_parado"], stage.api.analyses_wanted) == ("O máximo é 3.660.", [])
    stage.view.options["dias_parado"] = "30"
    stage.analyse("Estoque parado")
    assert stage.api.analyses_wanted[-1].options == {"dias_parado": 30}
    assert stage.view.option_errors["dias_parado"] == ""
    crossed = Refused("Cruzados.", status=400, code="limites_invertidos", field="limite_a")
    stage.api.trouble_of = {"analyse": crossed}
    stage.analyse("Curva ABC")
    assert stage.view.option_errors["limite_a"] == "Cruzados."


def test_what_cannot_be_is_said_at_its_field(stage: Stage) -> None:
    stage.analyse("Giro", "ontem", "32/1")
    assert all(stage.view.errors[field] for field in ("since", "until"))
    assert stage.api.analyses_wanted == []
    stage.api.trouble_of = {"analyse": Refused("Longo demais.", status=400, code="x", field="desde")}
    stage.analyse("Giro", "1/1/01", "")
    assert stage.view.errors == {"since": "Longo demais.", "until": ""}
    stage.api.trouble_of = {"analyse": Unreachable("O servidor não responde.")}
    stage.analyse("Giro")
    assert (stage.view.empty, stage.view.can_save) == ("O servidor não responde.", False)
    stage.api.trouble_of = {}
    stage.api.analysis = curve()
    stage.analyse("Giro")
    assert (stage.view.empty, stage.view.can_save) == ("Não há nada a mostrar nestes dias.", False)
    stage.api.analysis = curve("Café", more=True)
    stage.analyse("Giro")
    assert stage.view.facts.endswith("\nSó a primeira linha aparece (1); a planilha gravada tem todas.")


def test_cells_and_columns() -> None:
    for cell, kind, text in (
        (None, "dia", "–"),
        ("2026-11-24", "dia", "24/11/2026"),
        (Decimal("1234.5678"), "quantidade", "1.234,5678"),
        (Decimal("1234.5678"), "numero", "1.234,57"),
        (Decimal("33.3333"), "porcentagem", "33,33 %"),
        (12, "contagem", "12"),
    ):
        assert shown(cell, kind) == text
    made = columns_of(
        [
            Found("nome_produto", "Produto", "texto"),
            Found("unidade", "Un.", "texto"),
            Found("saldo", "Saldo", "quantidade"),
        ],
        [["Café", "UN", "1.000"]],
    )
    assert [(one.stretch, one.align) for one in made] == [(True, "left"), (False, "left"), (False, "right")]
    assert (made[2].sample, made[1].spare > made[2].spare) == ("Saldo", True)


def test_a_scan_chooses_product_and_place(stage: Stage) -> None:
    assert stage.page.scan(reading(stage.api.products[0]))
    assert stage.page.filters.product_id == stage.api.products[0].id
    assert stage.page.scan(label_of_place("l6", "A"))
    assert stage.view.place == "Estoque / A"
    assert stage.page.scan(label_of_place("l9", "B")) is None
