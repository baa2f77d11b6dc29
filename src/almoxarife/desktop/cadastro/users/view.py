"""Widgets of the page of users."""

from __future__ import annotations

import tkinter as tk
from typing import Any

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.record.kind import RecordKind
from almoxarife.desktop.cadastro.record.view import RecordPanel
from almoxarife.desktop.kit.shown import is_shown
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _


class UsersScreen(tb.Frame):
    """The list of accounts and the form for one."""

    def __init__(self, parent: tk.Misc, kind: RecordKind[Any]) -> None:
        super().__init__(parent, padding=(space(parent, 3), space(parent, 2)))
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)
        tb.Label(self, text=_(kind.words.title), font="TkCaptionFont").grid(row=0, column=0, sticky="w")
        self.panel = RecordPanel(self, kind)
        self.panel.is_current = lambda: is_shown(self)
        self.panel.grid(row=1, column=0, sticky="nsew", pady=(space(self, 2), 0))
