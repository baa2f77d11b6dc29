"""The whole monitor in a real window."""

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Callable, Iterator
from pathlib import Path

from almoxarife.config import Settings
from almoxarife.desktop.monitor.app import Program

LIMIT_S = 20.0


class MonitorWindow:
    """A running monitor: what it shows, and the keys pressed in it."""

    def __init__(self, address: str, data_dir: Path) -> None:
        self.program = Program(Settings.from_environment(data_dir=data_dir, server_url=address))
        self.root = self.program.window
        self.live = self.program.live
        self.frame = self.program.frame
        self.login = self.program.login
        self.program.start()
        self.until(lambda: bool(self.root.winfo_viewable()))
        self.open = True

    def until(self, holds: Callable[[], bool], limit_s: float = LIMIT_S) -> None:
        """Let the window live until something holds; fail when that takes too long."""
        end = time.monotonic() + limit_s
        while not holds():
            assert time.monotonic() < end, f"it never came to that; shown: {self.texts()}"
            self.root.update()
            time.sleep(0.005)

    def settle(self, seconds: float = 0.2) -> None:
        """Let the window live for a while."""
        end = time.monotonic() + seconds
        self.until(lambda: time.monotonic() >= end)

    def press(self, *keys: str) -> None:
        """Press keys where the keyboard is."""
        for key in keys:
            # A widget gets the keyboard when it is drawn, not before.
            self.root.update()
            self._take_keyboard().event_generate(f"<{key}>")
            self.root.update()

    def _take_keyboard(self) -> tk.Misc:
        # Without a window manager the window has it only while the pointer is inside.
        if self.root.focus_get() is None:
            (self.root.focus_lastfor() or self.root).focus_force()
            self.until(lambda: self.root.focus_get() is not None)
        return self.root.focus_get() or self.root

    def type(self, text: str) -> None:
        """Type letters and digits where the keyboard is."""
        self.press(*(f"KeyPress-{character}" for character in text))

    def log_in(self, username: str = "maria", password: str = "1234") -> None:
        """Type name and password, and Enter; wait for the live screen."""
        self.login.fields["username"].text = username
        self.login.focus_field("password")
        self.type(password)
        self.press("Return")
        self.until(lambda: bool(self.live.winfo_ismapped()))
        self.until(lambda: self.connection.startswith("● "))

    def close(self) -> None:
        """Close the window as its frame's button does."""
        if self.open:
            self.open = False
            self.program.close()

    # -- what is shown

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """Kind, product, quantity and person of the rows in sight, without their time."""
        return [tuple(row[1:]) for row in self.live._table.visible_rows]

    @property
    def figures(self) -> list[str]:
        return [str(label.cget("text")) for label in self.live._figures]

    @property
    def connection(self) -> str:
        return str(self.frame._connection.cget("text"))

    @property
    def notice(self) -> str:
        shown = self.live._notice.winfo_ismapped()
        return str(self.live._notice.label.cget("text")) if shown else ""

    def texts(self) -> list[str]:
        """All texts of labels and buttons in sight."""
        return [str(w.cget("text")) for w in self.widgets() if w.winfo_class() in {"TLabel", "TButton"}]

    def widgets(self) -> Iterator[tk.Misc]:
        """All widgets in sight."""
        waiting: list[tk.Misc] = [self.root]
        while waiting:
            widget = waiting.pop()
            if widget.winfo_ismapped():
                yield widget
                waiting += widget.winfo_children()
