"""Loss of power: the writer is killed, and what was not flushed is gone from its files."""

from __future__ import annotations

import random
from pathlib import Path

from soak import writer
from soak.disk import Disk
from soak.line import Outcome, Tell, silent
from soak.writing import Writing, outcome

TITLE = "power lost under load, unflushed writes dropped"
TIMES = 100
_CONTROLS = 3


def run(dice: random.Random, times: int, folder: Path, tell: Tell) -> Outcome:
    """Cut the power so many times."""
    return cut(dice, times, folder, tell, "FULL")


def control(dice: random.Random, folder: Path) -> Outcome:
    """Do it with the setting that most guides give."""
    return cut(dice, _CONTROLS, folder, silent, "NORMAL")


def cut(dice: random.Random, times: int, folder: Path, tell: Tell, synchronous: str) -> Outcome:
    """Cut the power so many times while entries are made, with one of SQLite's settings of ``synchronous``."""
    data = folder / "disco-sem-energia"
    data.mkdir(parents=True)
    url = f"sqlite:///{(data / 'almoxarife.db').as_posix()}"
    writer.prepare(url)
    disk = Disk(folder / "falhas", data.name, loses_power=True)
    acknowledged: set[str] = set()
    lost = twice = wrong = 0
    for number in range(times):
        writing = Writing(url, disk.environment, synchronous=synchronous)
        writing.wait_for(dice.randint(5, 60))
        writing.kill()
        dropped = disk.lose_power(data, dice)
        acknowledged |= writing.acknowledged
        seen = outcome(url, acknowledged)
        lost, twice, wrong = max(lost, seen.lost), max(twice, seen.twice), wrong + seen.findings
        tell(f"{number + 1}: {dropped} writes dropped, {len(acknowledged)} acknowledged, {lost} lost")
    return Outcome(times, len(acknowledged), lost, twice, wrong)
