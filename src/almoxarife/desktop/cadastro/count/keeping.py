"""Keeps what is scanned into counts on this computer until the server has it, without holding up who scans."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from typing import Protocol

from almoxarife.client.errors import OutboxFailed
from almoxarife.client.outbox.scans import Change, KeptScan
from almoxarife.desktop.login.presenter import Jobs

_logger = logging.getLogger(__name__)


class ScansFile(Protocol):
    """Where scans are kept; each call waits for the disk, and raises OutboxFailed."""

    def change(self, changes: Sequence[Change]) -> None:
        """Take note of changes, in this order, all or none."""

    def of(self, username: str) -> list[KeptScan]:
        """Return what somebody has scanned, in order."""


class Keeping:
    """Writes one change after the other, in a thread; ``failed`` is called where that does not go, with why."""

    def __init__(self, file: ScansFile, jobs: Jobs, failed: Callable[[Exception], None]) -> None:
        """``jobs``: not those that tell how the connection is; what happens on this computer says nothing about it."""
        self._file = file
        self._jobs = jobs
        self._failed = failed
        self._changes: list[Change] = []
        # Over the changes, which the window adds to while a thread takes them; and over the writing of them, which
        # keeps their order.
        self._guard, self._writing = threading.Lock(), threading.Lock()
        self._out = False

    def note(self, change: Change) -> None:
        """Take note of a change."""
        with self._guard:
            self._changes.append(change)
        self._go_on()

    def read(self, username: str, told: Callable[[list[KeptScan]], None]) -> None:
        """Tell what somebody has scanned that is still kept, in order."""

        def work() -> list[KeptScan]:
            self._write()
            return self._file.of(username)

        self._jobs.run(work, told, self._failed, told)

    def flush(self) -> bool:
        """Wait until everything is written; return False when it cannot be."""
        try:
            self._write()
        except OutboxFailed as error:
            _logger.warning("scans are not kept: %s", error)
            return False
        return True

    def _go_on(self) -> None:
        if not self._out:
            self._out = True
            self._jobs.run(self._write, self._written, self._not_written, self)

    def _write(self) -> None:
        with self._writing:
            with self._guard:
                changes, self._changes = self._changes, []
            if not changes:
                return
            try:
                self._file.change(changes)
            except BaseException:
                with self._guard:
                    self._changes = changes + self._changes
                raise

    def _written(self, nothing: None) -> None:
        self._out = False
        if self._changes:
            self._go_on()

    def _not_written(self, error: Exception) -> None:
        # The next change tries again.
        self._out = False
        self._failed(error)
