"""Lists and forms without a window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from almoxarife.desktop.cadastro.record.kind import RecordKind
from almoxarife.desktop.cadastro.record.presenter import RecordPresenter
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.desktop.kit.status_kind import MessageKind

from .fake_api import FakeApi
from .fakes import FakeJobs, FakeTimer


class FakeListView:
    """Remembers what a list would show."""

    def __init__(self) -> None:
        self.rows: Sequence[Sequence[str]] = ()
        self.tones: Sequence[Tone] = ()
        self.count = ""
        self.empty_text = ""

    def show_rows(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        self.rows, self.tones = rows, tones

    def add_rows(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        self.rows, self.tones = [*self.rows, *rows], [*self.tones, *tones]

    def show_count(self, text: str) -> None:
        self.count = text

    def show_empty(self, text: str) -> None:
        self.empty_text = text


class FakeFormView:
    """Remembers what the form for one thing would show."""

    def __init__(self) -> None:
        self.title = ""
        self.locked: Sequence[str] = ()
        self.usable = False
        self.actions: Sequence[str] = ()
        self.texts: dict[str, str] = {}
        self.options: dict[str, Sequence[str]] = {}
        self.errors: dict[str, str] = {}
        self.focused = ""
        self.busy = False
        self.on_change: Callable[[str, str], None] = lambda name, text: None

    def show_form(self, title: str, locked: Sequence[str], *, usable: bool) -> None:
        self.title, self.locked, self.usable = title, locked, usable

    def show_actions(self, names: Sequence[str]) -> None:
        self.actions = names

    def set_text(self, field: str, text: str) -> None:
        self.texts[field] = text
        self.on_change(field, text)

    def set_options(self, field: str, labels: Sequence[str]) -> None:
        self.options[field] = labels
        if self.texts.get(field) not in labels:
            self.set_text(field, labels[0] if labels else "")

    def show_error(self, field: str, text: str) -> None:
        self.errors[field] = text

    def focus_field(self, field: str) -> None:
        self.focused = field

    def has_cursor(self, field: str) -> bool:
        return self.focused == field

    def set_busy(self, busy: bool) -> None:
        self.busy = busy

    @property
    def wrong(self) -> dict[str, str]:
        """What is said at fields."""
        return {field: text for field, text in self.errors.items() if text}


class FakeRecordView:
    """Remembers what a page with list and form would show."""

    def __init__(self) -> None:
        self.list = FakeListView()
        self.form = FakeFormView()
        self.search = ""
        self.search_focused = 0
        self.shows_form = True

    def allow_changes(self, allowed: bool) -> None:
        self.shows_form = allowed

    def set_search(self, text: str) -> None:
        self.search = text

    def focus_search(self) -> None:
        self.search_focused += 1


class RecordStage:
    """The presenter of a kind of records, with everything around it made up."""

    def __init__(
        self,
        kind: Callable[[FakeApi], RecordKind[Any]],
        api: FakeApi | None = None,
        made: Callable[[object], None] = lambda answer: None,
    ) -> None:
        self.api = api or FakeApi()
        self.jobs = FakeJobs()
        self.timer = FakeTimer()
        self.view = FakeRecordView()
        self.said: list[tuple[str, MessageKind]] = []
        self.presenter = RecordPresenter(
            kind(self.api),
            self.jobs,
            self.timer,
            self.view,
            say=lambda text, kind: self.said.append((text, kind)),
            made=made,
        )
        self.view.form.on_change = self.presenter.form.type
        self.presenter.reset()
        self.presenter.start()

    def fill(self, **texts: str) -> None:
        """Fill in fields."""
        for name, text in texts.items():
            self.view.form.set_text(name, text)
