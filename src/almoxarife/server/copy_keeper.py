"""Has copies of the database made by themselves: looks now and then whether one is due, and makes it in a process.

A process of its own, and a modest one: proving a million movements takes a while, and nobody at the counter waits
for it.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading

from almoxarife.clock import now_us
from almoxarife.config import Settings
from almoxarife.features.backups.rules import is_due
from almoxarife.features.backups.service import Backups
from almoxarife.server.starting import STARTING

# Not at once: people wait for a system that starts.
FIRST_LOOK_S, LOOK_EVERY_S = 300.0, 600.0
_STOP_LIMIT_S = 10.0

_logger = logging.getLogger(__name__)


class CopyKeeper:
    """The schedule of one server's copies, kept by a thread."""

    def __init__(
        self, settings: Settings, *, first_look_s: float = FIRST_LOOK_S, look_every_s: float = LOOK_EVERY_S
    ) -> None:
        self._settings = settings
        self._pauses_s = first_look_s, look_every_s
        self._backups = Backups(settings.database_url, settings.copies_dir)
        self._stopping = threading.Event()
        self._process: subprocess.Popen[str] | None = None
        self._thread = threading.Thread(target=self._keep, name="copies", daemon=True)

    def start(self) -> None:
        """Keep to the schedule from now on; without one, do nothing."""
        if self._settings.copy_every_h:
            self._thread.start()

    def stop(self) -> None:
        """End; a copy that is being made is given up, and leaves nothing behind that could be taken for one."""
        self._stopping.set()
        with STARTING:
            process = self._process
        if process is not None:
            process.terminate()
        if self._thread.is_alive():
            self._thread.join(_STOP_LIMIT_S)

    def _keep(self) -> None:
        first_s, then_s = self._pauses_s
        pause_s = first_s
        while not self._stopping.wait(pause_s):
            if is_due(self._backups.last_made_at(), now_us(), self._settings.copy_every_h):
                self._copy()
            pause_s = then_s

    def _copy(self) -> None:
        with STARTING:
            if self._stopping.is_set():
                return
            process = self._process = subprocess.Popen(
                [sys.executable, "-m", "almoxarife", "copiar", "--sem-pressa"],
                env={**os.environ, **self._settings.environment()},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
            )
        with process:
            said, _nothing = process.communicate()
        if process.returncode != 0 and not self._stopping.is_set():
            _logger.error("no copy was made of the database: %s", " ".join(said.split()))
