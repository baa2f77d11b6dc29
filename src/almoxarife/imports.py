"""Imports of modules that stay."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def lasting_imports() -> Iterator[None]:
    """Look through what is imported within for garbage neither now nor later.

    It stays as long as the process, and Python would look through all of it again and again: a sixth of the time that
    the API takes to start. What is not looked through stays shared with processes that are copied from this one, too.
    """
    looks = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if looks:
            gc.enable()
