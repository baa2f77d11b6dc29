"""The icon of the windows: a crate, drawn so that it needs no file."""

from __future__ import annotations

import tkinter as tk

EDGE = 64
_WOOD, _DARK_WOOD, _LABEL = "#d8973c", "#9c6218", "#ffffff"
# Colour and corners (left, top, right, bottom) of each board, in painting order.
_BOARDS = (
    (_DARK_WOOD, (4, 10, 60, 58)),
    (_WOOD, (8, 14, 56, 24)),
    (_WOOD, (8, 28, 56, 40)),
    (_WOOD, (8, 44, 56, 54)),
    (_DARK_WOOD, (4, 10, 12, 58)),
    (_DARK_WOOD, (52, 10, 60, 58)),
    (_LABEL, (24, 27, 40, 41)),
)


def draw_icon(root: tk.Misc) -> tk.PhotoImage:
    """Return the icon; the caller keeps it as long as the window lives."""
    image = tk.PhotoImage(master=root, width=EDGE, height=EDGE)
    for colour, corners in _BOARDS:
        image.put(colour, to=corners)
    return image
