"""One set-up at a time in this folder."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from preparo import stamp

LOCK = os.path.join(stamp.VENV, "preparo.trava")
RETRY_S = 0.2


@contextmanager
def only_one(waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of the environment; ``waiting`` is called once when another set-up has it.

    The system frees the lock when its process ends, however it ends.
    """
    os.makedirs(stamp.VENV, exist_ok=True)
    with open(LOCK, "a+b") as file:
        if not _try_lock(file.fileno()):
            waiting()
            while not _try_lock(file.fileno()):
                time.sleep(RETRY_S)
        yield


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, 0, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
