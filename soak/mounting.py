"""A small disk of its own that can be full or read-only for real; making one takes root, on Linux."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from soak.line import Skipped

_MEBIBYTES = 24
_LET_GO_LIMIT_S, _PAUSE_S = 10.0, 0.1
_PIECE = b"\0" * 65_536


class SmallDisk:
    """A mounted disk; ``folder`` is what is on it."""

    def __init__(self, image: Path, folder: Path) -> None:
        self._image = image
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

    def break_down(self) -> None:
        """Let the kernel find an error, upon which it lets nobody write to the disk any more.

        What was written is written back before: so even memory of files may not be changed any more.
        """
        # Read anew each time: it may be another one after it was mended.
        for line in Path("/proc/self/mounts").read_text(encoding="utf-8").splitlines():
            device, place = line.split()[:2]
            if place == str(self.folder):
                _run("sync", "-f", place)
                Path("/sys/fs/ext4", Path(device).name, "trigger_fs_error").write_text("1", encoding="ascii")

    def mend(self) -> None:
        """Do what an administrator does to a disk with an error; nobody may have a file of it open."""
        self.unmount()
        # 1: what was wrong was put right.
        _run("fsck.ext4", "-p", "-f", str(self._image), right=(0, 1))
        self.mount()

    def unmount(self) -> None:
        """Unmount it, once those who were just ended have let go of it."""
        deadline = time.monotonic() + _LET_GO_LIMIT_S
        while True:
            try:
                _run("umount", str(self.folder))
            except subprocess.CalledProcessError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(_PAUSE_S)
            else:
                return

    def mount(self) -> None:
        """Mount it, as most systems do: what has an error can only be read."""
        _run("mount", "-o", "loop,errors=remount-ro", str(self._image), str(self.folder))

    def heal(self) -> None:
        """Let everything work again that is no error of the disk."""
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
    disk = SmallDisk(image, place)
    with image.open("wb") as file:
        file.truncate(_MEBIBYTES * 1024 * 1024)
    try:
        _run("mkfs.ext4", "-q", "-m", "0", str(image))
        disk.mount()
    except (OSError, subprocess.CalledProcessError) as fault:
        raise Skipped(f"no disk can be mounted here: {fault}") from fault
    try:
        yield disk
    finally:
        disk.unmount()


def _run(*command: str, right: tuple[int, ...] = (0,)) -> None:
    done = subprocess.run(command, check=False, capture_output=True)
    if done.returncode not in right:
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
