"""What is in the clipboard."""

from __future__ import annotations

import tkinter as tk


def lines_in_clipboard(widget: tk.Misc) -> str:
    """Return a text of several lines that is in the clipboard; a field of one line would show their ends as signs."""
    try:
        text = str(widget.clipboard_get())
    except tk.TclError:
        # Nothing is in the clipboard, or no text.
        return ""
    return text if "\n" in text.strip() else ""
