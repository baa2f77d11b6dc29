"""The page of analyses without a window."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date
from typing import cast

from almoxarife.client.categories import Category
from almoxarife.client.places import Place
from almoxarife.desktop.cadastro.analysis.options import OptionName
from almoxarife.desktop.cadastro.analysis.presenter import AnalysisPresenter
from almoxarife.desktop.cadastro.analysis.verbs import AnalysisApi, DayField
from almoxarife.desktop.kit.files import FileTrouble
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.kit.table_column import Column

from .fake_api import FakeApi
from .fakes import FakeJobs, FakeLookupView, FakeTimer


class FakeAnalysisView:
    """Remembers what the page would show."""

    def __init__(self) -> None:
        self.product = FakeLookupView()
        self.places: Sequence[str] = ()
        self.place = ""
        self.categories: Sequence[str] = ()
        self.offered: Sequence[OptionName] = ()
        self.options: dict[OptionName, str] = {"por": "por mês"}
        self.option_errors: dict[OptionName, str] = {}
        self.progress = ("", 0.0)
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

    def offer_options(self, names: Sequence[OptionName]) -> None:
        self.offered = names

    def set_option(self, name: OptionName, text: str) -> None:
        self.options[name] = text

    def show_option_error(self, name: OptionName, text: str) -> None:
        self.option_errors[name] = text

    def show_progress(self, text: str, share: float) -> None:
        self.progress = (text, share)

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
        ids = itertools.count(1)
        self.page = AnalysisPresenter(
            cast(AnalysisApi, self.api),
            self.jobs,
            self.timer,
            self.view,
            new_id=lambda: f"id{next(ids)}",
            today=lambda: date(2026, 11, 24),
            say=lambda text, kind: self.said.append((text, kind)),
            write=self._write,
        )
        self.page.reset()
        self.page.start()

    def analyse(self, label: str, since: str = "", until: str = "") -> None:
        """Press the button with what stands in the fields."""
        self.page.analyse(label, since, until, self.view.options)

    def _write(self, path: str, content: bytes) -> None:
        if self.disk_full:
            raise FileTrouble("Não há espaço.")
        self.written[path] = content
