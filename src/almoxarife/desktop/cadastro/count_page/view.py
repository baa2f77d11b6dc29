"""Widgets of the page on which the shelves are counted."""

from __future__ import annotations

import tkinter as tk

from almoxarife.desktop.cadastro.count.view import CountingPanel
from almoxarife.desktop.cadastro.count_agenda.view import AgendaPanel
from almoxarife.desktop.cadastro.count_history.view import HistoryPanel
from almoxarife.desktop.cadastro.count_review.view import ReviewPanel
from almoxarife.desktop.cadastro.tabs.view import TabsScreen
from almoxarife.i18n import _


class CountScreen(TabsScreen):
    """Counting, review, agenda and the counts that have ended, a tab each."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent, _("Count"))
        self._counting = self.add(_("Counting"), self._make_counting)
        self._review = self.add(_("Review"), self._make_review)
        self._agenda = self.add(_("Agenda and accuracy"), self._make_agenda)
        self._history = self.add(_("Ended counts"), self._make_history)

    @property
    def counting(self) -> CountingPanel:
        """What is counted now."""
        return self._counting()

    @property
    def review(self) -> ReviewPanel:
        """What a count has found."""
        return self._review()

    @property
    def agenda(self) -> AgendaPanel:
        """What to count next."""
        return self._agenda()

    @property
    def history(self) -> HistoryPanel:
        """The counts that have ended."""
        return self._history()

    def show_counting(self) -> None:
        """Show the first tab."""
        self.tabs.select(self.counting)

    def show_history(self) -> None:
        """Show the tab with the counts that have ended."""
        self.tabs.select(self.history)

    def _make_counting(self) -> CountingPanel:
        return CountingPanel(self.tabs, is_current=lambda: self.is_current(self.counting))

    def _make_review(self) -> ReviewPanel:
        return ReviewPanel(self.tabs, is_current=lambda: self.is_current(self.review))

    def _make_agenda(self) -> AgendaPanel:
        return AgendaPanel(self.tabs, is_current=lambda: self.is_current(self.agenda))

    def _make_history(self) -> HistoryPanel:
        return HistoryPanel(self.tabs, is_current=lambda: self.is_current(self.history))
