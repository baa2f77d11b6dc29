"""The page of purchases without a window."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import pytest

from almoxarife.client.accounts import Account
from almoxarife.client.errors import Refused, Unreachable
from almoxarife.desktop.cadastro.purchases.orders import OrdersPresenter
from almoxarife.desktop.cadastro.purchases.presenter import SuggestionPresenter
from almoxarife.desktop.kit.files import FileTrouble
from almoxarife.desktop.kit.status_kind import MessageKind

from .fake_api import FakeApi
from .fake_purchases import brought, order, to_buy
from .fakes import FakeJobs


class FakeView:
    """Remembers what both tabs would show."""

    def __init__(self) -> None:
        self.suppliers: Sequence[str] = ()
        self.rows: Sequence[Sequence[str]] = ()
        self.empty = ""
        self.quantity = ("", "")
        self.error = ""
        self.steps = 0
        self.summary = ""
        self.busy = False
        self.allowed: dict[str, bool] = {}
        self.copied = ""
        self.lines: Sequence[Sequence[str]] = ()
        self.entries: Sequence[str] = ()
        self.hint = ""
        self.question = ""

    def focus_suppliers(self) -> None:
        pass

    def set_suppliers(self, labels: Sequence[str]) -> None:
        self.suppliers = labels

    def show_items(self, rows: Sequence[Sequence[str]], empty: str) -> None:
        self.rows, self.empty = rows, empty

    def change_items(self, rows: Sequence[Sequence[str]]) -> None:
        self.rows = rows

    def ask_quantity(self, product: str, text: str) -> None:
        self.quantity = (product, text)

    def select_next(self) -> None:
        self.steps += 1

    def show_quantity_error(self, text: str) -> None:
        self.error = text

    def show_summary(self, text: str) -> None:
        self.summary = text

    def set_busy(self, busy: bool) -> None:
        self.busy = busy

    def allow(self, **allowed: bool) -> None:
        self.allowed = allowed

    def copy_text(self, text: str) -> None:
        self.copied = text

    def focus_orders(self) -> None:
        pass

    def show_orders(self, rows: Sequence[Sequence[str]], empty: str) -> None:
        self.rows, self.empty = rows, empty

    def show_lines(self, rows: Sequence[Sequence[str]]) -> None:
        self.lines = rows

    def set_entries(self, labels: Sequence[str], hint: str) -> None:
        self.entries, self.hint = labels, hint

    def ask(self, text: str) -> None:
        self.question = text

    def stop_asking(self) -> None:
        self.question = ""


class Stage:
    """Both tabs with everything around them made up."""

    def __init__(self) -> None:
        self.api, self.jobs = FakeApi(), FakeJobs()
        self.view, self.orders_view = FakeView(), FakeView()
        self.said: list[tuple[str, MessageKind]] = []
        self.written: dict[str, bytes] = {}
        self.disk_full = False
        ids = itertools.count(1)
        self.page = SuggestionPresenter(
            self.api,
            self.jobs,
            self.view,
            new_id=lambda: f"id{next(ids)}",
            say=lambda text, kind: self.said.append((text, kind)),
            write=self._write,
        )
        self.orders = OrdersPresenter(
            self.api, self.jobs, self.orders_view, say=lambda text, kind: self.said.append((text, kind))
        )
        for page in (self.page, self.orders):
            page.reset()
            page.begin(Account("maria", "operador"))

    def _write(self, path: str, content: bytes) -> None:
        if self.disk_full:
            raise FileTrouble("Não há espaço.")
        self.written[path] = content


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_quantities_are_changed_copied_and_saved(stage: Stage) -> None:
    stage.page.start()
    assert stage.view.suppliers == ["Distribuidora Sol (t1)", "Sem fornecedor"]
    assert stage.view.rows[0] == ("Parafuso 10mm", "UN", "12", "0", "17", "36", "36")
    assert stage.view.summary == "2 produtos · Entrega até: 01/12/2026"
    stage.page.select(0)
    assert stage.view.quantity == ("Parafuso 10mm (UN)", "36")
    stage.page.put_quantity("muito")
    assert (stage.view.error != "", stage.view.steps) == (True, 0)
    stage.page.put_quantity("24")
    stage.page.select(1)
    stage.page.put_quantity("0")
    assert [row[-2:] for row in stage.view.rows] == [("36", "24"), ("36", "0")]
    assert (stage.view.error, stage.view.steps) == ("", 2)
    stage.page.copy()
    assert "1. Parafuso 10mm (p1): 24 UN = 2 × 12" in stage.view.copied
    assert "Para: Distribuidora Sol\n" in stage.view.copied
    assert "Café" not in stage.view.copied
    stage.page.save("/casa/sol.CSV")
    lines = stage.written["/casa/sol.CSV"].decode().splitlines()
    assert lines[1:] == ["Distribuidora Sol;p1;Parafuso 10mm;UN;24;12;12;0;17"]
    stage.page.save("/casa/sol.xlsx")
    assert stage.written["/casa/sol.xlsx"].startswith(b"PK")
    stage.page.save("/casa/sol.pdf")
    assert stage.said[-1] == ("O nome do arquivo deve terminar em .xlsx ou .csv.", "danger")
    stage.disk_full = True
    stage.page.save("/casa/cheio.csv")
    assert stage.said[-1] == ("Não há espaço.", "danger")
    stage.page.save("")
    assert len(stage.written) == 2


def test_an_order_whose_answer_was_lost_is_the_same_order(stage: Stage) -> None:
    stage.page.start()
    stage.api.trouble_of = {"place_order": Unreachable("O servidor não responde.")}
    stage.page.order()
    stage.page.order()
    assert [wanted.id for wanted in stage.api.placed] == ["id1", "id1"]
    assert stage.said[-1] == ("O servidor não responde.", "danger")
    stage.page.select(0)
    stage.page.put_quantity("12")
    stage.api.trouble_of = {}
    stage.page.order()
    assert stage.api.placed[-1].id != "id1"
    assert stage.api.placed[-1].lines == [("p1", 12), ("p2", 36)]
    assert stage.said[-1] == ("Pedido o1 anotado: acompanhe na aba Pedidos em aberto.", "success")
    # What is on order is suggested no more; the others stay.
    assert stage.view.suppliers == ["Sem fornecedor"]
    stage.page.order()
    assert (stage.api.placed[-1].partner_id, stage.api.placed[-1].lines) == ("", [("p9", 5)])
    assert (stage.view.rows, stage.view.allowed) == ([], {"send": False, "order": False})
    assert stage.view.empty.startswith("Não há nada a comprar.")


def test_nothing_is_ordered_without_a_quantity_or_by_who_only_reads(stage: Stage) -> None:
    stage.page.start()
    stage.page.choose("Sem fornecedor")
    stage.page.select(0)
    stage.page.put_quantity("0")
    stage.page.order()
    stage.page.copy()
    assert stage.said[-1][1] == "danger"
    stage.page.choose("Distribuidora Sol (t1)")
    stage.page.begin(Account("ana", "leitor"))
    stage.page.order()
    assert (stage.api.placed, stage.view.copied) == ([], "")
    stage.page.copy()
    assert stage.view.copied.startswith("Pedido de compra")


def test_a_suggestion_can_be_given_up_and_may_fail(stage: Stage) -> None:
    stage.jobs.held = True
    assert not stage.page.give_up()
    stage.page.start()
    assert stage.view.busy
    assert stage.page.give_up()
    stage.jobs.release()
    assert (stage.view.busy, stage.view.rows) == (False, [])
    stage.api.trouble_of = {"purchase_suggestion": Unreachable("O servidor não responde.")}
    stage.page.resume()
    assert stage.view.empty == "O servidor não responde."
    stage.api.trouble_of = {}
    stage.api.suggested = to_buy("Café")
    stage.page.resume()
    assert len(stage.view.rows) == 1


def test_an_order_is_received_from_an_entry_that_came_after_it(stage: Stage) -> None:
    stage.api.waited_for = [order("o1", 12), order("o2")]
    stage.api.came_in = [brought("a"), brought("b", day=19), brought("c", "p2")]
    stage.orders.start()
    assert stage.orders_view.rows[0] == (
        "o1",
        "Distribuidora Sol",
        "20/11/2026",
        "01/12/2026",
        "1/1",
        "maria",
    )
    assert stage.orders_view.hint == "Selecione um pedido."
    stage.orders.select(0)
    assert stage.orders_view.lines == [("Parafuso 10mm", "UN", "36", "12", "24")]
    (label,) = stage.orders_view.entries
    assert label.startswith("36 de Parafuso 10mm · 22/11/2026 ")
    assert label.endswith(" (nº 22)")
    stage.api.trouble_of = {"receive_order": Refused("Já recebida.", status=409, code="ja_recebido")}
    stage.orders.receive(label)
    assert stage.said[-1] == ("Já recebida.", "danger")
    stage.api.trouble_of = {}
    stage.orders.receive(label)
    assert stage.api.received == [("o1", "a")]
    assert stage.said[-1] == ("Recebido para o pedido o1.", "success")
    # The same entry is not offered again.
    stage.orders.select(0)
    assert stage.orders_view.entries == []
    assert stage.orders_view.hint.startswith("Nada entrou desde o pedido.")
    assert stage.orders_view.allowed == {"receive": False, "cancel": True}


def test_an_order_is_cancelled_after_a_yes(stage: Stage) -> None:
    stage.api.waited_for = [order()]
    stage.orders.start()
    stage.orders.ask_to_cancel()
    assert stage.orders_view.question == ""
    stage.orders.select(0)
    stage.orders.ask_to_cancel()
    assert stage.orders_view.question == "Não esperar mais o que falta do pedido o1 (Distribuidora Sol)?"
    stage.orders.stop_asking()
    assert len(stage.api.waited_for) == 1
    stage.orders.ask_to_cancel()
    stage.orders.cancel()
    assert (stage.api.waited_for, stage.said[-1]) == ([], ("Pedido o1 cancelado.", "success"))
    assert stage.orders_view.empty.startswith("Nenhum pedido em aberto.")
    stage.api.trouble_of = {"open_orders": Unreachable("O servidor não responde.")}
    stage.orders.resume()
    assert stage.orders_view.empty == "O servidor não responde."


def test_who_only_reads_receives_nothing(stage: Stage) -> None:
    stage.orders.begin(Account("ana", "leitor"))
    stage.api.waited_for, stage.api.came_in = [order()], [brought("a")]
    stage.orders.start()
    stage.orders.select(0)
    stage.orders.receive(stage.orders_view.entries[0])
    stage.orders.ask_to_cancel()
    assert (stage.api.received, stage.orders_view.question) == ([], "")
    assert stage.orders_view.allowed == {"receive": False, "cancel": False}
