"""Both tabs of the page of purchases without a window."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date

from almoxarife.client.accounts import Account
from almoxarife.desktop.cadastro.purchases.orders import OrdersPresenter
from almoxarife.desktop.cadastro.purchases.presenter import SuggestionPresenter
from almoxarife.desktop.kit.files import FileTrouble
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.desktop.kit.status_kind import MessageKind

from .fake_api import FakeApi
from .fakes import FakeJobs, FakeTimer


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
        self.marked: int | None = None
        self.tones: Sequence[str] = ()
        self.count = ""
        self.focused = ""
        self.wishes: dict[str, str] = {}
        self.wish_errors: dict[str, str] = {}
        self.progress = ("", 0.0)

    def set_wish(self, field: str, text: str) -> None:
        self.wishes[field] = text

    def show_wish_error(self, field: str, text: str) -> None:
        self.wish_errors[field] = text

    def show_progress(self, text: str, share: float) -> None:
        self.progress = (text, share)

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
        self.focused = "orders"

    def focus_entries(self) -> None:
        self.focused = "entries"

    def show_rows(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        self.rows, self.tones, self.marked = list(rows), list(tones), None

    def add_rows(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        self.rows, self.tones = [*self.rows, *rows], [*self.tones, *tones]

    def show_count(self, text: str) -> None:
        self.count = text

    def show_empty(self, text: str) -> None:
        self.empty = text

    def mark_row(self, row: int) -> None:
        self.marked = row

    def show_lines(self, rows: Sequence[Sequence[str]]) -> None:
        self.lines = rows

    def set_entries(self, labels: Sequence[str], hint: str) -> None:
        self.entries, self.hint = labels, hint

    def ask(self, text: str, details: str) -> None:
        self.question = f"{text} {details}"

    def stop_asking(self) -> None:
        self.question = ""


class Stage:
    """Both tabs with everything around them made up."""

    def __init__(self) -> None:
        self.api, self.jobs, self.timer = FakeApi(), FakeJobs(), FakeTimer()
        self.view, self.orders_view = FakeView(), FakeView()
        self.said: list[tuple[str, MessageKind]] = []
        self.written: dict[str, bytes] = {}
        self.disk_full = False
        ids = itertools.count(1)
        self.page = SuggestionPresenter(
            self.api,
            self.jobs,
            self.timer,
            self.view,
            new_id=lambda: f"id{next(ids)}",
            say=lambda text, kind: self.said.append((text, kind)),
            write=self._write,
        )
        self.orders = OrdersPresenter(
            self.api,
            self.jobs,
            self.orders_view,
            today=lambda: date(2026, 11, 24),
            say=lambda text, kind: self.said.append((text, kind)),
        )
        for page in (self.page, self.orders):
            page.reset()
            page.begin(Account("maria", "operador"))

    def _write(self, path: str, content: bytes) -> None:
        if self.disk_full:
            raise FileTrouble("Não há espaço.")
        self.written[path] = content
