"""A field of a form: its name above, and under it the place for what is wrong with it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import Literal

import ttkbootstrap as tb

from almoxarife.desktop.kit.theme import space

HintKind = Literal["secondary", "success"]


class Field(tb.Frame):
    """An entry with label and a line below it, which is there even when empty: a form never jumps."""

    def __init__(
        self,
        parent: tk.Misc,
        label: str,
        *,
        width: int = 32,
        secret: bool = False,
        align: Literal["left", "right"] = "left",
        stretch: bool = True,
    ) -> None:
        super().__init__(parent)
        # The last column takes what is left when the entry does not.
        self.columnconfigure(0 if stretch else 2, weight=1)
        self._hint, self._hint_kind = "", "secondary"
        self._value = tk.StringVar(self)
        tb.Label(self, text=label).grid(row=0, column=0, columnspan=3, sticky="w", pady=(0, space(self, 0.5)))
        self.entry = tb.Entry(
            self, textvariable=self._value, width=width, justify=align, show="•" if secret else ""
        )
        self.entry.grid(row=1, column=0, sticky="ew")
        self._below = tb.Label(self, font="TkSmallCaptionFont", justify="left", anchor="nw")
        self._below.grid(row=2, column=0, columnspan=3, sticky="ew", pady=(space(self, 0.25), space(self)))
        self.bind("<Configure>", lambda event: self._below.configure(wraplength=event.width))

    @property
    def text(self) -> str:
        """What has been typed."""
        return self._value.get()

    @text.setter
    def text(self, text: str) -> None:
        if text != self._value.get():
            self._value.set(text)
            self.entry.selection_clear()
        self.entry.icursor("end")

    @property
    def error(self) -> str:
        """What is said to be wrong, empty when nothing is."""
        return str(self._below.cget("text")) if "invalid" in self.entry.state() else ""

    @property
    def hint(self) -> str:
        """The remark under the field while nothing is wrong."""
        return self._hint

    def show_error(self, text: str) -> None:
        """Say what is wrong, in words, by a sign and in red; an empty text takes it back."""
        if text:
            self.entry.state(["invalid"])
            self._below.configure(text=f"⚠ {text}", bootstyle="danger")
        else:
            self.entry.state(["!invalid"])
            self._below.configure(text=self._hint, bootstyle=self._hint_kind)

    def show_hint(self, text: str, kind: HintKind = "secondary") -> None:
        """Make a remark about the field, in the place of an error."""
        self._hint, self._hint_kind = text, kind
        self.show_error("")

    def add_beside(self, widget: tk.Widget) -> None:
        """Put a child of this field at the right of the entry."""
        widget.grid(row=1, column=1, sticky="ns", padx=(space(self, 2), 0))

    def focus(self) -> None:
        """Put the cursor here, the text selected, so that typing replaces it."""
        self.entry.focus_set()
        self.entry.select_range(0, "end")
        self.entry.icursor("end")

    def on_change(self, action: Callable[[str], None]) -> None:
        """Call an action with the text whenever it changes."""
        self._value.trace_add("write", lambda *_names: action(self._value.get()))

    def on_enter(self, action: Callable[[], None]) -> None:
        """Call an action when Enter is pressed here."""
        for key in ("<Return>", "<KP_Enter>"):
            self.entry.bind(key, lambda event: action())
