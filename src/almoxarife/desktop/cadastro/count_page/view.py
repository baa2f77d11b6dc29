"""Widgets of the page on which the shelves are counted."""

from __future__ import annotations

import tkinter as tk

from almoxarife.desktop.cadastro.count.view import CountingPanel
from almoxarife.desktop.cadastro.count_agenda.view import AgendaPanel
from almoxarife.desktop.cadastro.count_review.view import ReviewPanel
from almoxarife.desktop.cadastro.tabs.view import TabsScreen
from almoxarife.i18n import _


class CountScreen(TabsScreen):
    """Counting, review and agenda, a tab each."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent, _("Count"))
        self.counting = CountingPanel(self.tabs, is_current=lambda: self.is_current(self.counting))
        self.add(self.counting, _("Counting"))
        self.review = ReviewPanel(self.tabs, is_current=lambda: self.is_current(self.review))
        self.add(self.review, _("Review"))
        self.agenda = AgendaPanel(self.tabs, is_current=lambda: self.is_current(self.agenda))
        self.add(self.agenda, _("Agenda and accuracy"))

    def show_counting(self) -> None:
        """Show the first tab."""
        self.tabs.select(self.counting)
