"""Files that are written for people: whole, or not at all."""

from __future__ import annotations

import os
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
