"""A real disk that is full, on which nothing may be written, or that the system finds an error on.

Refused in words, and taken when it works again.
"""

from __future__ import annotations

import http.client
import random
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from uuid import UUID

from soak.line import Outcome, Tell, silent
from soak.mounting import SmallDisk, small_disk
from soak.writing import outcome
from tests.server.running import PROBLEM, Answer, ApiServer, Http, free_port

TITLE = "a real disk that is full or read-only"
TIMES = 20
RECOVERY_LIMIT_S = 15.0
_CONTROLS = 2
# What was already made room for takes a while to fill.
_MOST_ATTEMPTS = 20_000
_ENTRIES = 20
_PAUSE_S = 0.1


def run(dice: random.Random, times: int, folder: Path, tell: Tell) -> Outcome:
    """Fill it, let nobody write to its files, or have the kernel find an error, so many times, as drawn by lot."""
    return fail(dice, times, folder, tell)


def control(dice: random.Random, folder: Path) -> Outcome:
    """Take a refusal for an acknowledgement: what was refused must then be found missing."""
    return fail(dice, _CONTROLS, folder, silent, believe_all=True)


def fail(dice: random.Random, times: int, folder: Path, tell: Tell, *, believe_all: bool = False) -> Outcome:
    """Let a disk fail so many times while entries are made at the API; ``believe_all`` is the control."""
    with small_disk(folder) as disk:
        url = f"sqlite:///{(disk.folder / 'almoxarife.db').as_posix()}"
        server = ApiServer(folder / "dados", free_port(), "--banco", url)
        try:
            client = server.log_in("maria", "segredo-1234", register=True)
            client.post("/produtos", {"nome": "Parafuso 10mm"})
            shift = _Shift(dice, server, client, disk)
            for number in range(times):
                shift.work(believe_all=believe_all)
                tell(f"{number + 1}: {len(shift.acknowledged)} acknowledged, {len(shift.problems)} wrong")
        finally:
            server.kill()
        seen = outcome(url, shift.acknowledged)
    for problem in shift.problems if not believe_all else ():
        print(f"  {problem}", file=sys.stderr)
    wrong = seen.findings + len(shift.problems)
    return Outcome(times, len(shift.acknowledged), seen.lost, seen.twice, wrong)


class _Shift:
    """Somebody who makes entries, whatever the disk does."""

    def __init__(self, dice: random.Random, server: ApiServer, client: Http, disk: SmallDisk) -> None:
        self.acknowledged: set[str] = set()
        self.problems: list[str] = []
        self._dice, self._server, self._client, self._disk = dice, server, client, disk

    def work(self, *, believe_all: bool) -> None:
        """Work, meet a fault, read on, and go on when it is gone."""
        for _ in range(_ENTRIES):
            self._expect(self._enter(self._new_id()), 201)
        faults = [
            (self._disk.fill, self._disk.heal),
            (self._disk.let_nobody_write, self._disk.heal),
            (self._disk.break_down, self._mend),
        ]
        happens, ends = self._dice.choice(faults)
        happens()
        refused = self._new_id()
        answer = self._enter(refused)
        for _ in range(_MOST_ATTEMPTS):
            if answer.status != 201:
                break
            refused = self._new_id()
            answer = self._enter(refused)
        self._check_refusal(answer)
        for path in ("/inventario?ultimos=5", "/saldos", "/produtos"):
            self._expect(self._answer(partial(self._client.get, path)), 200)
        ends()
        if believe_all:
            self.acknowledged.add(refused)
            return
        deadline = time.monotonic() + RECOVERY_LIMIT_S
        while self._enter(refused).status not in (200, 201):
            if time.monotonic() > deadline:
                self.problems.append("it did not recover by itself")
                return
            time.sleep(_PAUSE_S)

    def _mend(self) -> None:
        """Do what an administrator has to do: a disk with an error must not be in use while it is mended."""
        self._expect_end(self._server.stop())
        self._disk.mend()
        self._server.restart()

    def _enter(self, id: str) -> Answer:
        body = {"id": id, "produto_id": "p1", "quantidade": 1}
        answer = self._answer(partial(self._client.post, "/inventario", body))
        if answer.status in (200, 201):
            self.acknowledged.add(id)
        return answer

    def _answer(self, ask: Callable[[], Answer]) -> Answer:
        """Ask until there is an answer: a process that writes to the memory of a file there is ended by the system."""
        deadline = time.monotonic() + RECOVERY_LIMIT_S
        while True:
            try:
                return ask()
            except (OSError, http.client.HTTPException):
                if time.monotonic() > deadline:
                    raise
                time.sleep(_PAUSE_S)

    def _new_id(self) -> str:
        return str(UUID(int=self._dice.getrandbits(128), version=4))

    def _expect_end(self, status: int) -> None:
        if status != 0:
            self.problems.append(f"it ended with status {status}")

    def _expect(self, answer: Answer, status: int) -> None:
        if answer.status != status:
            self.problems.append(f"{answer.status} instead of {status}: {answer.body[:200]!r}")

    def _check_refusal(self, answer: Answer) -> None:
        self._expect(answer, 503)
        if answer.status == 503 and not (
            answer.headers["Content-Type"] == PROBLEM
            and int(answer.headers["Retry-After"]) > 0
            and answer.json()["mensagem"]
        ):
            self.problems.append(f"refused without words: {answer}")
