"""A disk that fails, or loses what was not flushed, when it is told to: the other half of ``faults.c``."""

from __future__ import annotations

import mmap
import os
import random
import shutil
import struct
import subprocess
from collections.abc import Iterator
from pathlib import Path

WRITES, SYNCS = 1, 2
_SOURCE = Path(__file__).with_name("faults.c")
# Countdown, errno, times, kinds, failed, calls: see ``struct control``.
_CONTROL = struct.Struct("=6i")
# Size before, offset, length: see ``struct record``.
_RECORD = struct.Struct("=3q")


class NoCompiler(Exception):
    """There is no C compiler, or none for this system (Linux)."""


def compile_library(folder: Path) -> Path:
    """Return the library that stands before the C library, compiled into a folder. Raises NoCompiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None or os.name != "posix":
        raise NoCompiler
    library = folder / "faults.so"
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", library, _SOURCE, "-ldl"], check=True
    )
    return library


class Disk:
    """What a program, started with ``environment``, has instead of a disk for files whose path contains a text."""

    def __init__(self, folder: Path, files: str, *, loses_power: bool = False) -> None:
        """``loses_power``: keep what the files held before each write, for ``lose_power``."""
        folder.mkdir(parents=True, exist_ok=True)
        self._undo = folder / "undo"
        control = folder / "control"
        control.write_bytes(_CONTROL.pack(-1, 0, 0, 0, 0, 0))
        with control.open("r+b") as file:
            self._control = mmap.mmap(file.fileno(), _CONTROL.size)
        self.environment = {
            "LD_PRELOAD": str(compile_library(folder)),
            "FAULT_FILES": files,
            "FAULT_CONTROL": str(control),
        }
        if loses_power:
            self._undo.mkdir()
            self.environment["FAULT_UNDO"] = str(self._undo)

    def fail(self, after: int, error: int, *, times: int = 1, kinds: int = WRITES | SYNCS) -> None:
        """Let the call after so many fail with an errno, and those that follow it up to ``times``."""
        self._control[:] = _CONTROL.pack(after, error, times, kinds, 0, self.calls)

    def heal(self) -> None:
        """Let nothing fail any more."""
        self._control[:] = _CONTROL.pack(-1, 0, 0, 0, self.failed, self.calls)

    @property
    def failed(self) -> int:
        """How many calls have failed since ``fail``."""
        return int(_CONTROL.unpack(self._control)[4])

    @property
    def calls(self) -> int:
        """How many calls there were."""
        return int(_CONTROL.unpack(self._control)[5])

    def lose_power(self, folder: Path, dice: random.Random) -> int:
        """Put back what the files of a folder held before writes that were not flushed; return how many were lost.

        Of each file the first writes, as many as the dice say, came to the disk by themselves. The program must have
        been killed before.
        """
        lost = 0
        for path in folder.iterdir():
            kept = self._undo / str(path.stat().st_ino)
            if path.name.endswith("-shm"):
                path.unlink()
            elif kept.exists():
                records = list(_records(kept.read_bytes()))
                records = records[dice.choice((0, dice.randint(0, len(records)))) :]
                lost += len(records)
                with path.open("r+b") as file:
                    for size, offset, before in reversed(records):
                        file.seek(offset)
                        file.write(before)
                        file.truncate(size)
        for kept in self._undo.iterdir():
            kept.unlink()
        return lost


def _records(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    place = 0
    while place + _RECORD.size <= len(content):
        size, offset, length = _RECORD.unpack_from(content, place)
        place += _RECORD.size
        yield size, offset, content[place : place + length]
        place += length
