"""What a turn of the mouse wheel means, which every platform tells otherwise."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

NOTCH = 120


def bind_wheel(widget: tk.Misc, turned: Callable[[tk.Event[tk.Misc], float], object]) -> None:
    """Call an action with the event and the notches turned, downwards positive; touchpads send parts of one."""
    system = widget.tk.call("tk", "windowingsystem")
    if system == "x11":
        widget.bind("<Button-4>", lambda event: turned(event, -1), add=True)
        widget.bind("<Button-5>", lambda event: turned(event, 1), add=True)
    # macOS counts lines, three to a notch as here; the others 120ths of a notch.
    share = 3 if system == "aqua" else NOTCH
    widget.bind("<MouseWheel>", lambda event: turned(event, -event.delta / share), add=True)
