"""A file that SQLite has open, flushed past SQLite."""

from __future__ import annotations

import os
import threading
from pathlib import Path

# By device and number of the file. To close a descriptor of a file lets go of all locks that this process has on it
# (POSIX's fcntl, https://www.sqlite.org/howtocorrupt.html), SQLite's among them: so these are closed by nobody.
_kept: dict[tuple[int, int], int] = {}
_lock = threading.Lock()


def flush(path: Path) -> None:
    """Return when what was written to a file is on the disk. Raises OSError."""
    if os.name == "nt":
        descriptor = os.open(path, os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        return
    # What is no part of the data, such as when it was written, need not be there. macOS knows no such call.
    getattr(os, "fdatasync", os.fsync)(_descriptor(path))


def _descriptor(path: Path) -> int:
    with _lock:
        status = path.stat()
        kept = _kept.get((status.st_dev, status.st_ino))
        if kept is not None:
            return kept
        descriptor = os.open(path, os.O_RDONLY)
        status = os.fstat(descriptor)
        return _kept.setdefault((status.st_dev, status.st_ino), descriptor)
