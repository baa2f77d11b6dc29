"""Opening a window, or saying why none can be opened."""

from __future__ import annotations

import importlib.util
from importlib import import_module

import click

from almoxarife.config import Settings
from almoxarife.i18n import _


def open_window(module: str, settings: Settings) -> int:
    """Run the program whose ``run`` is in a module; return its exit status."""
    if importlib.util.find_spec("_tkinter") is None:
        return _refuse(
            _("This Python has no tkinter; start_sistema_completo --preparar installs it or says how.")
        )
    import tkinter as tk

    program = import_module(module)
    try:
        status: int = program.run(settings)
    except tk.TclError as error:
        if "display" not in str(error):
            raise
        return _refuse(
            _("There is no screen on which a window could be opened ({reason}).").format(reason=error)
        )
    return status


def _refuse(text: str) -> int:
    click.echo(text, err=True)
    return 1
