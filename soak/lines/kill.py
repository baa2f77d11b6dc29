"""The API is killed amid entries, its worker or its main process, as drawn by lot; who sends goes on by itself."""

from __future__ import annotations

import random
import time
from pathlib import Path

import psutil

from almoxarife.ledger.rules import QUANTITY_SCALE
from soak.line import Outcome, Tell, silent
from soak.preloaded import PreloadedApi
from soak.senders import SENDERS, Senders
from soak.shops import running_shop
from soak.stored import read
from tests.server.running import ApiServer, is_free, wait_until

TITLE = "kill -9 of the API under load"
TIMES = 1_000
_CONTROLS = 1
# Between the last acknowledgement that was waited for and the kill: some batches.
_LONGEST_PAUSE_S = 0.01
_END_LIMIT_S = 30.0


def run(dice: random.Random, times: int, folder: Path, tell: Tell) -> Outcome:
    """Kill it so many times."""
    return kill(dice, times, folder, tell)


def control(dice: random.Random, folder: Path) -> Outcome:
    """Kill it under programs that take a broken connection for an acknowledgement."""
    return kill(dice, _CONTROLS, folder, silent, gives_up=True)


def kill(dice: random.Random, times: int, folder: Path, tell: Tell, *, gives_up: bool = False) -> Outcome:
    """Kill the API so many times; ``gives_up``: nothing is sent again. Raises Stuck when it does not come back."""
    with running_shop(folder, "--copiar-a-cada", "0", program=PreloadedApi) as (server, at):
        senders = Senders(at, dice, gives_up=gives_up)
        for number in range(times):
            # More than can still be on its way from the process that died before.
            senders.wait_for(dice.randint(SENDERS + 1, 60))
            time.sleep(dice.uniform(0, _LONGEST_PAUSE_S))
            dice.choice((_kill_main, _kill_worker))(server)
            tell(f"{number + 1}: {len(senders.acknowledged)} acknowledged")
        senders.wait_for(1)
        senders.stop()
        faults = server.output.count("Traceback")
        assert server.stop() == 0
        url = f"sqlite:///{(server.data_dir / 'almoxarife.db').as_posix()}"
        return _compared(url, senders, times, faults)


def _kill_worker(server: ApiServer) -> None:
    """Kill the process that answers; never the main process in its place, which nobody would start again."""
    killed = server.workers()[0]
    killed.kill()
    wait_until(lambda: _has_ended(killed), _END_LIMIT_S)


def _kill_main(server: ApiServer) -> None:
    """Kill the main process alone; its worker must not outlive it. Then start the API again."""
    workers = server.workers()
    server.process.kill()
    server.process.wait()
    wait_until(lambda: all(map(_has_ended, workers)) and is_free(server.port), _END_LIMIT_S)
    server.restart()


def _has_ended(process: psutil.Process) -> bool:
    # Nobody may have asked yet how an orphan ended.
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def _compared(url: str, senders: Senders, kills: int, faults: int) -> Outcome:
    """Compare the ledger with what was sent and answered: ids, quantities, places, receipts."""
    stored = read(url)
    acknowledged = senders.acknowledged
    wrong = 0
    for row in stored.rows:
        answer = acknowledged.get(row.id)
        told = answer is None or (answer["sequencia"], answer["recibo"]) == (row.sequence, row.receipt)
        if not told or row.quantity != senders.sent.get(row.id, 0) * QUANTITY_SCALE:
            wrong += 1
    lost = stored.lost(set(acknowledged))
    return Outcome(kills, len(acknowledged), lost, stored.twice, wrong + stored.findings + faults)
