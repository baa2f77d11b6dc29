"""The writer is killed amid its work, and started again."""

from __future__ import annotations

import random
from pathlib import Path

from soak import writer
from soak.line import Outcome, Tell
from soak.writing import Writing, outcome

TITLE = "kill -9 under load"
TIMES = 1_000
_CONTROLS = 5


def run(dice: random.Random, times: int, folder: Path, tell: Tell) -> Outcome:
    """Kill it so many times."""
    return kill(dice, times, folder, tell)


def control(dice: random.Random, folder: Path) -> Outcome:
    """Kill one that acknowledges before it has written."""
    return kill(dice, _CONTROLS, folder, lambda _words: None, eager=True)


def kill(dice: random.Random, times: int, folder: Path, tell: Tell, *, eager: bool = False) -> Outcome:
    """Kill a writer so many times; ``eager``: it acknowledges before it has written."""
    folder.mkdir(parents=True)
    url = f"sqlite:///{(folder / 'almoxarife.db').as_posix()}"
    writer.prepare(url)
    acknowledged: set[str] = set()
    for number in range(times):
        writing = Writing(url, {}, eager=eager)
        writing.wait_for(dice.randint(5, 60))
        writing.kill()
        acknowledged |= writing.acknowledged
        tell(f"{number + 1}: {len(acknowledged)} acknowledged")
    seen = outcome(url, acknowledged)
    return Outcome(times, len(acknowledged), seen.lost, seen.twice, seen.findings)
