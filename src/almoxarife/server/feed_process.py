"""The feed's process: a copy of the main process at its start, a new program every later time.

A copy shares the memory of everything that the main process has imported, a third of what API and feed take
together. Only a process without other threads can be copied safely, so it is made before there are any; what is
started later, or on a system whose libraries do not bear it, is a program of its own. Both are alike to who keeps
them: they end when their standard input does, and say on their standard output where they listen.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import multiprocessing
import os
import runpy
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Any, Protocol

from almoxarife.config import Settings
from almoxarife.imports import lasting_imports

# By name, as on a command line: the feed stands above the server, which knows nothing of its inside.
_PROGRAM = "almoxarife.feed"
_NEEDED = "almoxarife.feed.run"
# As lists of processes show a copy, whose command is that of the process that it was made of: 15 bytes at the most.
NAME = "almoxarife-feed"
# The launcher's thread in its children does nothing but wait for the end of a pipe, in the kernel.
_WAIT_ONLY = frozenset({"tether"})
_OWN_NAME = Path("/proc/self/comm")
_OWN_THREADS = Path("/proc/self/task")
_STANDARD_INPUT, _STANDARD_OUTPUT = 0, 1


class FeedProcess(Protocol):
    """A feed that was started."""

    def said(self) -> str:
        """Wait for the one line that it says, and return it; empty when it ended without a word."""

    def hang_up(self) -> None:
        """Let its standard input end, upon which it ends."""

    def wait(self) -> int | None:
        """Return the status with which it ended, once it has."""

    def kill(self) -> None:
        """End it at once."""


def can_be_copied() -> bool:
    """Tell whether this process may be copied: Linux, and no thread but this one that could hold a lock meanwhile."""
    if sys.platform != "linux":
        return False
    threads = threading.enumerate()
    others = {thread.name for thread in threads if thread is not threading.current_thread()}
    # Libraries may have threads that Python does not know.
    return others <= _WAIT_ONLY and len(list(_OWN_THREADS.iterdir())) == len(threads)


class Copied:
    """A feed in a copy of this process."""

    def __init__(self, settings: Settings, preferred_port: int) -> None:
        """Start it. Must not be called unless ``can_be_copied``."""
        # What a copy imports by itself is not only its own: it is strewn over the gaps of what was shared.
        with lasting_imports():
            importlib.import_module(_NEEDED)
        # What is there now is neither looked through again nor thrown away: it stays shared.
        gc.collect()
        gc.freeze()
        tether, holding = os.pipe()
        listening, saying = os.pipe()
        self._holding = os.fdopen(holding, "wb", buffering=0)
        self._listening = os.fdopen(listening, encoding="ascii")
        self._process = multiprocessing.get_context("fork").Process(
            target=_become_feed,
            args=(settings, preferred_port, tether, saying, (self._holding, self._listening)),
            name="feed",
            # Should this process end without hanging up, it does not wait for the other.
            daemon=True,
        )
        self._process.start()
        os.close(tether)
        os.close(saying)

    def said(self) -> str:
        """Wait for its one line."""
        with self._listening as listening:
            return listening.readline().strip()

    def hang_up(self) -> None:
        """Close the only end of its standard input that this process has."""
        self._holding.close()

    def wait(self) -> int | None:
        """Return its status, negative for a signal."""
        self._process.join()
        self.hang_up()
        return self._process.exitcode

    def kill(self) -> None:
        """Send SIGKILL."""
        self._process.kill()


def _become_feed(
    settings: Settings, preferred_port: int, tether: int, saying: int, ends_of_parent: tuple[IO[Any], ...]
) -> None:
    """Run the program of the feed in this process, a copy, as if it had been started."""
    for parents in ends_of_parent:
        parents.close()
    for end, standard in ((tether, _STANDARD_INPUT), (saying, _STANDARD_OUTPUT)):
        os.dup2(end, standard)
        os.close(end)
    with contextlib.suppress(OSError):
        _OWN_NAME.write_text(NAME, encoding="ascii")
    os.environ.update(settings.environment())
    sys.argv = [_PROGRAM, str(preferred_port)]
    runpy.run_module(_PROGRAM, run_name="__main__")


class Started:
    """A feed that is a program of its own."""

    def __init__(self, settings: Settings, preferred_port: int) -> None:
        """Start it."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", _PROGRAM, str(preferred_port)],
            env={**os.environ, **settings.environment()},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def said(self) -> str:
        """Wait for its one line."""
        assert self._process.stdout is not None
        with self._process.stdout as stdout:
            return stdout.readline().strip()

    def hang_up(self) -> None:
        """Close its standard input."""
        assert self._process.stdin is not None
        self._process.stdin.close()

    def wait(self) -> int | None:
        """Return its status, negative for a signal."""
        status = self._process.wait()
        self.hang_up()
        return status

    def kill(self) -> None:
        """Send SIGKILL, or what Windows has of it."""
        self._process.kill()
