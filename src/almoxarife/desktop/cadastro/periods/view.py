"""Widgets of the forms that close a period and open it again."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.periods.presenter import REASON, SINCE, UNTIL, FormName
from almoxarife.desktop.kit.busy_button import BusyButton
from almoxarife.desktop.kit.field import Field
from almoxarife.desktop.kit.question import Question
from almoxarife.desktop.kit.scroll_frame import ScrollFrame
from almoxarife.desktop.kit.theme import space
from almoxarife.desktop.kit.wrapped_label import WrappedLabel
from almoxarife.i18n import _

DAY_WIDTH, REASON_WIDTH = 14, 20


@dataclass(frozen=True)
class Actions:
    """What the person can do on these forms."""

    type: Callable[[str, str], None]
    close: Callable[[], None]
    reopen: Callable[[], None]
    confirm: Callable[[], None]
    cancel: Callable[[], None]


class _Form(tb.Frame):
    """A heading, what there is to know, fields and the button."""

    def __init__(
        self,
        parent: tk.Misc,
        title: str,
        remark: str,
        fields: Sequence[tuple[str, str, int]],
        *,
        action: str,
        busy: str,
        submit: Callable[[], None],
        cancel: Callable[[], None],
    ) -> None:
        super().__init__(parent, bootstyle="bordered", padding=space(parent, 2))
        self.columnconfigure(0, weight=1)
        tb.Label(self, text=title, font="TkHeadingFont").grid(row=0, column=0, sticky="w")
        label = WrappedLabel(self, bootstyle="secondary")
        label.show(remark)
        label.grid(row=1, column=0, sticky="ew", pady=(space(self, 0.5), space(self)))
        self.fields: dict[str, Field] = {}
        for row, (name, text, width) in enumerate(fields, start=2):
            field = Field(self, text, width=width, stretch=width == REASON_WIDTH)
            field.grid(row=row, column=0, sticky="ew")
            field.on_enter(submit)
            field.entry.bind("<Escape>", lambda event: cancel())
            self.fields[name] = field
        self.button = BusyButton(self, action, busy, submit)
        self.button.grid(row=len(fields) + 2, column=0, sticky="w")

    def set_busy(self, busy: bool) -> None:
        """Show that it is being done."""
        self.button.set_busy(busy)
        for field in self.fields.values():
            field.set_locked(busy)


class PeriodsPanel(tb.Frame):
    """What is closed; the form that closes; for administrators the one that opens again."""

    def __init__(self, parent: tk.Misc, *, is_current: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._actions: Actions | None = None
        self._is_current = is_current
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)
        self.state_label = WrappedLabel(self, font="TkHeadingFont")
        self.state_label.grid(row=0, column=0, sticky="ew", pady=(0, space(self)))
        self._scroll = ScrollFrame(self)
        self._scroll.grid(row=1, column=0, sticky="nsew")
        self._scroll.body.columnconfigure((0, 1), weight=1, uniform="form")
        self.forms: dict[FormName, _Form] = {"close": self._build_closing(), "reopen": self._build_opening()}
        for column, form in enumerate(self.forms.values()):
            form.grid(row=0, column=column, sticky="new", padx=(0, space(self)))
        self.question = Question(
            self,
            yes_text=_("Yes"),
            no_text=_("No (Esc)"),
            yes=lambda: self._act().confirm(),
            no=lambda: self._act().cancel(),
        )
        self.question.grid(row=2, column=0, sticky="ew", pady=(space(self), 0))
        self.question.grid_remove()
        self.fields = {name: field for form in self.forms.values() for name, field in form.fields.items()}
        for name, field in self.fields.items():
            field.on_change(partial(self._on_type, name))

    def connect(self, actions: Actions) -> None:
        """Let the person's actions go to the presenter."""
        self._actions = actions

    # -- verbs of the presenter

    def show_state(self, text: str) -> None:
        """Say what is closed."""
        self.state_label.show(text)

    def show_reopening(self, shown: bool) -> None:
        """Show the form that opens again, or do not."""
        form = self.forms["reopen"]
        (form.grid if shown else form.grid_remove)()

    def set_text(self, field: str, text: str) -> None:
        """Put a text into a field."""
        self.fields[field].text = text

    def show_error(self, field: str, text: str) -> None:
        """Say what is wrong with a field."""
        self.fields[field].show_error(text)

    def focus_field(self, field: str) -> None:
        """Put the cursor into a field."""
        if self._is_current():
            self.fields[field].focus()

    def ask(self, text: str) -> None:
        """Ask whether to do what a form says."""
        self.question.ask(text)

    def stop_asking(self) -> None:
        """Ask no more."""
        self.question.stop()

    def set_form_busy(self, form: FormName, busy: bool) -> None:
        """Show that a form is being done."""
        self.forms[form].set_busy(busy)

    # -- widgets

    def _build_closing(self) -> _Form:
        return _Form(
            self._scroll.body,
            _("Close a period"),
            _("What is dated up to this day stays as it is. Only an administrator opens it again."),
            [(UNTIL, _("Last day to close"), DAY_WIDTH)],
            action=_("&Close period"),
            busy=_("Closing…"),
            submit=lambda: self._act().close(),
            cancel=lambda: self._act().cancel(),
        )

    def _build_opening(self) -> _Form:
        return _Form(
            self._scroll.body,
            _("Open a period again"),
            _("Who opened it, when and why is kept in the audit list."),
            [
                (SINCE, _("First day to open (empty: everything)"), DAY_WIDTH),
                (REASON, _("Why"), REASON_WIDTH),
            ],
            action=_("&Open again"),
            busy=_("Opening…"),
            submit=lambda: self._act().reopen(),
            cancel=lambda: self._act().cancel(),
        )

    def _on_type(self, field: str, text: str) -> None:
        self._act().type(field, text)

    def _act(self) -> Actions:
        assert self._actions is not None, "connect() comes first"
        return self._actions
