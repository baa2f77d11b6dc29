"""What every line of the soak is, and what it comes to."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Protocol

# Is told how far a line has come.
Tell = Callable[[str], object]


class Outcome(NamedTuple):
    """What a line has come to: faults, entries acknowledged, lost and there twice, and what else is wrong."""

    faults: int
    acknowledged: int
    lost: int
    twice: int
    wrong: int = 0

    @property
    def is_right(self) -> bool:
        """Whether nothing is lost, nothing is there twice and nothing else is wrong."""
        return not (self.lost or self.twice or self.wrong)


class Line(Protocol):
    """A module of ``soak.lines``."""

    TITLE: str
    TIMES: int

    def run(self, dice: random.Random, times: int, folder: Path, tell: Tell) -> Outcome:
        """Bring about so many faults, the same for the same dice, and tell what they led to."""

    def control(self, dice: random.Random, folder: Path) -> Outcome:
        """Do the same with what protects us taken away: an outcome that is right shows that the check sees nothing."""
