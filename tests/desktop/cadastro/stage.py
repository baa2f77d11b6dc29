"""A form for movements without a window."""

from __future__ import annotations

import itertools
import shutil
import tempfile
import weakref
from collections.abc import Callable, Collection, Sequence
from datetime import date
from pathlib import Path

from almoxarife.client.errors import Refused
from almoxarife.client.movements import Entry
from almoxarife.client.outbox.delivery import Delivery
from almoxarife.client.outbox.store import Outbox
from almoxarife.desktop.cadastro.calls import Calls
from almoxarife.desktop.cadastro.entry.form import FORM as ENTRY
from almoxarife.desktop.cadastro.movement.form import MovementForm
from almoxarife.desktop.cadastro.movement.presenter import MovementPresenter
from almoxarife.desktop.cadastro.pending.dispatch import Dispatch
from almoxarife.desktop.kit.status_kind import MessageKind

from .fake_api import FakeApi
from .fakes import FakeConnectionView, FakeJobs, FakeLookupView, FakeTimer


class FakeMovementView:
    """Remembers what a screen for movements would show."""

    def __init__(self, form: MovementForm) -> None:
        self.product = FakeLookupView()
        has_partner = any(detail.kind == "partner" for detail in form.details)
        self.partner = FakeLookupView() if has_partner else None
        self.texts: dict[str, str] = {}
        self.errors: dict[str, str] = {}
        self.options: dict[str, Sequence[str]] = {}
        self.shown: Collection[str] = ()
        self.unit = ""
        self.focused = ""
        self.busy = False
        self.on_change: Callable[[str, str], None] = lambda name, text: None

    def return_to_product(self) -> None:
        self.focused = "product, at its end"

    def focus_field(self, field: str) -> None:
        self.focused = f"{field}, selected"

    def go_on_to_quantity(self) -> None:
        if not self.focused.startswith("quantity"):
            self.focused = "quantity"

    def set_text(self, field: str, text: str) -> None:
        self.texts[field] = text
        self.on_change(field, text)

    def set_options(self, field: str, labels: Sequence[str]) -> None:
        self.options[field] = labels
        if self.texts.get(field) not in labels:
            self.set_text(field, labels[0] if labels else "")

    def show_fields(self, fields: Collection[str]) -> None:
        self.shown = fields

    def show_unit(self, text: str) -> None:
        self.unit = text

    def show_error(self, field: str, text: str) -> None:
        self.errors[field] = text

    def set_busy(self, busy: bool) -> None:
        self.busy = busy

    @property
    def wrong(self) -> dict[str, str]:
        """What is said at fields."""
        return {field: text for field, text in self.errors.items() if text}

    @property
    def quantity_error(self) -> str:
        return self.errors.get("quantity", "")

    @property
    def product_text(self) -> str:
        return self.product.text

    @property
    def quantity_text(self) -> str:
        return self.texts.get("quantity", "")


def temporary_outbox(owner: object) -> Outbox:
    """Return an outbox of its own folder, which goes with its owner."""
    folder = Path(tempfile.mkdtemp(prefix="outbox-"))
    outbox = Outbox(folder, "http://127.0.0.1:5000")

    def put_away() -> None:
        outbox.close()
        shutil.rmtree(folder)

    weakref.finalize(owner, put_away)
    return outbox


class MovementStage:
    """The presenter of a form for movements, with everything around it made up."""

    def __init__(self, form: MovementForm = ENTRY) -> None:
        self.api = FakeApi()
        self.api.username = "maria"
        self.api.add_products("Parafuso 10mm", "Parafuso sextavado 8", "Café torrado", "Porca 10mm")
        self.jobs = FakeJobs()
        self.timer = FakeTimer()
        self.view = FakeMovementView(form)
        self.calls = Calls(self.jobs, self.timer, self.api.health, FakeConnectionView())
        self.said: list[tuple[str, MessageKind]] = []
        self.outbox = temporary_outbox(self)
        self.pending = ""
        # Registered when nobody waited for it any more.
        self.late: list[Entry] = []
        self.dispatch = Dispatch(
            self.outbox,
            Delivery(self.outbox, self.api.post),
            self.api.receipt_at,
            self.jobs,
            self.calls,
            self.timer,
            self,
            connected=lambda: self.calls.connected,
            say=lambda text, kind: self.said.append((text, kind)),
        )
        self.dispatch.registered = self.late.append
        self.dispatch.begin("maria")
        self.registered: list[Entry] = []
        self.created: list[str] = []
        numbers = itertools.count(1)
        self.presenter = MovementPresenter(
            self.api,
            self.dispatch,
            self.calls,
            self.timer,
            self.view,
            form,
            new_id=lambda: f"id-{next(numbers)}",
            today=lambda: date(2026, 11, 24),
            say=lambda text, kind: self.said.append((text, kind)),
            registered=self.registered.append,
            create=self.created.append,
        )
        self.picker = self.presenter.picker
        self.view.product.on_change = self.picker.type
        self.view.on_change = self.presenter.type
        if self.view.partner is not None and self.presenter.partner is not None:
            self.view.partner.on_change = self.presenter.partner.type

    def show_pending(self, text: str, *, alarming: bool) -> None:
        self.pending = f"⚠ {text}" if alarming else text

    def come_back(self) -> None:
        """Let the server answer again, and what waits be sent."""
        self.api.come_back()
        self.dispatch.deliver()

    def type_product(self, text: str, *, pause: bool = True) -> None:
        """Type a text, and pause long enough for the server to be asked."""
        self.view.product.set_text(text)
        if pause:
            self.timer.pass_seconds(0.2)

    def choose(self, text: str) -> None:
        """Type and choose the product that a text means."""
        self.type_product(text)
        self.picker.press_enter()
        assert self.picker.chosen is not None

    def submit(self, quantity: str) -> None:
        """Fill in the quantity and press Enter."""
        self.view.set_text("quantity", quantity)
        self.presenter.submit()

    def submit_held(self, quantity: str) -> None:
        """Press Enter, and let the movement be kept but not be answered yet."""
        self.jobs.held = True
        self.submit(quantity)
        self.jobs.release_one()

    def refuse(self, message: str, field: str) -> None:
        """Let the server refuse what is registered."""
        self.api.trouble_of = {"register": Refused(message, status=400, code="campo_invalido", field=field)}

    @property
    def last_said(self) -> tuple[str, MessageKind]:
        return self.said[-1]
