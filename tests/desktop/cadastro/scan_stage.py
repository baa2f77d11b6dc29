"""A page for movements with its list of scans, and what leads scans there, without a window."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from datetime import date

from almoxarife.client.accounts import Account
from almoxarife.client.codes import Reading
from almoxarife.client.partners import Partner
from almoxarife.desktop.cadastro.entry.form import FORM as ENTRY
from almoxarife.desktop.cadastro.movement.form import MovementForm
from almoxarife.desktop.cadastro.movement.readings.filling import Filling
from almoxarife.desktop.cadastro.movement.readings.items import items_of, outgoing_line
from almoxarife.desktop.cadastro.movement.readings.places import ScannedPlaces
from almoxarife.desktop.cadastro.movement.readings.presenter import ReadingsPresenter
from almoxarife.desktop.cadastro.pages import Page, PageName
from almoxarife.desktop.cadastro.scanning.presenter import ScanPresenter
from almoxarife.desktop.cadastro.unknown.presenter import UnknownPresenter
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.desktop.kit.row_source import RowSource

from .fakes import FakeLookupView
from .stage import MovementStage


class FakeReadingsView:
    """Remembers what the list of scans would show."""

    def __init__(self) -> None:
        self.is_open = False
        self.rows: list[Sequence[str]] = []
        self.tones: list[Tone] = []
        self.selected = 0
        self.summary = ""
        self.quantity = ("", "")
        self.error = ""
        self.focused = 0
        self.busy = False
        self.on_change: Callable[[str], None] = lambda text: None

    def open(self, is_open: bool) -> None:
        self.is_open = is_open

    def show_lines(self, rows: RowSource, tone: Callable[[int], Tone], selected: int) -> None:
        self.rows = [rows.row(place) for place in range(len(rows))]
        self.tones = [tone(place) for place in range(len(rows))]
        self.selected = selected

    def show_summary(self, text: str) -> None:
        self.summary = text

    def show_quantity(self, text: str, unit: str) -> None:
        self.quantity = (text, unit)
        self.on_change(text)

    def show_error(self, text: str) -> None:
        self.error = text

    def focus_quantity(self) -> None:
        self.focused += 1

    def set_busy(self, busy: bool) -> None:
        self.busy = busy


class FakeStrip:
    """Remembers what the strip for unknown codes would show, and counts the bells."""

    def __init__(self) -> None:
        self.product = FakeLookupView()
        self.code = ("", "")
        self.asks_product = False
        self.busy = False
        self.bells: list[int] = []

    def show_code(self, text: str, more: str) -> None:
        self.code = (text, more)

    def open_product(self, is_open: bool) -> None:
        self.asks_product = is_open

    def set_busy(self, busy: bool) -> None:
        self.busy = busy

    def ring(self, times: int) -> None:
        self.bells.append(times)


class ScanPage(Page):
    """The part of a page for movements that takes scans."""

    def __init__(self, filling: Filling, places: ScannedPlaces) -> None:
        self._filling = filling
        self._places = places
        self.chosen: Partner | None = None

    @property
    def supplier(self) -> Partner | None:
        return self.chosen

    def scan(self, reading: Reading) -> bool:
        if reading.place_id:
            return self._places.take(reading)
        taken = [self._filling.take(item) for item in items_of(reading)]
        return all(taken)


class ScanStage(MovementStage):
    """A form for movements into which is scanned."""

    def __init__(self, form: MovementForm = ENTRY) -> None:
        super().__init__(form)
        numbers = itertools.count(1)
        self.lines_view = FakeReadingsView()
        self.strip = FakeStrip()
        self.page_name: PageName = "entry"
        self.scanning = ScanPresenter(
            self.api,
            self.calls,
            self.timer,
            self.strip,
            here=lambda: (self.page_name, self.page),
            say=lambda text, kind: self.said.append((text, kind)),
            unknown=self._unknown,
        )
        filling = Filling(
            self.presenter,
            today=lambda: date(2026, 11, 24),
            focus=self.view.focus_field,
            say=self.scanning.say,
        )
        self.readings = ReadingsPresenter(
            outgoing_line,
            self.dispatch,
            self.lines_view,
            signed=form.signed,
            new_id=lambda: f"line-{next(numbers)}",
            say=self.scanning.say,
            common=self.presenter.read_common,
            complete=filling.complete,
            registered=self.registered.append,
            finished=self.presenter.clear,
        )
        filling.lead_to(self.readings)
        self.presenter.keeps_common = lambda: len(self.readings.lines) > 0
        self.revealed = 0
        places = ScannedPlaces(
            self.presenter,
            form,
            has_lines=lambda: len(self.readings.lines) > 0,
            reveal=self._reveal,
            say=self.scanning.say,
        )
        self.page = ScanPage(filling, places)
        self.unknown = self.scanning.unknown
        self.strip.product.on_change = self.unknown.picker.type
        self.lines_view.on_change = self.readings.type_quantity
        self.scanning.begin(Account("maria", "gerente"))
        self.presenter.reset()
        self.presenter.start()
        self.said.clear()
        screw, hexagonal, coffee, nut = self.api.products
        self.api.add_code("7891", screw)
        self.api.add_code("7892", hexagonal)
        self.api.add_code("7893", coffee)
        self.api.add_code("17891", screw, unit="CX", factor=12)
        self.api.add_code("7894", nut)

    def scan(self, *texts: str) -> None:
        """Scan one code after another."""
        for text in texts:
            self.scanning.scanned(text)

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Product and quantity of each line, what was scanned last first."""
        return [(row[0], row[-1]) for row in self.lines_view.rows]

    def _reveal(self) -> None:
        self.revealed += 1

    def _unknown(self, known: Callable[[str], None]) -> UnknownPresenter:
        return UnknownPresenter(
            self.api,
            self.calls,
            self.timer,
            self.strip,
            new_id=lambda: "code-1",
            say=lambda text, kind: self.said.append((text, kind)),
            create=self.created.append,
            known=known,
        )
