"""The tabs of the page of counts without a window."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from almoxarife.client.accounts import Account
from almoxarife.client.categories import Category
from almoxarife.client.counts import Item
from almoxarife.client.outbox.store import Outbox
from almoxarife.client.places import Place
from almoxarife.desktop.cadastro.count.beginning import Filled
from almoxarife.desktop.cadastro.count.keeping import Keeping
from almoxarife.desktop.cadastro.count.presenter import CountingPresenter
from almoxarife.desktop.cadastro.count.running import Running
from almoxarife.desktop.cadastro.count_agenda.presenter import AgendaPresenter
from almoxarife.desktop.cadastro.count_review.presenter import ReviewPresenter
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.desktop.kit.status_kind import MessageKind

from .fake_api import FakeApi
from .fakes import FakeJobs, FakeLookupView, FakeTimer
from .stage import temporary_outbox

# No stage makes an id that another one has made.
_IDS = itertools.count(1)


@dataclass
class FakeBeginForm:
    """Remembers what the form of a new count would show."""

    options: dict[str, Sequence[str]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    focused: str = ""
    busy: bool = False

    rows: Sequence[Sequence[str]] = ()
    tones: Sequence[Tone] = ()
    listed: str = ""
    place: str = ""

    def set_options(self, field: str, labels: Sequence[str]) -> None:
        self.options[field] = labels

    def clear(self) -> None:
        self.errors.clear()

    def choose_place(self, label: str) -> None:
        self.place = label

    def clear_products(self) -> None:
        self.errors["products"] = ""

    def show_list(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        self.rows, self.tones = rows, tones

    def show_listed(self, text: str) -> None:
        self.listed = text

    def focus_list(self) -> None:
        self.focused = "list"

    def show_error(self, field: str, text: str) -> None:
        self.errors[field] = text

    def focus_field(self, field: str) -> None:
        self.focused = field

    def set_busy(self, busy: bool) -> None:
        self.busy = busy


@dataclass
class FakeCountView:
    """Remembers what any of the tabs would show."""

    product: FakeLookupView = field(default_factory=FakeLookupView)
    beginning: FakeBeginForm = field(default_factory=FakeBeginForm)
    counts: Sequence[str] = ()
    chosen: str = ""
    places: Sequence[str] = ()
    place: str = ""
    kinds: Sequence[str] = ()
    counting: bool = False
    may_close: bool = False
    decides: bool = False
    tools: str = ""
    missing: str = ""
    progress: str = ""
    about: str = ""
    offers_intervals: bool = False
    intervals_shown: bool = False
    rows: Sequence[Sequence[str]] = ()
    tones: Sequence[Tone] = ()
    found: str = ""
    empty: str = ""
    accuracy: str = ""
    rights: Sequence[Sequence[str]] = ()
    texts: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    focused: str = ""
    busy: bool = False
    rung: int = 0
    asked: str = ""
    details: str = ""
    selected: int = -1

    def set_counts(self, labels: Sequence[str], chosen: str) -> None:
        self.counts, self.chosen = labels, chosen

    def set_places(self, labels: Sequence[str], chosen: str = "") -> None:
        self.places, self.place = labels, chosen

    def set_place(self, label: str) -> None:
        self.place = label

    def set_kinds(self, labels: Sequence[str]) -> None:
        self.kinds = labels

    def show_counting(self, shown: bool, *, may_close: bool) -> None:
        self.counting, self.may_close = shown, may_close

    def show_decisions(self, shown: bool) -> None:
        self.decides = shown

    def show_tools(self, tools: str) -> None:
        self.tools = tools

    def set_missing(self, labels: Sequence[str]) -> None:
        self.missing = labels[0]

    def choose_missing(self, label: str) -> None:
        self.missing = label

    def show_progress(self, text: str) -> None:
        self.progress = text

    def show_about(self, text: str) -> None:
        self.about = text

    show_summary = show_progress

    def show_lines(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        self.rows, self.tones = rows, tones

    show_rows = update_rows = show_due = show_lines

    def add_rows(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        self.rows, self.tones = [*self.rows, *rows], [*self.tones, *tones]

    def show_count(self, text: str) -> None:
        self.found = text

    def select_row(self, row: int) -> None:
        self.selected = row

    go_on_at = select_row

    def show_accuracy(self, text: str, rows: Sequence[Sequence[str]]) -> None:
        self.accuracy, self.rights = text, rows

    def show_empty(self, text: str) -> None:
        self.empty = text

    def offer_intervals(self, shown: bool) -> None:
        self.offers_intervals = shown

    def show_intervals(self, shown: bool) -> None:
        self.intervals_shown = shown

    def set_text(self, field: str, text: str) -> None:
        self.texts[field] = text

    def show_error(self, field: str, text: str) -> None:
        self.errors[field] = text

    set_interval, show_interval_error = set_text, show_error

    def focus_product(self) -> None:
        self.focused = "product"

    def focus_field(self, field: str) -> None:
        self.focused = field

    focus_interval = focus_field

    def focus_list(self) -> None:
        self.focused = "list"

    def set_busy(self, busy: bool) -> None:
        self.busy = busy

    set_intervals_busy = set_busy

    def ring(self) -> None:
        self.rung += 1

    def ask(self, text: str, details: str = "") -> None:
        self.asked, self.details = text, details

    def stop_asking(self) -> None:
        self.asked = ""

    @property
    def wrong(self) -> dict[str, str]:
        """What is said at fields."""
        return {field: text for field, text in self.errors.items() if text}


class CountStage:
    """The three tabs over one server in memory."""

    def __init__(self, api: FakeApi | None = None, outbox: Outbox | None = None) -> None:
        """``api``, ``outbox``: those of another stage, as when the program is started again."""
        self.api = api or FakeApi()
        self.api.username = "maria"
        self.outbox = outbox or temporary_outbox(self)
        self.jobs = FakeJobs()
        self.timer = FakeTimer()
        self.said: list[tuple[str, MessageKind]] = []
        self.running = Running()
        # The ids of counts that the agenda led to.
        self.opened: list[str] = []

        def new_id() -> str:
            return str(next(_IDS))

        def say(text: str, kind: MessageKind) -> None:
            self.said.append((text, kind))

        self.view, self.review_view, self.agenda_view = FakeCountView(), FakeCountView(), FakeCountView()
        self.counting = CountingPresenter(
            self.api,
            self.jobs,
            self.timer,
            self.view,
            self.running,
            Keeping(self.outbox.scans, self.jobs, lambda error: say(str(error), "danger")),
            new_id=new_id,
            say=say,
        )
        self.review = ReviewPresenter(
            self.api, self.jobs, self.timer, self.review_view, self.running, new_id=new_id, say=say
        )
        self.agenda = AgendaPresenter(
            self.api,
            self.jobs,
            self.agenda_view,
            new_id=new_id,
            say=say,
            begun=self.counting.open,
            opened=self.opened.append,
        )
        self.view.product.on_change = self.counting.typed.picker.type
        self.review_view.product.on_change = self.review.picker.type

    def begin(self, what: str = "tudo", products: str = "", *, blind: bool = False, note: str = "") -> None:
        """Begin a count of Estoque."""
        self.counting.beginning.submit(Filled("Estoque", what, products, blind, note))

    def count(self, product: str, quantity: str, lot: str = "") -> None:
        """Count something by typing."""
        picker = self.counting.typed.picker
        self.view.product.set_text(product)
        picker.press_enter()
        self.counting.submit(quantity, lot)

    def scan(self, text: str) -> None:
        """Scan something."""
        self.view.product.set_text(text)
        self.counting.typed.picker.press_enter()

    @property
    def last_said(self) -> str:
        """What the status bar says."""
        return self.said[-1][0]


def counting_stage() -> CountStage:
    """Return the tabs with three products, three places and a category."""
    stage = CountStage()
    stage.api.add_products("Parafuso 10mm", "Lâmpada", "Furadeira")
    stage.api.shop_places.append(Place("l6", "Prateleira", "Estoque / Prateleira", "l2"))
    stage.api.shop_places.append(Place("l7", "Depósito", "Depósito"))
    stage.api.shop_categories = [Category("c1", "Elétrica", None, ("Casa", "Elétrica"), 1)]
    stage.counting.begin(Account("maria", "operador"))
    stage.counting.start()
    return stage


def item(product: str, *, counted: int | None, expected: int = 20, **more: object) -> Item:
    """Return an item of Estoque that maria counted."""
    names = {"p1": "Parafuso 10mm", "p2": "Lâmpada", "p3": "Furadeira"}
    difference = None if counted is None else counted - expected
    found = Item(product, names[product], "l2", "Estoque", "", counted, expected, difference, ("maria",))
    return replace(found, **more)  # type: ignore[arg-type]
