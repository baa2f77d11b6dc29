"""The line at the bottom of a window: connection at the left, what happened last beside it."""

from __future__ import annotations

import tkinter as tk

import ttkbootstrap as tb

from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.kit.theme import space
from almoxarife.desktop.kit.wrapped_label import wrap_at_width

_SIGNS: dict[MessageKind, str] = {"plain": "", "success": "✓ ", "danger": "⚠ "}
_STYLES: dict[MessageKind, str] = {
    "plain": "@chrome",
    "success": "success @chrome",
    "danger": "danger @chrome",
}


class StatusBar(tb.Frame):
    """Says by sign, word and colour how the connection is and what the last action came to.

    A message that is longer than the line is wrapped: what to do next often stands at its end.
    """

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent, bootstyle="@chrome", padding=(space(parent, 2), space(parent, 0.75)))
        self.columnconfigure(2, weight=1)
        self._connection = tb.Label(self, bootstyle="secondary @chrome")
        self._connection.grid(row=0, column=0, sticky="n", padx=(0, space(parent, 3)))
        # Between them what else there is to know; the window says what a press on it does.
        self.pending = tb.Button(self, bootstyle="ghost @chrome", padding=0)
        self.pending.grid(row=0, column=1, sticky="n", padx=(0, space(parent, 3)))
        self.pending.grid_remove()
        # Its own width asks for nothing, so that a long message wraps instead of widening the window.
        self._message = tb.Label(self, bootstyle="@chrome", anchor="w", justify="left", width=1)
        self._message.grid(row=0, column=2, sticky="new")
        wrap_at_width(self._message)

    @property
    def text(self) -> str:
        """The message, with its sign."""
        return str(self._message.cget("text"))

    @property
    def connection_text(self) -> str:
        """What is said about the connection."""
        return str(self._connection.cget("text"))

    def show_connection(self, text: str, *, connected: bool | None) -> None:
        """Say how the connection is; None while that is not known yet."""
        sign = "●" if connected else "○"
        style = "secondary" if connected is None else ("success" if connected else "danger")
        self._connection.configure(text=f"{sign} {text}", bootstyle=f"{style} @chrome")

    @property
    def pending_text(self) -> str:
        """What is said to wait; an empty text for nothing."""
        return str(self.pending.cget("text")) if self.pending.winfo_manager() else ""

    def show_pending(self, text: str, *, alarming: bool) -> None:
        """Say what waits to be sent or decided about; an empty text: nothing."""
        style = "danger ghost @chrome" if alarming else "ghost @chrome"
        self.pending.configure(text=f"⚠ {text}" if alarming else text, bootstyle=style)
        (self.pending.grid if text else self.pending.grid_remove)()

    def show_message(self, text: str, kind: MessageKind = "plain") -> None:
        """Say what happened; an empty text says nothing."""
        font = "TkDefaultFont" if kind == "plain" else "TkHeadingFont"
        self._message.configure(text=_SIGNS[kind] + text if text else "", bootstyle=_STYLES[kind], font=font)
