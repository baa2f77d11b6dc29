"""The writer as seen by who tests it: what it was told, and what is in the ledger at the end."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from soak import writer
from soak.stored import read

_POLL_S = 0.002
_LIMIT_S = 60.0
_ROOT = Path(__file__).parents[1]


class Stuck(Exception):
    """The writer does not go on."""


class Writing:
    """A writer at work on a database; ``acknowledged`` has the ids that it was told are on disk."""

    def __init__(
        self,
        url: str,
        environment: Mapping[str, str],
        *,
        synchronous: str = "FULL",
        gives_up: bool = False,
    ) -> None:
        """``synchronous`` and ``gives_up`` take away what protects us: see ``soak.writer``."""
        self.acknowledged: set[str] = set()
        self.refused = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "soak.writer", url, "--synchronous", synchronous]
            + ["--gives-up"] * gives_up,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=_ROOT,
        )
        self._words = ""
        self._threads = [threading.Thread(target=job, daemon=True) for job in (self._read, self._listen)]
        for thread in self._threads:
            thread.start()

    def wait_for(self, more: int) -> None:
        """Return when so many more entries were acknowledged. Raises Stuck."""
        wanted = len(self.acknowledged) + more
        deadline = time.monotonic() + _LIMIT_S
        while len(self.acknowledged) < wanted:
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise Stuck(self._words[-4_000:])
            time.sleep(_POLL_S)

    def kill(self) -> None:
        """End the writer at once, and take note of what it said until then."""
        self._process.kill()
        self._process.wait()
        for thread in self._threads:
            thread.join()
        for stream in (self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()

    def _read(self) -> None:
        for line in self._process.stdout or ():
            if line.startswith(writer.REFUSED):
                self.refused += 1
            elif line.endswith("\n"):
                self.acknowledged.add(line.strip())

    def _listen(self) -> None:
        for line in self._process.stderr or ():
            self._words += line


class Outcome(NamedTuple):
    """What a round has come to: acknowledged entries that are missing or there twice, and what verifying found."""

    acknowledged: int
    lost: int
    twice: int
    findings: int

    @property
    def is_right(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.lost or self.twice or self.findings)


def outcome(url: str, acknowledged: set[str]) -> Outcome:
    """Compare what was acknowledged with what is there."""
    stored = read(url)
    return Outcome(len(acknowledged), stored.lost(acknowledged), stored.twice, stored.findings)
