"""Opening a window, or saying why none can be opened."""

from __future__ import annotations

import contextlib
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

    # What a program keeps and logs is its user's; a folder that is there already keeps its rights. What cannot be
    # made is for those to say who need it.
    with contextlib.suppress(OSError):
        settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
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
