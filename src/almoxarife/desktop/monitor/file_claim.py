"""The right to write a file, held by one process at a time."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import BinaryIO

# More monitors than this on one data folder is no use of the program, but a loop that starts it.
CLAIM_LIMIT = 50


class Claim:
    """The right to write ``path``, until it is released or the process ends."""

    def __init__(self, path: Path, lock: BinaryIO) -> None:
        self.path = path
        self._lock = lock

    def release(self) -> None:
        """Give the right back."""
        self._lock.close()


def claim(path: Path) -> Claim:
    """Claim ``path``, or ``path`` with -2, -3, … in its name when other processes hold those before.

    Raises OSError when the folder does not take the lock file, or too many are taken.
    """
    for number in range(1, CLAIM_LIMIT + 1):
        free = path if number == 1 else path.with_stem(f"{path.stem}-{number}")
        lock = free.with_suffix(".lock").open("ab")
        if _locked(lock):
            return Claim(free, lock)
        lock.close()
    raise OSError(f"{CLAIM_LIMIT} files are taken")


if sys.platform == "win32":
    import msvcrt

    def _locked(lock: BinaryIO) -> bool:
        try:
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _locked(lock: BinaryIO) -> bool:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
