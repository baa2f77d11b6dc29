"""Nothing is cut off, whatever the size and the resolution."""

from __future__ import annotations

import os
import subprocess
import sys
import tkinter as tk

import pytest

from .stand_in import StandIn
from .window import MonitorWindow

LONG_NAME = "Mangueira de jardim trançada antitorção com engates rápidos e esguicho regulável 50 metros"


def cut_off(window: MonitorWindow) -> list[str]:
    """Return what is larger than its place, or outside the window."""
    root = window.root
    right, bottom = root.winfo_rootx() + root.winfo_width(), root.winfo_rooty() + root.winfo_height()
    return [
        f"{widget} {shown(widget)}"
        for widget in window.widgets()
        if widget.winfo_rootx() + widget.winfo_width() > right
        or widget.winfo_rooty() + widget.winfo_height() > bottom
        or (widget.winfo_class() in {"TLabel", "TButton"} and is_too_small(widget))
    ]


def is_too_small(widget: tk.Misc) -> bool:
    return widget.winfo_width() < widget.winfo_reqwidth() or widget.winfo_height() < widget.winfo_reqheight()


def shown(widget: tk.Misc) -> str:
    return str(widget.cget("text")) if widget.winfo_class() in {"TLabel", "TButton"} else ""


@pytest.mark.parametrize("size", ["", "1024x640", "800x560"], ids=["own size", "1024x640", "800x560"])
def test_nothing_is_cut_off(server: StandIn, window: MonitorWindow, size: str) -> None:
    if size:
        window.root.geometry(size)
    check_every_state(server, window)


@pytest.mark.skipif(sys.platform != "linux", reason="only X11 lets a test make a screen")
def test_nothing_is_cut_off_at_twice_the_resolution(fine_screen: str) -> None:
    # In a process of its own: Tk does not survive the end of a screen that it has used.
    test = f"{__file__}::test_nothing_is_cut_off[own size]"
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", test],
        check=False,
        env={**os.environ, "DISPLAY": fine_screen},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout


def check_every_state(server: StandIn, window: MonitorWindow) -> None:
    window.settle()
    assert cut_off(window) == []
    server.add(LONG_NAME, 999_999_999, "administrador.geral.da.loja")
    for _number in range(30):
        server.add("Parafuso 10mm", 999_999_999)
    window.log_in("administrador.geral.da.loja")
    window.until(lambda: len(window.rows) > 5)
    window.press("Down", "End")
    window.settle()
    assert cut_off(window) == []
    assert [row for row in window.rows if row[3] == "maria"], "there is still something to see"
    assert any(LONG_NAME in text for text in window.texts()), "the selected entry is shown in full"

    server.stop()
    window.press("F5")
    window.until(lambda: window.notice != "")
    window.settle()
    assert cut_off(window) == []
    assert window.connection in window.texts(), "the state of the connection is not shortened"

    server.entries.clear()
    server.add(LONG_NAME, ledger="b")
    server.start()
    window.press("F5")
    window.until(lambda: "não tem mais a entrada" in window.notice)
    window.settle()
    assert cut_off(window) == []

    server.sessions.clear()
    window.press("F5")
    window.until(lambda: bool(window.login.winfo_ismapped()))
    window.settle()
    assert cut_off(window) == []
