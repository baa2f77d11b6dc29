"""Stand-ins for the thread pool, the clock and the screens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from almoxarife.desktop.cadastro.lookup.presenter import Named


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
    advised: bool = False
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

    def show_advice(self, text: str) -> None:
        self.message, self.advised = text, True

    def set_busy(self, busy: bool) -> None:
        self.busy = busy

    @property
    def wrong(self) -> dict[str, str]:
        """What is said at fields."""
        return {field: text for field, text in self.errors.items() if text}


@dataclass
class FakeLookupView:
    """Remembers what a field with a list under it would show."""

    text: str = ""
    hint: str = ""
    error: str = ""
    offers: list[str] = field(default_factory=list)
    marked: int | None = None
    offered_creation: str = ""
    # Texts put into the field go to the presenter like typed ones, as in the window.
    on_change: Callable[[str], None] = lambda text: None

    def set_text(self, text: str) -> None:
        self.text = text
        self.on_change(text)

    def show_remark(self, text: str, *, chosen: bool) -> None:
        self.hint = f"✓ {text}" if chosen else text

    def show_error(self, text: str) -> None:
        self.error = text

    def offer(self, found: Sequence[Named], marked: int) -> None:
        self.offers, self.marked = [one.name for one in found], marked

    def offer_creation(self, name: str) -> None:
        self.offered_creation = name

    def hide_offers(self) -> None:
        self.offers, self.marked, self.offered_creation = [], None, ""
