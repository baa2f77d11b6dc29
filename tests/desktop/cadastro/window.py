"""The whole program in a real window, with a server in memory."""

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Callable, Sequence
from pathlib import Path

import ttkbootstrap as tb

from almoxarife.client.outbox.store import Outbox
from almoxarife.desktop.cadastro.app import Program
from almoxarife.desktop.cadastro.movement.view import MovementScreen
from almoxarife.desktop.cadastro.products.view import ProductsScreen
from almoxarife.desktop.cadastro.scanning.burst import GAP_MS
from almoxarife.desktop.kit.preferences import Preferences

from .fake_api import FakeApi

LIMIT_S = 20.0
KEY_NAMES = {" ": "space", ".": "period", ",": "comma", "-": "minus", "/": "slash"}


class ProgramWindow:
    """What a test sees and does as a person would."""

    def __init__(self, api: FakeApi, folder: Path, *, dark: bool = False) -> None:
        preferences = Preferences(folder)
        if dark:
            preferences.dark = True
        self.api = api
        self._clock_ms = 1_000
        self.program = Program(api, preferences, Outbox(folder, "http://127.0.0.1:5000"))
        self.window = self.program.window
        self.program.start()
        self.wait(lambda: self.program.calls.connected is not None)
        # Without a window manager nobody else gives the window the keyboard.
        (self.window.focus_lastfor() or self.window).focus_force()
        self.update()

    def close(self) -> None:
        if self.is_open:
            self.program.jobs.close()
            self.window.destroy()
        self.program.outbox.close()

    @property
    def is_open(self) -> bool:
        try:
            return bool(self.window.winfo_exists())
        except tk.TclError:
            return False

    def update(self, seconds: float = 0.0) -> None:
        """Let the window work for a while."""
        end = time.monotonic() + seconds
        self.window.update()
        while time.monotonic() < end:
            time.sleep(0.005)
            self.window.update()

    def wait(self, true: Callable[[], object], what: str = "") -> None:
        """Let the window work until something is true."""
        end = time.monotonic() + LIMIT_S
        while not true():
            assert time.monotonic() < end, what or f"not within {LIMIT_S} s"
            self.update(0.01)
        self.update()

    # -- what a person does

    def press(self, *keys: str) -> None:
        """Press keys where the cursor is."""
        for key in keys:
            # A widget gets the keyboard when it is drawn, not before.
            self.update()
            widget = self.window.focus_get()
            assert widget is not None, f"nothing has the keyboard for {key}"
            widget.event_generate(f"<{key}>")
            self.update()

    def type(self, text: str) -> None:
        """Type a text of ASCII letters, digits and spaces."""
        self.press(*(f"Key-{KEY_NAMES.get(letter, letter)}" for letter in text))

    def press_at(self, *keys: str, after_ms: int) -> None:
        """Press keys as a keyboard does, so many milliseconds after each other by the screen's own clock."""
        self.update()
        for key in keys:
            self._clock_ms += after_ms
            widget = self.window.focus_get()
            assert widget is not None, f"nothing has the keyboard for {key}"
            widget.event_generate(f"<Key-{KEY_NAMES.get(key, key)}>", time=self._clock_ms)
            if after_ms > GAP_MS:
                self.update(after_ms / 1_000)
        self.update()

    def scan(self, *codes: str) -> None:
        """Scan one code after another, and wait until what they stand for is known."""
        for code in codes:
            self._clock_ms += 100
            self.press_at(*code, "Return", after_ms=2)
        self.update(0.05)

    def log_in(self, username: str = "maria", password: str = "segredo") -> None:
        """Answer Sim and log in."""
        if self.screen == "welcome":
            self.program.welcome.yes.invoke()
        fields = self.program.login.fields
        fields["username"].text, fields["password"].text = username, password
        self.program.login.button.invoke()
        self.wait(lambda: self.screen == "entry")

    def choose(self, text: str) -> None:
        """Type and choose a product."""
        self.entry.product.focus()
        self.entry.product.text = text
        self.press("Return")
        self.wait(lambda: self.entry.product.hint.startswith("✓"))

    def click_offer(self, line: int) -> None:
        """Click a line of the list under the product field."""
        tree = self.entry.popup.tree
        self.wait(lambda: self.entry.popup.is_open)
        box = tree.bbox(tree.get_children()[line])
        assert not isinstance(box, str), "the line is out of sight"
        tree.event_generate("<Button-1>", x=20, y=box[1] + box[3] // 2)
        self.update()

    def register(self, text: str, quantity: str) -> None:
        """Register an entry, and wait for it to be done or not."""
        self.choose(text)
        self.entry.quantity.text = quantity
        self.entry.button.invoke()
        self.update()
        self.wait(lambda: not self.entry.button.is_busy)

    # -- what a person sees

    @property
    def screen(self) -> str:
        """Name of the screen that is shown."""
        (shown,) = self.program.frame.shown
        return shown

    @property
    def entry(self) -> MovementScreen:
        """The screen for what comes in."""
        return self.program.entry

    @property
    def products(self) -> ProductsScreen:
        """The screen with all products."""
        return self.program.products

    @property
    def said(self) -> str:
        """What the status bar says."""
        return self.program.frame.status.text

    @property
    def pending(self) -> str:
        """What the status bar says about movements that wait."""
        return self.program.frame.status.pending_text

    @property
    def connection(self) -> str:
        return self.program.frame.status.connection_text

    @property
    def rows(self) -> list[Sequence[str]]:
        """The last entries, as drawn."""
        self.update(0.1)
        return self.entry.table.visible_rows

    def has_focus(self, widget: tk.Misc) -> bool:
        return self.window.focus_get() is widget

    @property
    def buttons(self) -> dict[str, tb.Button]:
        """Buttons that can be seen, by their text."""
        return {
            str(widget.cget("text")): widget
            for widget in every_widget(self.window)
            if isinstance(widget, tb.Button) and widget.winfo_viewable()
        }


def every_widget(root: tk.Misc) -> list[tk.Misc]:
    """Return all widgets below one."""
    found: list[tk.Misc] = []
    for child in root.winfo_children():
        found += [child, *every_widget(child)]
    return found
