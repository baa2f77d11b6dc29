"""Work that takes long: who does it says, at each place where it may stop, how far it is.

Whoever looks on is told in the same thread, and ends the work by raising. Where nobody looks on, saying so costs
nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import TypeAlias

_here = threading.local()


class Stage(StrEnum):
    """What is being done, in a word of the wire."""

    COSTS = "custos"
    SUMS = "somas"
    FILE = "arquivo"


# The stage, how many of its parts are done, and of how many; 0: nobody knows.
Tell: TypeAlias = Callable[[Stage, int, int], None]


@contextmanager
def told(tell: Tell) -> Iterator[None]:
    """Let ``tell`` be called at each step of what this thread does within the block, and who looked on before too."""
    before: Tell | None = getattr(_here, "tell", None)
    _here.tell = tell if before is None else _both(before, tell)
    try:
        yield
    finally:
        _here.tell = before


def _both(first: Tell, second: Tell) -> Tell:
    def tell(stage: Stage, done: int, total: int) -> None:
        first(stage, done, total)
        second(stage, done, total)

    return tell


def step(stage: Stage, done: int, total: int) -> None:
    """Say how far it is; nothing may be half done. Raises what whoever looks on raises to end it."""
    tell: Tell | None = getattr(_here, "tell", None)
    if tell is not None:
        tell(stage, done, total)
