"""Widgets of the tab with webhooks."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import Any

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.record.kind import RecordKind
from almoxarife.desktop.cadastro.record.view import RecordPanel
from almoxarife.desktop.kit.field import Field
from almoxarife.desktop.kit.theme import space
from almoxarife.desktop.kit.wrapped_label import WrappedLabel
from almoxarife.i18n import _

SECRET_WIDTH = 24


class WebhooksPanel(tb.Frame):
    """List and form, and below them the secret of one that was made."""

    def __init__(self, parent: tk.Misc, kind: RecordKind[Any], *, is_current: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._copy: Callable[[], None] = lambda: None
        self._hide: Callable[[], None] = lambda: None
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self.records = RecordPanel(self, kind)
        self.records.is_current = is_current
        self.records.grid(row=0, column=0, sticky="nsew")
        self._strip = self._build_strip()
        self._strip.grid(row=1, column=0, sticky="ew", pady=(space(self), 0))
        self._strip.grid_remove()

    @property
    def secret_text(self) -> str:
        """What is said about a secret, empty while none is shown."""
        return self._about.text if self._strip.winfo_manager() else ""

    def connect(self, copy: Callable[[], None], hide: Callable[[], None]) -> None:
        """Let the person's actions go to the presenter."""
        self._copy, self._hide = copy, hide

    # -- verbs of the presenter

    def show_secret(self, text: str, secret: str) -> None:
        """Show a secret and what it is."""
        self._about.show(text)
        self.secret.set_locked(False)
        self.secret.text = secret
        self.secret.set_locked(True)
        if secret:
            self._strip.grid()
            if self.records.is_current():
                self.copy.focus_set()
        elif self._strip.winfo_manager():
            # What is hidden must not keep the keyboard.
            had_keyboard = self.focus_get() in (self.secret.entry, self.copy, self.kept)
            self._strip.grid_remove()
            if had_keyboard:
                self.records.focus_search()

    def copy_text(self, text: str) -> None:
        """Put a text into the clipboard."""
        self.clipboard_clear()
        self.clipboard_append(text)

    # -- widgets

    def _build_strip(self) -> tb.Frame:
        strip = tb.Frame(self, bootstyle="bordered", padding=space(self))
        strip.columnconfigure(0, weight=1)
        self._about = WrappedLabel(strip)
        self._about.grid(row=0, column=0, columnspan=3, sticky="ew", pady=(0, space(self, 0.5)))
        self.secret = Field(strip, "", width=SECRET_WIDTH, bare=True)
        self.secret.grid(row=1, column=0, sticky="ew")
        self.copy = tb.Button(strip, text=_("Copy secret"), bootstyle="primary", command=lambda: self._copy())
        self.copy.grid(row=1, column=1, padx=space(self))
        self.kept = tb.Button(
            strip, text=_("It is kept (Esc)"), bootstyle="outline", command=lambda: self._hide()
        )
        self.kept.grid(row=1, column=2)
        for widget in (self.secret.entry, self.copy, self.kept):
            widget.bind("<Escape>", lambda event: self._hide())
        return strip
