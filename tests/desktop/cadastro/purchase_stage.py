"""Both tabs of the page of purchases without a window."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from almoxarife.client.accounts import Account
from almoxarife.desktop.cadastro.purchases.orders import OrdersPresenter
from almoxarife.desktop.cadastro.purchases.presenter import SuggestionPresenter
from almoxarife.desktop.kit.files import FileTrouble
from almoxarife.desktop.kit.status_kind import MessageKind

from .fake_api import FakeApi
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
        self.period: dict[str, str] = {}
        self.period_errors: dict[str, str] = {}
        self.every = False
        self.supplier, self.selected = "", -1

    def set_period(self, field: str, text: str) -> None:
        self.period[field] = text

    def show_period_error(self, field: str, text: str) -> None:
        self.period_errors[field] = text

    def set_every(self, every: bool) -> None:
        self.every = every

    def focus_suppliers(self) -> None:
        pass

    def set_suppliers(self, labels: Sequence[str]) -> None:
        self.suppliers = labels

    def choose_supplier(self, label: str) -> None:
        self.supplier = label

    def select_row(self, row: int) -> None:
        self.selected = row

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
