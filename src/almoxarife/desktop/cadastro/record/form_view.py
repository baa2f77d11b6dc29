"""The form for one of the things that the shop keeps."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.record.kind import RecordKind
from almoxarife.desktop.kit.busy_button import BusyButton
from almoxarife.desktop.kit.field import ChoiceField, Field
from almoxarife.desktop.kit.fitted_label import FittedLabel
from almoxarife.desktop.kit.scroll_frame import ScrollFrame
from almoxarife.desktop.kit.shown import is_shown
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _

WIDTH_STEPS = 34
FIELD_WIDTH = 24


class FormPanel(tb.Frame):
    """Title, fields and buttons; Enter keeps what is filled in, Esc leaves it."""

    def __init__(self, parent: tk.Misc, kind: RecordKind[Any], *, is_current: Callable[[], bool]) -> None:
        super().__init__(parent, bootstyle="bordered", padding=space(parent, 2))
        self._kind = kind
        self._is_current = is_current
        self._type: Callable[[str, str], None] = lambda name, text: None
        self._save: Callable[[], None] = lambda: None
        self._act: Callable[[str], None] = lambda name: None
        self._new: Callable[[], None] = lambda: None
        self._usable = True
        self._locked: Sequence[str] = ()
        self.columnconfigure(0, weight=1, minsize=space(self, WIDTH_STEPS))
        self.rowconfigure(1, weight=1)
        self._title = FittedLabel(self, font="TkHeadingFont")
        self._title.grid(row=0, column=0, sticky="ew", pady=(0, space(self)))
        self._scroll = ScrollFrame(self)
        self._scroll.grid(row=1, column=0, sticky="nsew")
        self._scroll.body.columnconfigure(0, weight=1)
        self.fields: dict[str, Field] = {}
        for row, field in enumerate(kind.fields):
            make = ChoiceField if field.kind == "choice" else Field
            widget = make(self._scroll.body, _(field.label), width=FIELD_WIDTH, secret=field.kind == "secret")
            widget.grid(row=row, column=0, sticky="ew", padx=(0, space(self)))
            widget.on_change(partial(self._on_type, field.name))
            widget.on_enter(lambda: self._save())
            widget.entry.bind("<Escape>", lambda event: self._new())
            self.fields[field.name] = widget
        self._build_buttons().grid(row=2, column=0, sticky="ew", pady=(space(self), 0))

    @property
    def title(self) -> str:
        """What is said to be filled in."""
        return self._title.text

    def connect(
        self,
        *,
        change: Callable[[str, str], None],
        save: Callable[[], None],
        act: Callable[[str], None],
        new: Callable[[], None],
    ) -> None:
        """Let the person's actions go to the presenter."""
        self._type, self._save, self._act, self._new = change, save, act, new

    # -- verbs of the presenter

    def show_form(self, title: str, locked: Sequence[str], *, usable: bool) -> None:
        """Say what is filled in."""
        self._usable, self._locked = usable, locked
        self._title.show(title)
        if not str(self.focus_get()).startswith(f"{self._scroll.body}."):
            self._scroll.canvas.yview_moveto(0)
        self._lock(busy=False)

    def show_actions(self, names: Sequence[str]) -> None:
        """Show the buttons of these actions and no others."""
        for name, button in self.actions.items():
            if name in names:
                button.grid()
            else:
                button.grid_remove()

    def set_text(self, field: str, text: str) -> None:
        """Put a text into a field."""
        self.fields[field].text = text

    def set_options(self, field: str, labels: Sequence[str]) -> None:
        """Set what can be chosen in a field."""
        widget = self.fields[field]
        assert isinstance(widget, ChoiceField), f"{field} is no choice"
        widget.set_options(labels)

    def show_error(self, field: str, text: str) -> None:
        """Say what is wrong with a field."""
        self.fields[field].show_error(text)

    def focus_field(self, field: str) -> None:
        """Put the cursor into a field."""
        if self._is_current() and is_shown(self):
            self.fields[field].focus()

    def has_cursor(self, field: str) -> bool:
        """Tell whether the cursor is in a field."""
        return self.focus_get() is self.fields[field].entry

    def set_busy(self, busy: bool) -> None:
        """Show that something is being kept."""
        self.button.set_busy(busy)
        self._lock(busy=busy)

    # -- widgets

    def _build_buttons(self) -> tb.Frame:
        buttons = tb.Frame(self)
        reads_only = self._kind.create is None and self._kind.change is None
        # Alike under a third one; alone they would take the list's place where the window is small.
        buttons.columnconfigure((0, 1), weight=1, uniform="" if reads_only else "button")
        self.button = BusyButton(buttons, _("Sa&ve"), _("Saving…"), lambda: self._save())
        self.button.grid(row=0, column=0, columnspan=2, sticky="ew", pady=(0, space(self, 0.5)))
        if reads_only:
            # There is nothing to keep, only something to read.
            self.button.grid_remove()
        self.actions: dict[str, tb.Button] = {}
        for action in self._kind.actions:
            button = tb.Button(
                buttons, text=_(action.label), bootstyle="outline", command=partial(self._on_act, action.name)
            )
            # No two of them apply to the same one.
            button.grid(row=1, column=0, sticky="ew", padx=(0, space(self, 0.5)))
            button.grid_remove()
            self.actions[action.name] = button
        text = _("New (Esc)") if self._kind.create is not None else _("Leave (Esc)")
        self.leave = tb.Button(buttons, text=text, bootstyle="ghost", command=lambda: self._new())
        self.leave.grid(row=1, column=1, sticky="ew")
        for widget in (self.button, self.leave, *self.actions.values()):
            widget.bind("<Escape>", lambda event: self._new())
        return buttons

    def _lock(self, *, busy: bool) -> None:
        for name, field in self.fields.items():
            field.set_locked(busy or not self._usable or name in self._locked)
        if not busy:
            self.button.state(["!disabled" if self._usable else "disabled"])

    def _on_type(self, name: str, text: str) -> None:
        self._type(name, text)

    def _on_act(self, name: str) -> None:
        self._act(name)
