"""Where a lot, or a thing with a serial number, has been: without a window, and by keyboard in a real one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from almoxarife.client.balances import AtPlace, Balance, OfLot
from almoxarife.client.codes import Reading, ReadLine
from almoxarife.client.errors import Refused
from almoxarife.client.lots import StockLot
from almoxarife.client.movements import Entry
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.chosen import Chosen
from almoxarife.desktop.cadastro.lots.presenter import PAGE, LotsPresenter
from almoxarife.desktop.cadastro.lots.steps import Step, row_of, step, tone_of
from almoxarife.desktop.kit.status_kind import MessageKind

from .fake_api import FakeApi
from .fake_list import FakeList
from .fakes import FakeJobs, FakeTimer
from .window import ProgramWindow

DRILL = Product("p1", "Furadeira")
NOON = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
NAMES = {"l1": "Fornecedor", "l2": "Estoque", "l3": "Cliente", "l6": "Loja"}


def moved(
    sequence: int, kind: str, quantity: int, source: str, target: str = "l2", partner: str = ""
) -> Step:
    """Return a movement of a thing between two places."""
    entry = Entry(f"id-{sequence}", "p1", "Furadeira", quantity, "maria", NOON, sequence, "ab", kind)
    return step(replace(entry, source=source, target=target, partner=partner or None), NAMES)


HISTORY = [
    moved(3, "entrada", 1, "l1", partner="Ferragens Silva"),
    moved(7, "transferencia", -1, "l2", "l6"),
    moved(1_250, "saida", -1, "l6", "l3"),
]


def test_a_movement_tells_where_from_and_where_to() -> None:
    when = f"{NOON.astimezone():%d/%m/%y %H:%M}"
    assert [row_of(one) for one in HISTORY] == [
        (when, "entrada", "+1", "Ferragens Silva", "Estoque", "maria", "3"),
        (when, "transferência", "⇄ 1", "Estoque", "Loja", "maria", "7"),
        (when, "saída", "-1", "Loja", "Cliente", "maria", "1.250"),
    ]
    assert [tone_of(one) for one in HISTORY] == ["in", "moved", "out"]
    # To whom it went; a place that is not known by name is told by its id.
    assert row_of(moved(8, "saida", -1, "l9", "l3", "João"))[3:5] == ("l9", "João")
    taken_back = replace(HISTORY[0], movement=replace(HISTORY[0].movement, reversed_by="id-9"))
    assert tone_of(taken_back) == "struck"


class FakeLotsView:
    """Remembers what the tab would show."""

    def __init__(self) -> None:
        self.list, self.history = FakeList(), FakeList()
        self.search = self.title = ""
        self.selected, self.in_list = -1, 0

    def set_search(self, text: str) -> None:
        self.search = text

    def focus_search(self) -> None:
        pass

    def select_row(self, row: int) -> None:
        self.selected = row

    def focus_list(self) -> None:
        self.in_list += 1

    def show_title(self, text: str) -> None:
        self.title = text


class Stage:
    """The tab with everything around it made up."""

    def __init__(self) -> None:
        self.api, self.timer, self.view = FakeApi(), FakeTimer(), FakeLotsView()
        self.api.shop_lots["p1"] = [
            StockLot("v1", "SN-1", 0),
            StockLot("v2", "SN-2", 1),
            StockLot("v3", "L-3", 5, date(2026, 11, 1), expired=True),
        ]
        self.api.lot_histories["v1"] = HISTORY
        self.chosen = Chosen(DRILL)
        self.said: list[tuple[str, MessageKind]] = []
        self.page = LotsPresenter(
            self.api,
            self.chosen,
            FakeJobs(),
            self.timer,
            self.view,
            say=lambda text, kind: self.said.append((text, kind)),
        )
        self.page.reset()


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_every_lot_is_listed_and_tells_where_it_has_been(stage: Stage) -> None:
    stage.page.start()
    assert stage.view.list.rows == [("L-3", "01/11/2026, vencido", "5"), ("SN-2", "", "1"), ("SN-1", "", "0")]
    assert (stage.view.list.tones, stage.view.list.count) == (["out", "", "faded"], "3 lotes ou séries")
    assert (stage.view.title, stage.view.history.empty[:13]) == ("Por onde passou", "Escolha um lo")
    stage.page.select(2)
    assert (stage.view.title, stage.view.history.count) == ("Por onde passou SN-1", "3 movimentos")
    assert [row[1] for row in stage.view.history.rows] == ["entrada", "transferência", "saída"]
    stage.page.select(1)
    assert (stage.view.history.rows, stage.view.history.empty) == ([], "Ainda sem movimentos.")
    # Who searches and still finds it goes on looking at it, with the keyboard where it is.
    stage.page.listing.type("sn")
    stage.timer.pass_seconds(1)
    assert (len(stage.view.list.rows), stage.view.selected, stage.view.in_list) == (2, 0, 0)
    assert stage.view.title == "Por onde passou SN-2"
    stage.page.listing.type("3")
    stage.timer.pass_seconds(1)
    assert (len(stage.view.list.rows), stage.view.title) == (1, "Por onde passou")
    stage.api.shop_lots.clear()
    stage.page.reset()
    stage.page.listing.type("")
    stage.page.resume()
    assert stage.view.list.empty.startswith("Sem lotes nem números de série.")


def test_the_lot_that_is_wanted_is_shown_once(stage: Stage) -> None:
    stage.chosen.lot = "sn-1"
    stage.page.start()
    assert (stage.view.selected, stage.view.title) == (2, "Por onde passou SN-1")
    stage.page.start()
    assert (stage.view.in_list, stage.said) == (1, [])
    stage.chosen.lot = "SN-9"
    stage.page.start()
    assert stage.said == [("Este produto não tem lote nem número de série SN-9.", "danger")]


def test_a_long_history_goes_on_at_its_end(stage: Stage) -> None:
    stage.api.lot_histories["v1"] = [moved(number, "ajuste", 1, "l5") for number in range(1, PAGE + 3)]
    stage.page.start()
    stage.page.select(2)
    assert stage.view.history.count == f"{PAGE} movimentos; desça para ver os mais novos"
    stage.page.history.at_end()
    assert (len(stage.view.history.rows), stage.view.history.count) == (PAGE + 2, f"{PAGE + 2} movimentos")
    stage.api.trouble_of = {"lot_history": Refused("Esse lote não existe.", status=404)}
    stage.page.select(1)
    assert stage.view.history.empty == "Esse lote não existe."


def test_a_serial_number_is_followed_by_keyboard_and_by_scanner(api: FakeApi, at_work: ProgramWindow) -> None:
    drill = api.products[0]
    lots = (OfLot("SN-1", None, "l2", 1), OfLot("SN-2", None, "l2", 1))
    api.shop_balances = [Balance("p1", drill.name, 2, 0, 2, (AtPlace("l2", 2, 2),), lots)]
    api.shop_lots["p1"] = [StockLot("v1", "SN-1", 1), StockLot("v2", "SN-2", 1)]
    api.lot_histories = {"v1": HISTORY[:2], "v2": HISTORY[:1]}
    at_work.program.flow.go("balances")
    balances = at_work.program.balances
    at_work.wait(lambda: balances.list.table.visible_rows)
    at_work.press("Down")
    at_work.wait(lambda: len(balances.details.visible_rows) == 3)
    balances.details.tree.focus_set()
    at_work.press("Down", "Down", "Return")
    screen = at_work.program.product
    at_work.wait(lambda: len(screen.lots.table.visible_rows) == 2)
    assert (at_work.screen, screen.tabs.select()) == ("product", str(screen.lots))
    assert screen.lots.title == "Por onde passou SN-1 · 2 movimentos"
    assert at_work.has_focus(screen.lots.list.table.tree)
    # Scanned on any tab of the page, a serial number leads there.
    line = ReadLine(drill, 1, "UN", 1, "serie")
    api.readings["v2"] = Reading("lote", "v2", None, (line,), serial="SN-2", lot_id="v2")
    screen.tabs.select(str(screen.picture))
    at_work.scan("v2")
    at_work.wait(lambda: screen.lots.title == "Por onde passou SN-2 · 1 movimento")
    assert screen.lots.list.table.viewport.selected == 0
    screen.lots.list.search.focus()
    at_work.type("1")
    at_work.wait(lambda: [row[0] for row in screen.lots.list.table.visible_rows] == ["SN-1"])
    at_work.press("Return")
    at_work.wait(lambda: screen.lots.title == "Por onde passou SN-1 · 2 movimentos")
    api.lot_histories["v1"] = HISTORY
    at_work.press("F5")
    at_work.wait(lambda: screen.lots.title == "Por onde passou SN-1 · 3 movimentos")
