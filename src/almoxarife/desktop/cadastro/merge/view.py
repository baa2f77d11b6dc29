"""Widgets for letting another product take the place of one."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.lookup.view import Keys, LookupField
from almoxarife.desktop.kit.busy_button import BusyButton
from almoxarife.desktop.kit.question import Question
from almoxarife.desktop.kit.theme import space
from almoxarife.desktop.kit.wrapped_label import WrappedLabel
from almoxarife.i18n import _

FIELD_WIDTH = 44


@dataclass(frozen=True)
class Actions:
    """What the person can do here."""

    product: Keys
    press: Callable[[], None]
    confirm: Callable[[], None]
    cancel: Callable[[], None]


class MergePanel(tb.Frame):
    """What merging means, the product that stays, the button, and the question before it is done."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent, padding=space(parent, 2))
        self._actions: Actions | None = None
        self.is_current: Callable[[], bool] = lambda: True
        self.columnconfigure(0, weight=1)
        self.rowconfigure(3, weight=1)
        explained = WrappedLabel(self)
        explained.show(
            _(
                "For two products that are the same. This one goes out of use and the other one takes its place; "
                "the history of both can still be read. This one must have no stock: adjust it to zero first."
            )
        )
        explained.grid(row=0, column=0, sticky="ew", pady=(0, space(self, 2)))
        self.product = LookupField(self, _("Product that stays"), screen=self, width=FIELD_WIDTH)
        self.product.grid(row=1, column=0, sticky="w")
        self.button = BusyButton(self, _("&Merge…"), _("Merging…"), lambda: self._act().press())
        self.button.grid(row=2, column=0, sticky="w", pady=(space(self), 0))
        self.question = Question(
            self,
            yes_text=_("Merge"),
            no_text=_("Leave it (Esc)"),
            yes=lambda: self._act().confirm(),
            no=lambda: self._act().cancel(),
        )
        self.question.grid(row=4, column=0, sticky="ew")
        self.question.grid_remove()

    def connect(self, actions: Actions) -> None:
        """Let the person's actions go to the presenter."""
        self._actions = actions
        self.product.connect(actions.product)

    def focus_product(self) -> None:
        """Put the cursor into the field."""
        if self.is_current():
            self.product.focus()

    def focus_button(self) -> None:
        """Put the keyboard on the button."""
        if self.is_current():
            self.button.focus_set()

    def ask(self, text: str) -> None:
        """Ask whether to do it."""
        self.question.ask(text)

    def stop_asking(self) -> None:
        """Ask no more."""
        self.question.stop()

    def set_busy(self, busy: bool) -> None:
        """Show that it is being done."""
        self.button.set_busy(busy)
        self.product.set_locked(busy)

    def _act(self) -> Actions:
        assert self._actions is not None, "connect() comes first"
        return self._actions
