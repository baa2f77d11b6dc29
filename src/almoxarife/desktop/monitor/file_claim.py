"""The right to write a file, held by one process at a time."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from almoxarife.file_lock import try_lock

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
        if try_lock(lock):
            return Claim(free, lock)
        lock.close()
    raise OSError(f"{CLAIM_LIMIT} files are taken")
