"""PostgreSQL crashes and comes back, or cuts its connections, amid entries; the writer goes on by itself."""

from __future__ import annotations

import random
import time
from pathlib import Path

from soak import writer
from soak.line import Outcome, Tell, silent
from soak.writing import Writing, outcome
from tests.faults.halting_postgresql import HaltingPostgresql

TITLE = "PostgreSQL crashes, or cuts its connections, under load"
TIMES = 100
_CONTROLS = 2
_CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname IS NOT NULL"


def run(dice: random.Random, times: int, folder: Path, tell: Tell) -> Outcome:
    """Do so many times the one or the other."""
    return restart(dice, times, folder, tell)


def control(dice: random.Random, folder: Path) -> Outcome:
    """Take a refusal for an acknowledgement."""
    return restart(dice, _CONTROLS, folder, silent, gives_up=True)


def restart(dice: random.Random, times: int, folder: Path, tell: Tell, *, gives_up: bool = False) -> Outcome:
    """Let it crash or cut its connections so many times; ``gives_up``: the writer sends nothing again."""
    folder.mkdir(parents=True)
    server = HaltingPostgresql()
    try:
        url = server.url(server.create_database())
        writer.prepare(url)
        writing = Writing(url, {}, gives_up=gives_up)
        for number in range(times):
            writing.wait_for(dice.randint(20, 80))
            if dice.random() < 0.5:
                server.halt()
                time.sleep(dice.random() / 2)
                server.resume()
            else:
                with server.administrator() as connection:
                    connection.execute(_CUT)
            tell(f"{number + 1}: {len(writing.acknowledged)} acknowledged, {writing.refused} refused")
        # And it goes on.
        writing.wait_for(20)
        writing.kill()
        seen = outcome(url, writing.acknowledged)
        return Outcome(times, len(writing.acknowledged), seen.lost, seen.twice, seen.findings)
    finally:
        server.stop()
