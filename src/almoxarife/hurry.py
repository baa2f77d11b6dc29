"""Where a thread may not wait, because it answers every request one after the other.

The server's loop runs short requests itself: a change of threads costs as much
as half of one. What may take long says so here; on such a thread it is then
given up, and the whole request begins again on a thread that may wait.
"""

from __future__ import annotations

import threading

_here = threading.local()


class TakesLong(BaseException):
    """What was begun in a hurry may take long. Not an Exception: nobody may take it for a fault and go on."""


def in_hurry() -> bool:
    """Tell whether this thread may not wait now."""
    return getattr(_here, "hurried", False)


def may_take_long() -> None:
    """Say that what follows may take long; nothing may have been written yet. Raises TakesLong in a hurry."""
    if in_hurry():
        raise TakesLong


class _Hurried:
    """A block within which nothing waits; one for all, because each request has one."""

    def __enter__(self) -> None:
        _here.hurried = True

    def __exit__(self, *_fault: object) -> None:
        _here.hurried = False


_HURRIED = _Hurried()


def hurried() -> _Hurried:
    """Let nothing within the block wait."""
    return _HURRIED
