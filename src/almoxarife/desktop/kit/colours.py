"""Colours between two others."""

from __future__ import annotations

import tkinter as tk


def mix(widget: tk.Misc, ground: str, colour: str, share: float) -> str:
    """Return the ground with so much of a colour in it (0 to 1), as ``#rrggbb``."""
    pairs = zip(widget.winfo_rgb(ground), widget.winfo_rgb(colour), strict=True)
    red, green, blue = (round(low + (high - low) * share) >> 8 for low, high in pairs)
    return f"#{red:02x}{green:02x}{blue:02x}"
