"""The strip that asks what to do about a code that nobody knows."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass

import ttkbootstrap as tb

from almoxarife.desktop.cadastro.lookup.view import Keys, LookupField
from almoxarife.desktop.kit.fitted_label import FittedLabel
from almoxarife.desktop.kit.theme import space
from almoxarife.i18n import _

FIELD_WIDTH = 40
# Twice, so that it is not taken for the single bell of a code that was read wrongly.
SECOND_BELL_MS = 180


@dataclass(frozen=True)
class Actions:
    """What the person can do about the code."""

    product: Keys
    create: Callable[[], None]
    attach: Callable[[], None]
    leave: Callable[[], None]
    close: Callable[[], None]


class UnknownStrip(tb.Frame):
    """Lies over the title of the screen that is shown, whatever it is; it never takes the keyboard by itself."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent, bootstyle="bordered", padding=(space(parent, 2), space(parent)))
        self._actions: Actions | None = None
        self._had_focus: tk.Misc | None = None
        self.columnconfigure(0, weight=1)
        self.label = FittedLabel(self, font="TkHeadingFont")
        self.label.grid(row=0, column=0, sticky="ew")
        self.create = tb.Button(self, text=_("Create it (F6)"), command=lambda: self._act().create())
        self.attach = tb.Button(
            self,
            text=_("Attach it (F7)"),
            bootstyle="outline",
            command=lambda: self._act().attach(),
        )
        self.leave = tb.Button(
            self, text=_("Leave it (F9)"), bootstyle="ghost", command=lambda: self._act().leave()
        )
        for column, button in enumerate((self.create, self.attach, self.leave), start=1):
            button.grid(row=0, column=column, padx=(space(self), 0))
        self.product = LookupField(self, _("Which product has this code?"), screen=parent, width=FIELD_WIDTH)
        self.product.entry.bind("<Escape>", lambda event: self._on_escape())
        for button in (self.create, self.attach, self.leave):
            button.bind("<Escape>", lambda event: self._act().leave())

    def connect(self, actions: Actions, tag: str) -> None:
        """Let the person's actions go to the presenter; keys with this binding tag go here before any page."""
        self._actions = actions
        self.product.connect(actions.product)
        for key, button in (("<F6>", self.create), ("<F7>", self.attach), ("<F9>", self.leave)):
            self.bind_class(tag, key, lambda event, button=button: self._on_key(button))  # type: ignore[misc]

    # -- verbs of the presenters

    def show_code(self, text: str, more: str) -> None:
        """Ask what to do about a code."""
        if not text:
            self.place_forget()
            return
        said = _("⚠ Unknown code {code}").format(code=text)
        self.label.show(f"{said} {more}".strip())
        self.place(x=0, y=0, relwidth=1.0)
        self.lift()

    def open_product(self, is_open: bool) -> None:
        """Ask which product gets the code, or put the cursor back."""
        if is_open:
            if not self.product.winfo_manager():
                self._had_focus = self.focus_get()
            self.product.grid(row=1, column=0, columnspan=4, sticky="w", pady=(space(self), 0))
            self.product.focus()
            return
        was_open = bool(self.product.winfo_manager())
        self.product.grid_remove()
        if was_open and self._had_focus is not None and self._had_focus.winfo_exists():
            self._had_focus.focus_set()

    def set_busy(self, busy: bool) -> None:
        """Show that the code is being given to the product."""
        for button in (self.create, self.attach, self.leave):
            button.state(["disabled" if busy else "!disabled"])
        self.product.set_locked(busy)

    def ring(self, times: int) -> None:
        """Ring the bell, a second time after a moment."""
        self.bell()
        if times > 1:
            self.after(SECOND_BELL_MS, self.bell)

    # -- what the person does

    def _on_key(self, button: tb.Button) -> str | None:
        if not self.winfo_manager():
            return None
        button.invoke()
        # The page may have a meaning of its own for the key.
        return "break"

    def _on_escape(self) -> None:
        if not self.product.put_away():
            self._act().close()

    def _act(self) -> Actions:
        assert self._actions is not None, "connect() comes first"
        return self._actions
