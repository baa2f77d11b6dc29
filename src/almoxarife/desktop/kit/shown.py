"""Which of several screens in one place is shown."""

from __future__ import annotations

import tkinter as tk


def is_shown(screen: tk.Widget) -> bool:
    """Tell whether a screen is the one shown; one that is not must not take the keyboard.

    Unlike ``winfo_viewable`` this is true at once, before the window was drawn.
    """
    return bool(screen.winfo_manager())
