"""The monitor's log file: whole lines of UTF-8, rotated at a bound, one file per running monitor.

A second monitor on the same data folder gets ``monitor-2.log``: two programs
that rotate one file would write into each other's renamed copies.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from almoxarife.desktop.monitor.file_claim import Claim, claim
from almoxarife.i18n import N_, _, ngettext
from almoxarife.names import has_invisible

MAX_BYTES = 5 * 1024 * 1024
OLD_FILES = 5
TAIL_BYTES = 64 * 1024
# What is kept in memory while the disk refuses it.
PENDING_LIMIT = 20_000

REASONS = {
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("the disk is full"),
    errno.EACCES: N_("no permission to write"),
    errno.EPERM: N_("no permission to write"),
    errno.EROFS: N_("no permission to write"),
    errno.ENOENT: N_("the folder cannot be reached"),
    errno.ENOTDIR: N_("the folder cannot be reached"),
    errno.EEXIST: N_("the folder cannot be reached"),
}


def one_line(text: str) -> str:
    """Return a text without line breaks and other invisible characters; they are written as escapes."""
    if not has_invisible(text):
        return text
    return "".join(c.encode("unicode_escape").decode() if has_invisible(c) else c for c in text)


class LogFile:
    """Appends lines; what cannot be written is kept, and tried again with the next lines.

    Nothing here raises ``OSError``: ``problem`` says in a few words why lines are waiting, and is
    empty when there is no trouble.
    """

    def __init__(
        self, folder: Path, *, max_bytes: int = MAX_BYTES, pending_limit: int = PENDING_LIMIT
    ) -> None:
        self.path = folder / "monitor.log"
        self.problem = ""
        self._max_bytes = max_bytes
        self._pending: deque[str] = deque(maxlen=pending_limit)
        self._lost = 0
        self._claim: Claim | None = None
        self._file: BinaryIO | None = None
        with self._noting_problems():
            self._open()

    def tail(self) -> list[str]:
        """Return the last lines written, oldest first, also by an earlier run; empty when unreadable."""
        for path in (self.path, self._old(1)):
            with contextlib.suppress(OSError), path.open("rb") as file:
                file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL_BYTES))
                lines = file.read().decode("utf-8", errors="replace").splitlines()
                if lines:
                    return lines
        return []

    def append(self, lines: Iterable[str]) -> None:
        """Write lines, after those that are still waiting."""
        for line in lines:
            self._lost += len(self._pending) == self._pending.maxlen
            self._pending.append(one_line(line))
        if not self._pending:
            return
        with self._noting_problems():
            self._write(self._waiting_text())
            self._pending.clear()
            self._lost = 0

    def close(self) -> None:
        """Let go of the file; another monitor may use it from now on."""
        if self._file is not None:
            self._file.close()
            self._file = None
        if self._claim is not None:
            self._claim.release()
            self._claim = None

    # -- the file

    @contextlib.contextmanager
    def _noting_problems(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = REASONS.get(error.errno or 0)
            self.problem = _(reason) if reason else _("system error {number}").format(number=error.errno)
        else:
            self.problem = ""

    def _waiting_text(self) -> bytes:
        lines = list(self._pending)
        if self._lost:
            gap = ngettext(
                "{count} line could not be written here.",
                "{count} lines could not be written here.",
                self._lost,
            )
            lines.insert(0, f"— {gap.format(count=self._lost)}")
        # A surrogate, which no server of ours sends, must not keep the other lines from the file.
        return "".join(f"{line}\n" for line in lines).encode("utf-8", errors="backslashreplace")

    def _open(self) -> BinaryIO:
        if self._file is not None and not self.path.exists():
            # Somebody deleted it; what is written into the open file would be gone with it.
            self._file.close()
            self._file = None
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if self._claim is None:
                self._claim = claim(self.path)
                self.path = self._claim.path
            self._file = self.path.open("a+b", buffering=0)
            self._end_broken_line(self._file)
        return self._file

    @staticmethod
    def _end_broken_line(file: BinaryIO) -> None:
        # A run that was killed, or a power cut, may have left half a line.
        if file.seek(0, os.SEEK_END):
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                file.write(b"\n")

    def _write(self, text: bytes) -> None:
        file = self._open()
        size = os.fstat(file.fileno()).st_size
        if size and size + len(text) > self._max_bytes:
            self._rotate()
            file = self._open()
            size = os.fstat(file.fileno()).st_size
        rest = memoryview(text)
        try:
            while rest:
                rest = rest[file.write(rest) :]
        except OSError:
            # All lines are written again later: half of them must not stay.
            with contextlib.suppress(OSError):
                file.truncate(size)
            raise

    def _old(self, number: int) -> Path:
        return self.path.with_name(f"{self.path.name}.{number}")

    def _rotate(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
        # Where renaming fails (a virus scanner holds the file), the same file just grows on.
        with contextlib.suppress(OSError):
            for number in range(OLD_FILES - 1, 0, -1):
                if self._old(number).exists():
                    self._old(number).replace(self._old(number + 1))
            self.path.replace(self._old(1))
