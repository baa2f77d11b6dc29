"""The pages that only look, without a window."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from almoxarife.client.balances import AtPlace, Balance, OfLot
from almoxarife.client.places import Place
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.balances.presenter import BalancesPresenter
from almoxarife.desktop.cadastro.labels.lines import Line
from almoxarife.desktop.cadastro.stock_card.presenter import StockCardPresenter
from almoxarife.desktop.kit.kinds import Tone

from .fake_api import FakeApi
from .fakes import FakeJobs, FakeLookupView, FakeTimer
from .record_stage import FakeListView

TODAY = date(2026, 11, 24)


class FakeLook:
    """Remembers what a page that looks would show."""

    def __init__(self) -> None:
        self.list = FakeListView()
        self.product = FakeLookupView()
        self.search = ""
        self.places: Sequence[str] = ()
        self.day_errors: dict[str, str] = {}
        self.title = self.focused = ""
        self.rows: Sequence[Sequence[str]] = ()
        self.tones: Sequence[Tone] = ()
        self.empty_text = self.closing = ""
        self.explanation: Sequence[str] = ()

    def set_search(self, text: str) -> None:
        self.search = text

    def focus_search(self) -> None:
        self.focused = "search"

    def focus_product(self) -> None:
        self.focused = "product"

    def focus_lines(self) -> None:
        self.focused = "lines"

    choose_first = focus_lines

    def set_places(self, labels: Sequence[str]) -> None:
        self.places = labels

    def set_place(self, label: str) -> None:
        self.place = label

    def show_day_error(self, *what: str) -> None:
        self.day_errors[what[0] if len(what) > 1 else "day"] = what[-1]

    def show_details(self, title: str, rows: Sequence[Sequence[str]]) -> None:
        self.title, self.rows = title, rows

    def show_lines(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        self.rows, self.tones = rows, tones

    def show_empty(self, text: str) -> None:
        self.empty_text = text

    def show_closing(self, text: str) -> None:
        self.closing = text

    def show_explanation(self, lines: Sequence[str]) -> None:
        self.explanation = lines


class LookStage:
    def __init__(self) -> None:
        self.api = FakeApi()
        self.api.add_products("Parafuso 10mm", "Café torrado")
        self.api.shop_places.append(Place("l6", "Loja", "Loja"))
        self.api.shop_balances = [
            Balance(
                "p1", "Parafuso 10mm", 1250, 50, 1200, (AtPlace("l2", 1000, 1000), AtPlace("l6", 250, 250))
            ),
            Balance(
                "p2",
                "Café torrado",
                Decimal("-2.5"),
                None,
                None,
                (),
                (OfLot("A-1", date(2026, 12, 1), "l2", 4),),
            ),
        ]
        self.jobs = FakeJobs()
        self.timer = FakeTimer()
        self.view = FakeLook()
        self.opened: list[Product] = []
        self.opened_lots: list[tuple[str, str]] = []
        self.reserved: list[Product | None] = []
        self.labelled: list[Line] = []
        self.balances = BalancesPresenter(
            self.api,
            self.jobs,
            self.timer,
            self.view,
            today=lambda: TODAY,
            open_card=self.opened.append,
            open_lot=lambda product, number: self.opened_lots.append((product.id, number)),
            open_labels=self.labelled.extend,
            open_reservations=self.reserved.append,
        )
        self.card = StockCardPresenter(self.api, self.jobs, self.timer, self.view, lambda: TODAY)
        self.view.product.on_change = self.card.picker.type
