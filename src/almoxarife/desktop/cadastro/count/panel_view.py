"""What the tabs that are about one count have in common: which count, how far it is, and a question."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from typing import Protocol

import ttkbootstrap as tb

from almoxarife.desktop.kit.field import ChoiceField
from almoxarife.desktop.kit.question import Question
from almoxarife.desktop.kit.table import VirtualTable
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _

COUNT_WIDTH = 36


class CountActions(Protocol):
    """What the person can do on each of these tabs."""

    @property
    def choose(self) -> Callable[[str], None]:
        """Look at the count with a label."""

    @property
    def confirm(self) -> Callable[[], None]:
        """Do what was asked."""

    @property
    def cancel(self) -> Callable[[], None]:
        """Do nothing of what was asked."""


class CountPanel(tb.Frame):
    """A head with the choice of the count, and a question that its owner puts below everything else."""

    table: VirtualTable

    def __init__(
        self, parent: tk.Misc, *, is_current: Callable[[], bool], actions: Callable[[], CountActions]
    ) -> None:
        super().__init__(parent)
        self._is_current = is_current
        self._setting = False
        self._actions_of_count = actions
        self.columnconfigure(0, weight=1)
        self.head = tb.Frame(self)
        self.head.columnconfigure(0, weight=1)
        self.head.grid(row=0, column=0, sticky="ew")
        self.count = ChoiceField(self.head, _("Count"), width=COUNT_WIDTH)
        self.count.grid(row=0, column=0, sticky="new")
        self.count.on_change(self._on_choose)
        self.question = Question(
            self,
            yes_text=_("Yes"),
            no_text=_("No (Esc)"),
            yes=lambda: actions().confirm(),
            no=lambda: actions().cancel(),
        )

    # -- verbs of the presenters

    def set_counts(self, labels: Sequence[str], chosen: str) -> None:
        """Set which counts can be chosen, and which one is; the first one for an empty label."""
        # What is set is no choice of the person.
        self._setting = True
        self.count.set_options(labels)
        if chosen:
            self.count.text = chosen
        self._setting = False

    def show_progress(self, text: str) -> None:
        """Say how far the count is."""
        self.count.show_hint(text)

    def show_empty(self, text: str) -> None:
        """Set what stands in place of the rows when there are none."""
        self.table.set_empty_text(text)

    def ask(self, text: str, details: str = "") -> None:
        """Ask whether to do what was pressed, with what comes of it."""
        self.question.ask(text, details)

    def stop_asking(self) -> None:
        """Ask no more."""
        self.question.stop()

    # -- for the tabs

    def place_question(self, row: int) -> None:
        """Put the question into a row; it takes no room while nothing is asked."""
        self.question.grid(row=row, column=0, sticky="ew", pady=(space(self), 0))
        self.question.grid_remove()

    def _on_choose(self, label: str) -> None:
        if not self._setting:
            self._actions_of_count().choose(label)
