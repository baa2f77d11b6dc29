"""A month of a shop in an hour: memory and open files of API and feed stay flat, and nothing is lost meanwhile."""

from __future__ import annotations

import random
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import psutil

from almoxarife.client import accounts, movements
from almoxarife.client.feed import FeedReader
from almoxarife.client.session import Session
from almoxarife.features.backups.service import Backups
from soak import hurried_api
from soak.gauges import Gauges, Growth
from soak.line import Outcome, Tell, silent
from soak.shops import PASSWORD, running_shop
from soak.stored import read
from soak.traffic import Person
from tests.server.running import ApiServer, wait_until

TITLE = (
    "a month of a shop in an hour (--vezes: minutes); memory in MB and open files, first and by how much more"
)
TIMES = 60
# 36,000 things in an hour: 1,200 a day.
PER_SECOND = 10.0
_PEOPLE = 5
# A copy a day.
_COPIES, _SHORTEST_COPY_PAUSE_S = 30, 2.0
_READINGS, _SHORTEST_PAUSE_S = 600, 0.05
# What is there at the beginning: else the databases' caches would fill with what the month itself brings.
_LOTS, _LOT = 3, 10_000
# By what a run may let memory (MB) and the number of files grow. In the full one that is 450 bytes of a request, and a
# file in 3,000 of them. Some must be allowed: when more people than ever ask at once, a connection more is opened, of
# three files, and kept. There are bounds to that (``storage.engines.POOL_SIZE``, ``storage.readers.MOST``).
MOST_MB, MOST_FILES = 16.0, 12.0
_CONTROL_S, _CONTROL_LEAK = 10.0, 1024 * 1024
_LIMIT_S = 60.0


class _Hurried(ApiServer):
    PROGRAM = "soak.hurried_api"


class Month(NamedTuple):
    """What a month has come to, and how memory and files have grown."""

    outcome: Outcome
    growths: list[Growth]

    @property
    def grown(self) -> set[str]:
        """What has grown by more than it may."""
        return {growth.what for growth in self.growths if growth.growth > _most(growth)}


def run(dice: random.Random, times: int, folder: Path, tell: Tell) -> Outcome:
    """Let so many minutes pass."""
    return month(dice, times * 60.0, folder, tell, lots=_LOTS).outcome


def control(dice: random.Random, folder: Path) -> Outcome:
    """Let each request leave something behind."""
    return month(dice, _CONTROL_S, folder, silent, leak=_CONTROL_LEAK).outcome


def month(
    dice: random.Random, seconds: float, folder: Path, tell: Tell, *, leak: int = 0, lots: int = 0
) -> Month:
    """Let people work for so long; ``leak``: bytes that each request leaves behind in the API.

    ``lots``: of 10,000 entries each, which are there before.
    """
    environment = {
        hurried_api.COPY_EVERY: str(max(seconds / _COPIES, _SHORTEST_COPY_PAUSE_S)),
        hurried_api.LEAK: str(leak),
    }
    with running_shop(folder, program=_Hurried, **environment) as (server, at):
        session = Session(f"http://127.0.0.1:{at.port}")
        accounts.log_in(session, at.username, PASSWORD)
        for _number in range(lots):
            ids = (str(UUID(int=dice.getrandbits(128), version=4)) for _row in range(_LOT))
            movements.register_lot(session, [movements.Wanted(id, at.product_id, 1) for id in ids])
        watcher = _Watcher(session)
        people = [
            Person(at, random.Random(dice.getrandbits(64)), PER_SECOND / _PEOPLE)
            for _number in range(_PEOPLE)
        ]
        gauges = Gauges(_processes(server), max(seconds / _READINGS, _SHORTEST_PAUSE_S))
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            time.sleep(0.2)
            watcher.look()
            tell(
                f"{time.monotonic() - began:.0f} s: {sum(len(person.registered) for person in people)} movements"
            )
        growths = gauges.stop()
        for person in people:
            person.stop()
        return Month(_outcome(server, people, watcher, growths), growths)


class _Watcher:
    """Somebody at the live feed; ``seen``: the ids of what came, in order."""

    def __init__(self, session: Session) -> None:
        self.seen: list[str] = []
        self._reader = FeedReader(session)
        self._reader.start(0, "")

    def look(self) -> None:
        self.seen += [entry.id for entry in self._reader.take().entries]

    def has_seen(self, how_many: int) -> bool:
        self.look()
        return len(self.seen) >= how_many

    def stop(self) -> None:
        self._reader.stop()


def _processes(server: ApiServer) -> dict[str, psutil.Process]:
    feed = server.feed()
    assert feed is not None, "there is no feed"
    return {"main": psutil.Process(server.process.pid), "worker": server.serving_process(), "feed": feed}


def _outcome(server: ApiServer, people: list[Person], watcher: _Watcher, growths: list[Growth]) -> Outcome:
    registered = {id for person in people for id in person.registered}
    backups = Backups(_url(server), server.data_dir / "copias")
    wait_until(lambda: backups.last_made_at() is not None, _LIMIT_S)
    stored = read(_url(server))
    ids = [row.id for row in stored.rows]
    wait_until(lambda: watcher.has_seen(len(ids)), _LIMIT_S)
    watcher.stop()
    done = sum((person.done for person in people), Counter[str]())
    refused = sum((person.refused for person in people), Counter[str]())
    grown = [growth for growth in growths if growth.growth > _most(growth)]
    figures = [
        *map(str, growths),
        f"copies kept {len(backups.listing())}",
        _counted(done),
        f"refused: {_counted(refused)}",
    ]
    return Outcome(
        0,
        len(registered),
        stored.lost(registered),
        stored.twice,
        stored.findings + len(grown) + (watcher.seen != ids) + server.output.count("Traceback"),
        "; ".join(figures),
    )


def _most(growth: Growth) -> float:
    return MOST_MB if growth.what.endswith("MB") else MOST_FILES


def _counted(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {times}" for name, times in counter.most_common())


def _url(server: ApiServer) -> str:
    return f"sqlite:///{(server.data_dir / 'almoxarife.db').as_posix()}"
