"""The register program in copies of a process that has imported it: ``python -m soak.window_copies ADDRESS``.

Each line of its input is a data folder, with which a copy is started; the next one follows when that has ended. What
a copy shows goes to the output, a line each that begins with the number of its process: ``started``, ``open``,
``screen NAME``, ``focus CLASS`` (which kind of widget has the keyboard), ``account TEXT``, ``kept`` (the outbox has
it), ``said KIND TEXT``, and at last ``ended``.
"""

from __future__ import annotations

import os
import sys
import tkinter as tk
import traceback
from collections.abc import Callable
from functools import wraps
from typing import Any

from almoxarife.cli import main as cli
from almoxarife.client.outbox.store import Outbox
from almoxarife.desktop.cadastro.app import Program
from almoxarife.desktop.cadastro.frame.view import MainFrame

_OUTPUT = 1


def main() -> int:
    """Start one copy after the other."""
    (address,) = sys.argv[1:]
    for line in sys.stdin:
        number = os.fork()
        if number == 0:
            _become_window(["cadastro", "--servidor", address, "--dados", line.rstrip("\n")])
        os.waitpid(number, 0)
        # Behind all that the copy had said: it is the same pipe.
        _tell(number, "ended")
    return 0


def _become_window(arguments: list[str]) -> None:
    status = 1
    try:
        _tell(os.getpid(), "started")
        _tell_after(MainFrame, "show_screen", lambda name: f"screen {name}")
        _tell_after(MainFrame, "show_account", lambda text: f"account {text}")
        _tell_after(MainFrame, "show_message", lambda text, kind: f"said {kind} {text}")
        _tell_after(Outbox, "put", lambda username, movements: "kept")
        _tell_after(Program, "start", lambda: "open", _watch_focus)
        status = cli.run(arguments)
    finally:
        if sys.exc_info()[1] is not None:
            traceback.print_exc()
        # Never back into the loop of the process that was copied.
        os._exit(status)


def _watch_focus(program: Program) -> None:
    """Tell what has got the keyboard: what is typed before that goes to what was shown before, or nowhere."""

    def tell(event: tk.Event[tk.Misc]) -> None:
        _tell(os.getpid(), f"focus {event.widget.winfo_class()}")

    for kind in ("TButton", "TEntry"):
        program.window.bind_class(kind, "<FocusIn>", tell, add=True)


def _tell_after(
    owner: type, name: str, words: Callable[..., str], then: Callable[[Any], None] = lambda owner: None
) -> None:
    """Let a method tell what it was given once its work is done; ``then`` gets whose it is."""
    original = getattr(owner, name)

    @wraps(original)
    def telling(self: object, *given: Any) -> object:
        result = original(self, *given)
        then(self)
        _tell(os.getpid(), words(*given))
        return result

    setattr(owner, name, telling)


def _tell(number: int, words: str) -> None:
    # In one piece, and at once: who is killed has told what he has shown.
    os.write(_OUTPUT, f"{number} {words}\n".encode())


if __name__ == "__main__":
    sys.exit(main())
