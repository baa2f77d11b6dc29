"""The one binding through which every key goes before the widget that has the keyboard."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.scanning.burst import Burst, Key
from almoxarife.desktop.kit.access_key import ALT, CONTROL

TAG = "ScannedKeys"
_TEXT_CLASSES = {"TEntry", "TCombobox"}


class ScanKeys:
    """Watches the keyboard of a window; ``listens`` tells whether scans mean something now.

    What is typed into a secret field is never looked at.
    """

    def __init__(
        self, window: tk.Misc, timer: Timer, *, listens: Callable[[], bool], scanned: Callable[[str], None]
    ) -> None:
        self._listens = listens
        self._burst: Burst[tk.Misc] = Burst(timer, scanned=scanned, give_back=_type)
        window.bind("<FocusIn>", self._on_focus, add=True)
        window.bind_class(TAG, "<Key>", self._on_key)

    def _on_focus(self, event: tk.Event[tk.Misc]) -> None:
        tags = event.widget.bindtags()
        if TAG not in tags:
            event.widget.bindtags((TAG, *tags))

    def _on_key(self, event: tk.Event[tk.Misc]) -> str | None:
        widget, state = event.widget, int(event.state)
        if not self._listens() or _is_secret(widget):
            self._burst.release()
            return None
        key = Key(event.char, event.keysym, event.time, widget, plain=not state & (CONTROL | ALT))
        return "break" if self._burst.press(key) else None


def _is_secret(widget: tk.Misc) -> bool:
    return widget.winfo_class() == "TEntry" and bool(str(widget.cget("show")))


def _type(keys: Sequence[Key[tk.Misc]]) -> None:
    """Let fingers have typed these keys after all."""
    for key in keys:
        if not key.where.winfo_exists():
            continue
        if key.where.winfo_class() in _TEXT_CLASSES and str(key.where.cget("state")) != "readonly":
            # As the field's own binding does; a made-up key would depend on the layout of the keyboard.
            key.where.tk.call("ttk::entry::Insert", key.where, key.character)
        else:
            key.where.event_generate("<Key>", keysym=key.name)
