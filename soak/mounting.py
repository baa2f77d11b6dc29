"""A small disk of its own that can be full or read-only for real; making one takes root, on Linux."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from soak.line import Skipped

_MEBIBYTES = 24
_PIECE = b"\0" * 65_536


class SmallDisk:
    """A mounted disk; ``folder`` is what is on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "resto"

    def fill(self) -> None:
        """Leave no room at all."""
        with self._filler.open("ab", buffering=0) as filler:
            for piece in (_PIECE, b"\0"):
                try:
                    while filler.write(piece):
                        pass
                except OSError:
                    continue

    def let_nobody_write(self) -> None:
        """Let the system refuse every write to the files there (EPERM, also where they are open)."""
        _run("chattr", "+i", *self._files())

    def heal(self) -> None:
        """Let everything work again."""
        _run("chattr", "-i", *self._files())
        self._filler.unlink(missing_ok=True)

    def _files(self) -> list[str]:
        # Not the index of the log: the system ends a program that writes to its memory (SIGBUS).
        return [str(path) for path in self.folder.glob("almoxarife.db*") if path.suffix != ".db-shm"]


@contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk]:
    """Yield a disk of 24 MiB in a file of its own. Raises Skipped where that is not allowed."""
    if sys.platform != "linux" or os.geteuid() != 0:
        raise Skipped("only root, on Linux, may mount a disk")
    folder.mkdir(parents=True)
    image, place = folder / "disco.img", folder / "disco"
    place.mkdir()
    with image.open("wb") as file:
        file.truncate(_MEBIBYTES * 1024 * 1024)
    try:
        _run("mkfs.ext4", "-q", "-m", "0", str(image))
        _run("mount", "-o", "loop", str(image), str(place))
    except (OSError, subprocess.CalledProcessError) as fault:
        raise Skipped(f"no disk can be mounted here: {fault}") from fault
    try:
        yield SmallDisk(place)
    finally:
        _run("umount", str(place))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
