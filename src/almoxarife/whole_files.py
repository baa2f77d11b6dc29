"""Files that are written whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Give a draft of a file to write; it takes the file's place once it is complete, else nothing changes.

    Raises OSError, and ValueError where there can be no such file.
    """
    draft = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    try:
        yield draft
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def replace_private(target: Path, content: bytes, *, durable: bool = True) -> None:
    """Put a file for this user alone in the place of another, and on the disk before that. Raises OSError.

    ``durable``: wait for the disk; not in a window's thread, and not for what nobody misses after a power cut.
    """
    # mkstemp gives it to its user alone.
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=target.name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        Path(name).replace(target)
    finally:
        Path(name).unlink(missing_ok=True)
