"""What the start, test and measure commands do: set up when something changed, then hand over."""

from __future__ import annotations

import os
import sys

from preparo import stamp
from preparo.enter import replace_process

PURPOSES = {"iniciar": "sistema", "testar": "testes", "medir": "bench"}


def main(arguments: list[str]) -> int:
    """Run ``iniciar``, ``testar`` or ``medir`` with the rest of the arguments; return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character gets a "?", not a traceback.
        stream.reconfigure(errors="replace", line_buffering=True)  # type: ignore[union-attr]
    command = arguments[0] if arguments else ""
    if command not in PURPOSES:
        print("Uso: python preparar.py iniciar|testar|medir [--preparar] [opções]", file=sys.stderr)
        return 2
    options = [option for option in arguments[1:] if option != "--preparar"]
    only_prepare = len(options) < len(arguments) - 1
    try:
        # Who asks for the set-up alone may have come because the windows are still missing.
        if not stamp.is_current(PURPOSES[command]) or (only_prepare and not stamp.has_tkinter()):
            status = _set_up(arguments)
            if status != 0:
                return status
        if only_prepare:
            print("Tudo pronto.")
            return 0
        if command == "testar":
            from preparo import checks

            return checks.run(options)
        program = ["bench"] if command == "medir" else ["almoxarife", "iniciar"]
        return replace_process([stamp.PYTHON, "-m", *program, *options])
    except KeyboardInterrupt:
        print("\nInterrompido.", file=sys.stderr)
        return 130


def _set_up(arguments: list[str]) -> int:
    base = getattr(sys, "_base_executable", sys.executable)
    if os.path.dirname(sys.executable) == os.path.dirname(stamp.PYTHON) and base != sys.executable:
        # An environment cannot rebuild itself: the Python below it does.
        return replace_process([base, "-ESs", os.path.join(stamp.ROOT, "preparar.py"), *arguments])
    from preparo import setup

    return setup.prepare(PURPOSES[arguments[0]], arguments)
