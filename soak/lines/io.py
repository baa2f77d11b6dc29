"""Calls that fail: the n-th write or fsync of the writer's files gets EIO or ENOSPC."""

from __future__ import annotations

import errno
import random
from pathlib import Path

from soak import writer
from soak.disk import SYNCS, WRITES, Disk
from soak.line import Outcome, Tell, silent
from soak.writing import Writing, outcome

TITLE = "the n-th write or fsync fails, n from 1 on, with EIO and ENOSPC"
TIMES = 200
ERRORS = (errno.EIO, errno.ENOSPC)


def run(dice: random.Random, times: int, folder: Path, tell: Tell) -> Outcome:
    """Let the n-th call fail for n = 1, 2, … half of ``times``, once with each error."""
    return fail(range(1, times // len(ERRORS) + 1), folder, tell, dice)


def control(dice: random.Random, folder: Path) -> Outcome:
    """Take a refusal for an acknowledgement: what was refused must then be found missing."""
    return fail(range(1, 4), folder, silent, dice, believe_all=True)


def fail(
    numbers: range, folder: Path, tell: Tell, dice: random.Random, *, believe_all: bool = False
) -> Outcome:
    """Let calls fail while entries are made, each number once with each error, in an order drawn by lot."""
    data = folder / "disco-que-falha"
    data.mkdir(parents=True)
    url = f"sqlite:///{(data / 'almoxarife.db').as_posix()}"
    writer.prepare(url)
    disk = Disk(folder / "falhas", data.name)
    writing = Writing(url, disk.environment, gives_up=believe_all)
    writing.wait_for(1)
    faults = [(number, error) for number in numbers for error in ERRORS]
    dice.shuffle(faults)
    fired = 0
    for number, error in faults:
        disk.fail(number, error, kinds=WRITES | SYNCS)
        while not disk.failed:
            writing.wait_for(1)
        # And then it goes on.
        writing.wait_for(8)
        fired += disk.failed
        tell(f"call {number} failed with {errno.errorcode[error]}: {len(writing.acknowledged)} acknowledged")
    writing.kill()
    seen = outcome(url, writing.acknowledged)
    return Outcome(fired, len(writing.acknowledged), seen.lost, seen.twice, seen.findings)
