"""Widgets of the page that shows what waits on this computer."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import ttkbootstrap as tb

from almoxarife.desktop.kit.kinds import Tone
from almoxarife.desktop.kit.list_rows import ListRows
from almoxarife.desktop.kit.question import Question
from almoxarife.desktop.kit.shown import is_shown
from almoxarife.desktop.kit.table import VirtualTable
from almoxarife.desktop.kit.table_column import Column
from almoxarife.desktop.kit.theme import space
from almoxarife.desktop.kit.wrapped_label import WrappedLabel
from almoxarife.i18n import _


@dataclass(frozen=True)
class Actions:
    """What the person can do on this page."""

    select: Callable[[int], None]
    again: Callable[[], None]
    all_again: Callable[[], None]
    correct: Callable[[], None]
    discard: Callable[[], None]
    confirm: Callable[[], None]
    cancel: Callable[[], None]
    leave: Callable[[], None]


class PendingScreen(tb.Frame):
    """The list, what there is to say of the selected movement, and what can be done with it."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent, padding=(space(parent, 3), space(parent, 2)))
        self._actions: Actions | None = None
        self.columnconfigure(0, weight=1)
        self.rowconfigure(2, weight=1)
        tb.Label(self, text=_("Pending movements"), font="TkCaptionFont").grid(row=0, column=0, sticky="w")
        intro = WrappedLabel(self, bootstyle="secondary")
        intro.show(
            _(
                "They are kept on this computer and sent by themselves when the server answers. Nothing is lost."
            )
        )
        intro.grid(row=1, column=0, sticky="ew", pady=(0, space(self)))
        self.table = VirtualTable(
            self,
            [
                Column(_("When"), "00/00 00:00"),
                Column(_("Movement"), "m" * 11, stretch=True),
                Column(_("Quantity"), "999.999", align="right"),
                Column(_("Situation"), "m" * 11, stretch=True),
            ],
            empty_text=_("Nothing waits: everything is registered on the server."),
            on_select=lambda place: self._act().select(place),
            on_activate=lambda place: self._act().correct(),
        )
        self.table.grid(row=2, column=0, sticky="nsew")
        self.explanation = WrappedLabel(self)
        self.explanation.grid(row=3, column=0, sticky="ew", pady=space(self))
        self._build_buttons().grid(row=4, column=0, sticky="ew")
        self.question = Question(
            self,
            yes_text=_("Discard"),
            no_text=_("Keep it (Esc)"),
            yes=lambda: self._act().confirm(),
            no=lambda: self._act().cancel(),
        )
        self.question.grid(row=5, column=0, sticky="ew", pady=(space(self), 0))
        self.question.grid_remove()
        self._bind_keys()

    def connect(self, actions: Actions) -> None:
        """Let the person's actions go to the presenter."""
        self._actions = actions

    # -- verbs of the presenter

    def show_rows(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone], selected: int | None) -> None:
        """Show the movements, the oldest first; one of them is selected."""
        self.table.show(ListRows(rows), lambda row: tones[row])
        if selected is not None:
            self.table.viewport.select(selected)
            self.table.refresh()

    def show_explanation(self, text: str) -> None:
        """Say all there is to say of the selected one."""
        self.explanation.show(text)

    def allow(self, *, again: bool, correct: bool, discard: bool, all_again: bool) -> None:
        """Let these be done with the selected one, and with all that are missing."""
        for button, allowed in (
            (self.again, again),
            (self.correct, correct),
            (self.discard, discard),
            (self.all_again, all_again),
        ):
            button.state(["!disabled" if allowed else "disabled"])

    def ask(self, text: str) -> None:
        """Ask whether to discard it."""
        self.question.ask(text)

    def stop_asking(self) -> None:
        """Ask no more."""
        self.question.stop()

    def select_row(self, row: int) -> None:
        """Select one, with the keyboard in the list."""
        self.table.viewport.select(row)
        self.table.refresh()
        self.focus_list()

    def focus_list(self) -> None:
        """Put the keyboard into the list."""
        if is_shown(self):
            self.table.tree.focus_set()

    # -- widgets

    def _build_buttons(self) -> tb.Frame:
        row = tb.Frame(self)
        row.columnconfigure(4, weight=1)
        self.again = tb.Button(
            row, text=_("Send again (F5)"), bootstyle="primary", command=lambda: self._act().again()
        )
        self.correct = tb.Button(
            row, text=_("Correct (F2)"), bootstyle="outline", command=lambda: self._act().correct()
        )
        self.discard = tb.Button(
            row, text=_("Discard (Del)"), bootstyle="outline", command=lambda: self._act().discard()
        )
        self.all_again = tb.Button(
            row, text=_("Send all missing"), bootstyle="ghost", command=lambda: self._act().all_again()
        )
        for column, button in enumerate((self.again, self.correct, self.discard, self.all_again)):
            button.grid(row=0, column=column, padx=(0, space(self)))
        return row

    def _bind_keys(self) -> None:
        tree = self.table.tree
        tree.bind("<F2>", lambda event: self._act().correct())
        tree.bind("<Delete>", lambda event: self._act().discard())
        for widget in (tree, self.again, self.correct, self.discard, self.all_again):
            widget.bind("<F5>", lambda event: self._act().again())
            widget.bind("<Escape>", lambda event: self._act().leave())

    def _act(self) -> Actions:
        assert self._actions is not None, "connect() comes first"
        return self._actions
