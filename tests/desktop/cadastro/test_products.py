"""Creating and finding products."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from almoxarife.client.accounts import Account
from almoxarife.client.errors import Refused
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.labels.lines import Line
from almoxarife.desktop.cadastro.products.kind import LISTED, products
from almoxarife.desktop.cadastro.products.presenter import ProductsPresenter
from almoxarife.desktop.kit.status_kind import MessageKind

from .fake_api import FakeApi
from .fakes import FakeJobs, FakeTimer
from .record_stage import FakeFormView, FakeListView


class FakeProductsView:
    def __init__(self) -> None:
        self.name = ""
        self.name_error = ""
        self.search = ""
        self.focused = 0
        self.busy = False
        self.list = FakeListView()
        self.form = FakeFormView()
        self.may_change = False
        self.form_is_open = False
        self.on_search: Callable[[str], None] = lambda text: None

    def set_name(self, text: str) -> None:
        self.name = text
        self.name_error = ""

    def set_search(self, text: str) -> None:
        self.search = text
        self.on_search(text)

    def focus_name(self) -> None:
        self.focused += 1

    def show_name_error(self, text: str) -> None:
        self.name_error = text

    def set_creating(self, busy: bool) -> None:
        self.busy = busy

    def allow_changes(self, allowed: bool) -> None:
        self.may_change = allowed

    def open_form(self, is_open: bool) -> None:
        self.form_is_open = is_open

    def focus_list(self) -> None:
        self.focused += 1

    @property
    def products(self) -> list[str]:
        return [row[1] for row in self.list.rows]

    @property
    def count(self) -> str:
        return self.list.count

    @property
    def empty_text(self) -> str:
        return self.list.empty_text


class ProductsStage:
    def __init__(self) -> None:
        self.api = FakeApi()
        self.jobs = FakeJobs()
        self.timer = FakeTimer()
        self.view = FakeProductsView()
        self.said: list[tuple[str, MessageKind]] = []
        self.created: list[Product] = []
        self.cancelled = 0
        self.used: list[Product] = []
        self.opened: list[Product] = []
        self.labelled: list[Line] = []
        self.presenter = ProductsPresenter(
            products(self.api),
            self.api.create,
            self.jobs,
            self.timer,
            self.view,
            say=lambda text, kind: self.said.append((text, kind)),
            created=self.created.append,
            cancelled=self._cancel,
            use=self.used.append,
            details=self.opened.append,
            label=self.labelled.extend,
        )
        self.presenter.begin(Account("maria", "operador"))
        self.view.on_search = self.presenter.listing.type
        self.view.form.on_change = self.presenter.form.type

    def search(self, text: str) -> None:
        self.view.set_search(text)
        self.timer.pass_seconds(0.2)

    def _cancel(self) -> None:
        self.cancelled += 1


@pytest.fixture
def stage() -> ProductsStage:
    return ProductsStage()


def test_a_product_is_created_and_listed(stage: ProductsStage) -> None:
    stage.presenter.start()
    assert stage.view.empty_text == "Nenhum produto ainda. Crie o primeiro acima."
    stage.presenter.create("  Parafuso 10mm ")
    assert stage.said[-1] == ("Produto criado: Parafuso 10mm (p1).", "success")
    assert stage.view.products == ["Parafuso 10mm"]
    assert stage.view.count == "1 produto. Enter ou duplo clique registra uma entrada; F2 altera."
    assert stage.created == []


def test_a_name_is_needed(stage: ProductsStage) -> None:
    stage.presenter.create("   ")
    assert stage.view.name_error == "Digite o nome do produto novo."
    assert stage.api.calls == []


def test_a_product_that_exists_is_shown(stage: ProductsStage) -> None:
    stage.api.add_products("Parafuso 10mm", "Café")
    stage.presenter.start()
    stage.presenter.create("PARAFUSO 10MM")
    stage.timer.pass_seconds(0.2)
    assert stage.view.name_error == "Já existe o produto “PARAFUSO 10MM”."
    assert stage.view.products == ["Parafuso 10mm"]


def test_a_second_press_while_busy_does_nothing(stage: ProductsStage) -> None:
    stage.jobs.held = True
    stage.presenter.create("Parafuso")
    assert stage.view.busy
    stage.presenter.create("Parafuso")
    stage.presenter.cancel()
    assert len(stage.jobs.waiting) == 1
    stage.jobs.release()
    assert not stage.view.busy


def test_a_product_for_an_entry_leads_back_to_it(stage: ProductsStage) -> None:
    stage.presenter.create_for_movement("Arruela")
    assert stage.view.name == "Arruela"
    stage.presenter.create("Arruela")
    assert [product.name for product in stage.created] == ["Arruela"]
    stage.presenter.create("Porca")
    assert len(stage.created) == 1


def test_giving_it_up_leads_back_to_the_entry(stage: ProductsStage) -> None:
    stage.presenter.create_for_movement("Arruela")
    stage.presenter.cancel()
    assert (stage.view.name, stage.cancelled) == ("", 1)


def test_without_an_entry_that_waits_giving_up_only_empties_the_field(stage: ProductsStage) -> None:
    stage.presenter.create_for_movement("Arruela")
    stage.presenter.leave()
    stage.presenter.start()
    stage.presenter.cancel()
    stage.presenter.create("Arruela")
    assert (stage.cancelled, stage.created) == (0, [])


def test_after_another_log_in_the_entry_still_waits(stage: ProductsStage) -> None:
    stage.presenter.create_for_movement("Arruela")
    stage.api.end_session()
    stage.presenter.create("Arruela")
    assert stage.said[-1] == ("", "plain")
    stage.api.come_back()
    stage.presenter.start()
    assert stage.view.name == "Arruela"
    stage.presenter.create("Arruela")
    assert [product.name for product in stage.created] == ["Arruela"]


def test_after_a_lost_answer_the_person_is_told_to_look(stage: ProductsStage) -> None:
    stage.api.loses_answers_of = {"create"}
    stage.presenter.create("Parafuso")
    text, kind = stage.said[-1]
    assert text.endswith("O produto pode ter sido criado: busque-o antes de tentar de novo.")
    assert kind == "danger"


def test_other_refusals_are_shown_with_the_words_of_the_api(stage: ProductsStage) -> None:
    stage.api.trouble = Refused("Só o papel “administrador” pode fazer isto.", status=403, code="proibido")
    stage.presenter.create("Parafuso")
    assert stage.said[-1] == ("Só o papel “administrador” pode fazer isto.", "danger")
    stage.api.trouble = Refused("“Nome” pode ter no máximo 200.", status=400, field="nome")
    stage.presenter.create("Parafuso")
    assert stage.view.name_error == "“Nome” pode ter no máximo 200."


def test_searching_waits_for_a_pause(stage: ProductsStage) -> None:
    stage.api.add_products("Parafuso", "Café")
    for text in ("c", "ca", "caf"):
        stage.view.set_search(text)
    stage.timer.pass_seconds(0.2)
    assert stage.api.calls == ["search_facts"]
    assert stage.view.products == ["Café"]
    stage.search("zzz")
    assert stage.view.empty_text == "Nada encontrado. Tente parte do nome, ou crie o produto acima."
    assert stage.view.count == ""


def test_a_long_list_says_that_there_are_more(stage: ProductsStage) -> None:
    stage.api.add_products(*(f"Parafuso {n}" for n in range(LISTED + 1)))
    stage.presenter.start()
    assert len(stage.view.products) == LISTED
    assert stage.view.count.startswith("Os primeiros 200;")


def test_a_failed_search_says_why_and_is_asked_again(stage: ProductsStage) -> None:
    stage.api.add_products("Parafuso")
    stage.api.go_away()
    stage.presenter.start()
    assert "não responde" in stage.view.empty_text
    stage.api.come_back()
    stage.presenter.resume()
    assert stage.view.products == ["Parafuso"]
    stage.api.end_session()
    stage.presenter.resume()
    assert stage.view.products == ["Parafuso"]


def test_another_person_finds_nothing_of_the_one_before(stage: ProductsStage) -> None:
    stage.search("par")
    stage.view.set_name("Parafuso")
    stage.jobs.held = True
    stage.presenter.create("Parafuso")
    stage.presenter.reset()
    stage.jobs.release()
    assert (stage.view.name, stage.view.search, stage.view.busy) == ("", "", False)
    assert stage.said == [("", "plain")]
