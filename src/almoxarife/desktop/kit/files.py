"""Files for other programs: written whole, shown and printed by the system's own; runs in threads."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

from almoxarife.i18n import _
from almoxarife.whole_files import replacing

# What opens a file gives the word on to another program at once; who does not has asked the person something.
_PATIENCE_S = 20.0


class FileTrouble(Exception):
    """A file cannot be written, shown or printed; its text says why and what to do."""


def write_whole(path: str, content: bytes) -> None:
    """Write a file; what is there stays until the new one is complete. Raises FileTrouble."""
    try:
        with replacing(Path(path)) as draft:
            draft.write_bytes(content)
    except (OSError, ValueError):
        text = _("The file cannot be written: {path}. Choose another folder or name.")
        raise FileTrouble(text.format(path=path)) from None


def show(name: str, content: bytes) -> None:
    """Let the system's program for it show a file. Raises FileTrouble."""
    path = _kept(name, content)
    _run(path, "open", ["open" if sys.platform == "darwin" else "xdg-open", path], _no_viewer())


def print_out(name: str, content: bytes) -> None:
    """Give a file to the usual printer, not scaled. Raises FileTrouble."""
    path = _kept(name, content)
    text = _("No printing program was found, or no usual printer. Open it and print it from there, at 100 %.")
    _run(path, "print", ["lp", "-o", "print-scaling=none", path], text)


def _no_viewer() -> str:
    return _("No program for PDF was found. Save the file and open it elsewhere.")


def _run(path: str, verb: str, command: list[str], trouble: str) -> None:
    try:
        if sys.platform == "win32":
            # What opens it is what the person has chosen for PDF.
            os.startfile(path, verb)  # noqa: S606
            return
        subprocess.run(
            command,
            check=True,
            timeout=_PATIENCE_S,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        return
    except (OSError, subprocess.CalledProcessError):
        raise FileTrouble(trouble) from None


def _kept(name: str, content: bytes) -> str:
    """Keep a file where only this user reads it, until the program ends."""
    try:
        folder = tempfile.mkdtemp(dir=_folder())
        path = Path(folder, name)
        path.write_bytes(content)
    except OSError:
        raise FileTrouble(_("There is no room for a file on this computer.")) from None
    return str(path)


@cache
def _folder() -> str:
    folder = tempfile.mkdtemp(prefix="almoxarife-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
