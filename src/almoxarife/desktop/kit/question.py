"""A strip across a window that asks for one decision."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

import ttkbootstrap as tb

from almoxarife.desktop.kit.fitted_label import FittedLabel
from almoxarife.desktop.kit.theme import space
from almoxarife.desktop.kit.wrapped_label import WrappedLabel


class Question(tb.Frame):
    """A sentence and two buttons; gridded by its owner, it takes no room while nothing is asked.

    Below the sentence stands what comes of it, where that needs saying.
    It takes the keyboard while it asks, and gives it back to who had it.
    """

    def __init__(
        self,
        parent: tk.Misc,
        *,
        yes_text: str,
        no_text: str,
        yes: Callable[[], None],
        no: Callable[[], None],
    ) -> None:
        super().__init__(parent, bootstyle="bordered", padding=(space(parent, 2), space(parent)))
        self._had_focus: tk.Misc | None = None
        self.columnconfigure(0, weight=1)
        self.label = FittedLabel(self, font="TkHeadingFont")
        self.label.grid(row=0, column=0, sticky="ew")
        self.details = WrappedLabel(self)
        self.details.grid(row=1, column=0, columnspan=3, sticky="ew", pady=(space(self, 0.5), 0))
        self.yes = tb.Button(self, text=yes_text, bootstyle="primary", command=yes)
        self.yes.grid(row=0, column=1, padx=space(self))
        self.no = tb.Button(self, text=no_text, bootstyle="ghost", command=no)
        self.no.grid(row=0, column=2)
        for button, other in ((self.yes, self.no), (self.no, self.yes)):
            button.bind("<Escape>", lambda event: no())
            for key in ("<Left>", "<Right>"):
                button.bind(key, lambda event, other=other: other.focus_set())

    @property
    def is_asking(self) -> bool:
        """Whether something is asked."""
        return bool(self.winfo_manager())

    def ask(self, text: str, details: str = "") -> None:
        """Ask."""
        if not self.is_asking:
            self._had_focus = self.focus_get()
        self.label.show(text)
        self.details.show(details)
        (self.details.grid if details else self.details.grid_remove)()
        self.grid()
        self.yes.focus_set()

    def stop(self) -> None:
        """Ask no more."""
        if not self.is_asking:
            return
        had_keyboard = self.focus_get() in (self.yes, self.no)
        self.grid_remove()
        if had_keyboard and self._had_focus is not None and self._had_focus.winfo_exists():
            self._had_focus.focus_set()
