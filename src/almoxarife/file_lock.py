"""A lock that the system takes away from a process that ends, however it ends."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from almoxarife.errors import DomainError

# What is done under a lock takes a second or two; who holds it longer hangs.
LIMIT_S = 30.0
_PAUSE = 0.02
_LARGEST_NOTE = 20


class StillLocked(DomainError):
    """The file ``path`` was not let go of for ``seconds``: ``pid`` is the process that holds it, None: unknown."""


if sys.platform == "win32":
    import msvcrt

    def try_lock(file: BinaryIO) -> bool:
        """Lock an open file until it is closed; return False when it is locked by another opening of it."""
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _note_holder(_file: BinaryIO) -> None:
        """Note nothing: what is locked there is a place in the file, which must stay the same."""

else:
    import fcntl

    def try_lock(file: BinaryIO) -> bool:
        """Lock an open file until it is closed; return False when it is locked by another opening of it."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _note_holder(file: BinaryIO) -> None:
        file.truncate(0)
        file.write(str(os.getpid()).encode())
        file.flush()


@contextmanager
def locked(path: Path, limit_s: float = LIMIT_S) -> Iterator[None]:
    """Hold the lock of a file, which is made where it is missing; wait for whoever holds it.

    Raises StillLocked when that takes longer than ``limit_s``, OSError.
    """
    deadline = time.monotonic() + limit_s
    with path.open("ab") as file:
        while not try_lock(file):
            if time.monotonic() >= deadline:
                raise StillLocked(path=str(path), pid=_holder_of(path), seconds=round(limit_s))
            time.sleep(_PAUSE)
        _note_holder(file)
        yield


def _holder_of(path: Path) -> int | None:
    try:
        with path.open("rb") as file:
            noted = file.read(_LARGEST_NOTE)
    except OSError:
        return None
    return int(noted) if noted.isdigit() else None
