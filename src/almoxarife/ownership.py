"""Whose a file is: what an administrator's command writes must stay the service's, whose user opens it later."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path


def hand_over(path: Path, model: Path) -> None:
    """Give a file, or a folder with all that is in it, to the user and group of another one.

    Only root may give to another user; who may not leaves it as it is. Windows takes rights from the folder, and
    nothing is done there. Raises OSError when one of them is not there.
    """
    if sys.platform == "win32":
        return
    theirs = model.stat()
    for one in (path, *(path.rglob("*") if path.is_dir() else ())):
        present = one.lstat()
        if (present.st_uid, present.st_gid) != (theirs.st_uid, theirs.st_gid):
            with contextlib.suppress(PermissionError):
                os.chown(one, theirs.st_uid, theirs.st_gid, follow_symlinks=False)


def is_strange(path: Path, model: Path) -> bool:
    """Tell whether a file belongs to another user than a second one."""
    return sys.platform != "win32" and path.stat().st_uid != model.stat().st_uid


def owner_of(path: Path) -> str:
    """Return the name of the user to whom a file belongs; its number where it has no name."""
    try:
        return path.owner()
    except KeyError:
        return str(path.stat().st_uid)


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, for whoever owns the lowest that is there already. Raises OSError."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if missing:
        hand_over(missing[-1], missing[-1].parent)
