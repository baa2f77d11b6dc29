"""A part of a window that scrolls takes the whole width again when there is nothing to scroll."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import ttkbootstrap as tb

from almoxarife.desktop.kit.preferences import Preferences
from almoxarife.desktop.kit.scroll_frame import ScrollFrame
from almoxarife.desktop.kit.theme import Window

LIMIT_S = 5.0


def test_the_room_of_a_scrollbar_that_has_gone_is_used(tmp_path: Path) -> None:
    window = Window("Teste", Preferences(tmp_path))

    def wait(true: Callable[[], bool]) -> None:
        end = time.monotonic() + LIMIT_S
        while not true():
            assert time.monotonic() < end, f"not within {LIMIT_S} s"
            window.update()

    try:
        window.geometry("400x300")
        window.deiconify()
        frame = ScrollFrame(window)
        frame.pack(fill="both", expand=True)
        inside = tb.Frame(frame.body, height=2_000, width=10)
        inside.grid()
        wait(lambda: 1 < frame.canvas.winfo_width() < frame.winfo_width())
        inside.configure(height=50)
        wait(lambda: frame.canvas.winfo_width() == frame.winfo_width())
    finally:
        window.destroy()
