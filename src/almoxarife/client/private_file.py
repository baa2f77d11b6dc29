"""Files that only their user may read."""

from __future__ import annotations

import os
from pathlib import Path

_FOR_ITS_USER = 0o600


def make_private(path: Path) -> None:
    """Make a file for its user alone, empty if it is missing. Raises OSError.

    SQLite would make it for everybody to read; its companions get the rights of the file itself.
    """
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, _FOR_ITS_USER))
    path.chmod(_FOR_ITS_USER)
