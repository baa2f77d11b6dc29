"""Whether windows can be opened here."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys

from almoxarife.i18n import _

PROBE_LIMIT_S = 15.0


class DisplayProbe:
    """Finds out in the background whether a window can be opened, while the API starts."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        # On Linux a DISPLAY may be set and dead, which only a try can tell; elsewhere the desktop is there.
        if sys.platform == "linux" and _has_tkinter() and os.environ.get("DISPLAY"):
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-c", "import tkinter; tkinter.Tk().destroy()"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )

    def reason_against_windows(self) -> str | None:
        """Return why no window can be opened, as a part of a sentence; None when it can."""
        if not _has_tkinter():
            return _("this Python has no tkinter; start_sistema_completo --preparar installs it or says how")
        if sys.platform != "linux":
            return None
        if not os.environ.get("DISPLAY"):
            return _("there is no screen (DISPLAY is not set)")
        if self._process is None or self._wait(self._process) == 0:
            return None
        return _("the screen {display} does not answer").format(display=os.environ["DISPLAY"])

    def close(self) -> None:
        """End the try if it still runs."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def _wait(self, process: subprocess.Popen[bytes]) -> int:
        try:
            return process.wait(PROBE_LIMIT_S)
        except subprocess.TimeoutExpired:
            return -1


def _has_tkinter() -> bool:
    return importlib.util.find_spec("_tkinter") is not None
