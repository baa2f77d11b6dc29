"""Stand-ins for the thread pool, the clock and the screens."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from almoxarife.client.movements import Entry
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.calls import Calls
from almoxarife.desktop.cadastro.entry.presenter import EntryPresenter
from almoxarife.desktop.kit.status_kind import MessageKind

from .fake_api import FakeApi


@dataclass(eq=False)
class Job:
    """Work that waits to be done."""

    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]
    owner: object

    def settle(self) -> None:
        """Do it and hand the outcome back."""
        try:
            result = self.work()
        except Exception as error:
            self.failed(error)
        else:
            self.done(result)


class FakeJobs:
    """Does work at once, or when told to while ``held``."""

    def __init__(self) -> None:
        self.held = False
        self.waiting: list[Job] = []

    def run(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
        owner: object,
    ) -> None:
        job = Job(work, done, failed, owner)
        if self.held:
            self.waiting.append(job)
        else:
            job.settle()

    def drop(self, owner: object) -> None:
        self.waiting = [job for job in self.waiting if job.owner is not owner]

    def release(self) -> None:
        """Do what waits, and what comes of it."""
        self.held = False
        while self.waiting:
            self.waiting.pop(0).settle()

    def release_one(self) -> None:
        """Do what waits longest."""
        self.waiting.pop(0).settle()


class FakeTimer:
    """Time that passes only when told."""

    def __init__(self) -> None:
        self.now = 0.0
        self.calls: list[tuple[float, Callable[[], None]]] = []

    def call_later(self, seconds: float, action: Callable[[], None]) -> object:
        call = (self.now + seconds, action)
        self.calls.append(call)
        return call

    def cancel(self, call: object) -> None:
        self.calls = [other for other in self.calls if other is not call]

    def pass_seconds(self, seconds: float) -> None:
        end = self.now + seconds
        while due := [call for call in self.calls if call[0] <= end]:
            call = min(due, key=lambda each: each[0])
            self.calls.remove(call)
            self.now = call[0]
            call[1]()
        self.now = end


class FakeConnectionView:
    """Remembers what is said about the connection."""

    def __init__(self) -> None:
        self.text = ""
        self.connected: bool | None = None

    def show_connection(self, text: str, *, connected: bool | None) -> None:
        self.text, self.connected = text, connected


@dataclass
class FakeForm:
    """Remembers what a form of fields would show."""

    errors: dict[str, str] = field(default_factory=dict)
    message: str = ""
    message_is_error: bool = False
    focused: str = ""
    busy: bool = False
    cleared: int = 0
    username: str = ""

    def fill(self, username: str) -> None:
        self.username = username
        self.clear_password()

    def clear_password(self) -> None:
        self.cleared += 1

    def clear(self) -> None:
        self.cleared += 1

    def focus_field(self, field: str) -> None:
        self.focused = field

    def show_field_error(self, field: str, text: str) -> None:
        self.errors[field] = text

    def show_message(self, text: str, *, is_error: bool) -> None:
        self.message, self.message_is_error = text, is_error

    def set_busy(self, busy: bool) -> None:
        self.busy = busy

    @property
    def wrong(self) -> dict[str, str]:
        """What is said at fields."""
        return {field: text for field, text in self.errors.items() if text}


@dataclass
class FakeEntryView:
    """Remembers what the entry screen would show."""

    product_text: str = ""
    quantity_text: str = ""
    hint: str = ""
    product_error: str = ""
    quantity_error: str = ""
    offers: list[str] = field(default_factory=list)
    marked: int | None = None
    offered_creation: str = ""
    focused: str = ""
    busy: bool = False
    # Texts put into the fields go to the presenter like typed ones, as in the window.
    on_product: Callable[[str], None] = lambda text: None
    on_quantity: Callable[[str], None] = lambda text: None

    def set_product_text(self, text: str) -> None:
        self.product_text = text
        self.on_product(text)

    def show_product_hint(self, text: str, *, chosen: bool) -> None:
        self.hint = f"✓ {text}" if chosen else text

    def show_product_error(self, text: str) -> None:
        self.product_error = text

    def offer_products(self, products: Sequence[Product], marked: int) -> None:
        self.offers, self.marked = [product.name for product in products], marked

    def offer_creation(self, name: str) -> None:
        self.offered_creation = name

    def hide_offers(self) -> None:
        self.offers, self.marked, self.offered_creation = [], None, ""

    def focus_product(self) -> None:
        self.focused = "product, selected"

    def return_to_product(self) -> None:
        self.focused = "product, at its end"

    def focus_quantity(self) -> None:
        self.focused = "quantity, selected"

    def go_on_to_quantity(self) -> None:
        if not self.focused.startswith("quantity"):
            self.focused = "quantity"

    def set_quantity(self, text: str) -> None:
        self.quantity_text = text
        self.on_quantity(text)

    def show_quantity_error(self, text: str) -> None:
        self.quantity_error = text

    def set_busy(self, busy: bool) -> None:
        self.busy = busy


class EntryStage:
    """The entry screen's presenter and picker, with everything around them made up."""

    def __init__(self) -> None:
        self.api = FakeApi()
        self.api.username = "maria"
        self.api.add_products("Parafuso 10mm", "Parafuso sextavado 8", "Café torrado", "Porca 10mm")
        self.jobs = FakeJobs()
        self.timer = FakeTimer()
        self.view = FakeEntryView()
        self.calls = Calls(self.jobs, self.timer, self.api.health, FakeConnectionView())
        self.said: list[tuple[str, MessageKind]] = []
        self.registered: list[Entry] = []
        self.created: list[str] = []
        self.lists_wanted = 0
        numbers = itertools.count(1)
        self.presenter = EntryPresenter(
            self.api,
            self.calls,
            self.timer,
            self.view,
            new_id=lambda: f"id-{next(numbers)}",
            say=lambda text, kind: self.said.append((text, kind)),
            registered=self.registered.append,
            in_doubt_settled=self._want_list,
            create=self.created.append,
        )
        self.picker = self.presenter.picker
        self.view.on_product = self.picker.type
        self.view.on_quantity = self.presenter.type_quantity

    def type_product(self, text: str, *, pause: bool = True) -> None:
        """Type a text, and pause long enough for the server to be asked."""
        self.view.set_product_text(text)
        if pause:
            self.timer.pass_seconds(0.2)

    def choose(self, text: str) -> None:
        """Type and choose the product that a text means."""
        self.type_product(text)
        self.picker.press_enter()
        assert self.picker.chosen is not None

    def submit(self, quantity: str) -> None:
        """Fill in the quantity and press Enter."""
        self.view.set_quantity(quantity)
        self.presenter.submit(quantity)

    @property
    def last_said(self) -> tuple[str, MessageKind]:
        return self.said[-1]

    def _want_list(self) -> None:
        self.lists_wanted += 1
