"""The page of analyses without a window."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import cast

import pytest

from almoxarife.client.analysis import Column as Found
from almoxarife.client.analysis import Wanted
from almoxarife.client.categories import Category
from almoxarife.client.errors import Refused, Unreachable
from almoxarife.client.places import Place
from almoxarife.desktop.cadastro.analysis.presenter import (
    AnalysisApi,
    AnalysisPresenter,
    DayField,
    columns_of,
    shown,
)
from almoxarife.desktop.kit.files import FileTrouble
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.kit.table_column import Column

from .fake_analysis import curve
from .fake_api import FakeApi
from .fake_codes import label_of_place, reading
from .fakes import FakeJobs, FakeLookupView, FakeTimer


class FakeAnalysisView:
    """Remembers what the page would show."""

    def __init__(self) -> None:
        self.product = FakeLookupView()
        self.places: Sequence[str] = ()
        self.place = ""
        self.categories: Sequence[str] = ()
        self.steps_open = False
        self.pressed = 0
        self.errors: dict[DayField, str] = {}
        self.busy = False
        self.columns: list[str] = []
        self.rows: Sequence[Sequence[str]] = ()
        self.empty = ""
        self.bars: tuple[Sequence[str], Sequence[float], Sequence[float], str] = ((), (), (), "")
        self.facts = ""
        self.can_save = False

    def focus_analysis(self) -> None:
        pass

    def set_places(self, labels: Sequence[str]) -> None:
        self.places = labels

    def set_place(self, label: str) -> None:
        self.place = label

    def focus_product(self) -> None:
        pass

    def set_categories(self, labels: Sequence[str]) -> None:
        self.categories = labels

    def let_choose_step(self, allowed: bool) -> None:
        self.steps_open = allowed

    def press_analyse(self) -> None:
        self.pressed += 1

    def show_day_error(self, field: DayField, text: str) -> None:
        self.errors[field] = text

    def set_busy(self, busy: bool) -> None:
        self.busy = busy

    def show_table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]], empty: str) -> None:
        self.columns, self.rows, self.empty = [one.title for one in columns], rows, empty

    def show_bars(
        self, names: Sequence[str], values: Sequence[float], line: Sequence[float], highest: str
    ) -> None:
        self.bars = (names, values, line, highest)

    def show_facts(self, text: str) -> None:
        self.facts = text

    def let_save(self, allowed: bool) -> None:
        self.can_save = allowed


class Stage:
    """The page with everything around it made up."""

    def __init__(self) -> None:
        self.api = FakeApi()
        self.api.shop_places = [
            Place("l2", "Estoque", "Estoque", default=True),
            Place("l6", "A", "Estoque / A"),
        ]
        self.api.add_products("Café torrado")
        self.api.shop_categories = [Category("c2", "Grãos", "c1", ("Bebidas", "Grãos"), 1)]
        self.jobs, self.timer, self.view = FakeJobs(), FakeTimer(), FakeAnalysisView()
        self.said: list[tuple[str, MessageKind]] = []
        self.written: dict[str, bytes] = {}
        self.disk_full = False
        self.page = AnalysisPresenter(
            cast(AnalysisApi, self.api),
            self.jobs,
            self.timer,
            self.view,
            today=lambda: date(2026, 11, 24),
            say=lambda text, kind: self.said.append((text, kind)),
            write=self._write,
        )
        self.page.reset()
        self.page.start()

    def _write(self, path: str, content: bytes) -> None:
        if self.disk_full:
            raise FileTrouble("Não há espaço.")
        self.written[path] = content


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_an_analysis_is_shown_and_saved(stage: Stage) -> None:
    assert (stage.view.places, stage.view.can_save) == (["todos os locais", "Estoque", "Estoque / A"], False)
    assert stage.view.empty == "Escolha uma análise e tecle Enter."
    stage.page.filters.choose_place("Estoque / A")
    stage.page.analyse("Curva ABC", "1/1", "")
    assert stage.api.analyses_wanted == [Wanted("abc", date(2026, 1, 1), None, "l6")]
    assert stage.view.columns[2] == "Produto"
    assert stage.view.rows[0] == ["1", "p1", "Café torrado", "UN", "5", "R$ 200,00", "1 %", "66 %", "A"]
    assert stage.view.bars == (["Café torrado", "Parafuso 10mm"], [200.0, 100.0], [66.0, 100.0], "R$ 200,00")
    assert stage.view.facts == "01/01/2026 a 24/11/2026 · Dias: 328 · Classe A: valor: R$ 300,00"
    stage.page.save("/casa/curva.XLSX")
    assert stage.written == {"/casa/curva.XLSX": b"xlsx"}
    # What is saved is of the days that are shown.
    assert stage.api.analyses_wanted[-1] == Wanted("abc", date(2026, 1, 1), date(2026, 11, 24), "l6")
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
    filters.choose_step("por semana")
    product.type("café")
    stage.page.analyse("Consumo por período", "", "")
    assert stage.view.product.error == "Escolha um produto da lista, ou deixe o campo vazio."
    assert (stage.api.analyses_wanted, stage.view.pressed, stage.view.steps_open) == ([], 0, True)
    stage.timer.pass_seconds(1)
    product.press_enter()
    assert (filters.product_id, stage.view.pressed) == ("p1", 0)
    product.press_enter()
    assert stage.view.pressed == 1
    stage.page.analyse("Consumo por período", "", "")
    stage.page.choose("Giro")
    stage.page.analyse("Giro", "", "")
    assert not stage.view.steps_open
    assert stage.api.analyses_wanted == [
        Wanted("consumo", None, None, "", "c2", "p1", "semana"),
        Wanted("giro", None, None, "", "c2", "p1"),
    ]
    refused = Refused("Este produto não existe.", status=404, code="x", field="produto_id")
    stage.api.trouble_of = {"analyse": refused}
    stage.page.analyse("Giro", "", "")
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
    stage.page.analyse("Giro", "", "")
    assert stage.view.busy
    stage.page.analyse("Giro", "", "")
    assert len(stage.jobs.waiting) == 1
    assert stage.page.give_up()
    assert (stage.view.busy, stage.said[-1][1]) == (False, "plain")
    stage.jobs.release()
    assert stage.view.rows == []
    stage.page.analyse("Giro", "", "")
    assert len(stage.view.rows) == 2
    stage.jobs.held = True
    stage.page.save("/casa/giro.csv")
    assert stage.page.give_up()
    stage.jobs.release()
    assert stage.written == {}


def test_what_cannot_be_is_said_at_its_field(stage: Stage) -> None:
    stage.page.analyse("Giro", "ontem", "32/1")
    assert all(stage.view.errors[field] for field in ("since", "until"))
    assert stage.api.analyses_wanted == []
    stage.api.trouble_of = {"analyse": Refused("Longo demais.", status=400, code="x", field="desde")}
    stage.page.analyse("Giro", "1/1/01", "")
    assert stage.view.errors == {"since": "Longo demais.", "until": ""}
    stage.api.trouble_of = {"analyse": Unreachable("O servidor não responde.")}
    stage.page.analyse("Giro", "", "")
    assert (stage.view.empty, stage.view.can_save) == ("O servidor não responde.", False)
    stage.api.trouble_of = {}
    stage.api.analysis = curve()
    stage.page.analyse("Giro", "", "")
    assert (stage.view.empty, stage.view.can_save) == ("Não há nada a mostrar nestes dias.", False)
    stage.api.analysis = curve("Café", more=True)
    stage.page.analyse("Giro", "", "")
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
