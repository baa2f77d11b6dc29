"""Keys that do the same wherever the keyboard is within a part of a page."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable


def bind_inside(part: tk.Misc, key: str, action: Callable[[], None]) -> None:
    """Let a key do something on every widget that takes the keyboard in a part of a page, its buttons included."""
    for child in part.winfo_children():
        # Tab stops at whatever a key is bound to, at labels, too.
        if "takefocus" in child.keys() and str(child.cget("takefocus")):  # noqa: SIM118
            child.bind(key, lambda event: action(), add=True)
        bind_inside(child, key, action)
