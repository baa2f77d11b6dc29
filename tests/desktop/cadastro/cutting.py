"""Finds what is cut off in a window."""

from __future__ import annotations

import time
import tkinter as tk

from almoxarife.desktop.cadastro.record.view import RecordPanel

from .window import ProgramWindow, every_widget

SETTLED_S = 1.0


def cut_off(window: ProgramWindow, after_s: float = 0.06) -> list[str]:
    """Return what is larger than its place, or reaches beyond what it is in, after some time.

    A slow machine lays a window out in several steps: only what stays is cut off.
    """
    window.update(after_s)
    end = time.monotonic() + SETTLED_S
    while (found := cut_off_now(window)) and time.monotonic() < end:
        window.update(after_s)
    return found


def check_list_and_form(window: ProgramWindow, panel: RecordPanel) -> None:
    """Look at a list with its form: once what is missing is said at the fields, and with the first row filled in."""
    window.wait(lambda: panel.list.table.visible_rows)
    panel.form.button.invoke()
    assert cut_off(window) == []
    panel.list.table.tree.focus_set()
    window.press("Down")
    assert cut_off(window) == []


def cut_off_now(window: ProgramWindow) -> list[str]:
    return [
        f"{widget} {shown(widget)}"
        for widget in every_widget(window.window)
        if widget.winfo_viewable()
        and (
            reaches_out(widget)
            or (widget.winfo_class() in {"TLabel", "TButton", "TEntry"} and is_too_small(widget))
        )
    ]


def reaches_out(widget: tk.Misc) -> bool:
    around = widget.nametowidget(widget.winfo_parent())
    if around.winfo_class() == "Canvas":
        # What scrolls is higher than its place; it must not be wider.
        return bool(widget.winfo_width() > around.winfo_width())
    right, bottom = (
        around.winfo_rootx() + around.winfo_width(),
        around.winfo_rooty() + around.winfo_height(),
    )
    return bool(
        widget.winfo_rootx() < around.winfo_rootx()
        or widget.winfo_rooty() < around.winfo_rooty()
        or widget.winfo_rootx() + widget.winfo_width() > right
        or widget.winfo_rooty() + widget.winfo_height() > bottom
    )


def is_too_small(widget: tk.Misc) -> bool:
    return widget.winfo_width() < widget.winfo_reqwidth() or widget.winfo_height() < widget.winfo_reqheight()


def shown(widget: tk.Misc) -> str:
    return str(widget.cget("text")) if widget.winfo_class() in {"TLabel", "TButton"} else ""


def shown_texts(window: ProgramWindow) -> set[str]:
    """Return the texts that can be seen."""
    return {shown(widget) for widget in every_widget(window.window) if widget.winfo_viewable()}
