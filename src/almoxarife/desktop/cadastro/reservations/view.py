"""Widgets of the page with reservations."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.record.kind import RecordKind
from almoxarife.desktop.cadastro.record.view import RecordPanel
from almoxarife.desktop.cadastro.reservations.kind import Listed
from almoxarife.desktop.kit.access_key import give_key
from almoxarife.desktop.kit.shown import is_shown
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _


class ReservationsScreen(tb.Frame):
    """The list of reservations and the form for a new one."""

    def __init__(self, parent: tk.Misc, kind: RecordKind[Listed]) -> None:
        super().__init__(parent, padding=(space(parent, 3), space(parent, 2)))
        self._go_back: Callable[[], None] = lambda: None
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)
        tb.Label(self, text=_(kind.words.title), font="TkCaptionFont").grid(row=0, column=0, sticky="w")
        self.back = tb.Button(self, bootstyle="ghost", command=lambda: self._go_back())
        give_key(self.back, _("&Back to the balances"))
        self.back.grid(row=0, column=1)
        self.panel = RecordPanel(self, kind)
        self.panel.is_current = lambda: is_shown(self)
        self.panel.grid(row=1, column=0, columnspan=2, sticky="nsew", pady=(space(self, 2), 0))

    def connect(self, go_back: Callable[[], None]) -> None:
        """Let the way back go to the presenter."""
        self._go_back = go_back
