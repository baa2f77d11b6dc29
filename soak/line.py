"""What every line of the soak is, and what it comes to."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple, Protocol

# Is told how far a line has come.
Tell = Callable[[str], object]


def silent(_words: str) -> None:
    """Tell nobody."""


class Skipped(Exception):
    """A line cannot be run here; the words say why."""


class Outcome(NamedTuple):
    """What a line has come to: faults, entries acknowledged, lost and there twice, and what else is wrong.

    ``figures``: what else was measured, in words.
    """

    faults: int
    acknowledged: int
    lost: int
    twice: int
    wrong: int = 0
    figures: str = ""

    @property
    def is_right(self) -> bool:
        """Whether nothing is lost, nothing is there twice and nothing else is wrong."""
        return not (self.lost or self.twice or self.wrong)


def total(outcomes: Iterable[Outcome]) -> Outcome:
    """Return what several have come to together."""
    parts = list(outcomes)
    return Outcome(
        sum(part.faults for part in parts),
        sum(part.acknowledged for part in parts),
        sum(part.lost for part in parts),
        sum(part.twice for part in parts),
        sum(part.wrong for part in parts),
    )


class Line(Protocol):
    """A module of ``soak.lines``."""

    TITLE: str
    TIMES: int

    def run(self, dice: random.Random, times: int, folder: Path, tell: Tell) -> Outcome:
        """Bring about so many faults, the same for the same dice, and tell what they led to."""

    def control(self, dice: random.Random, folder: Path) -> Outcome:
        """Do the same with what protects us taken away: an outcome that is right shows that the check sees nothing."""
