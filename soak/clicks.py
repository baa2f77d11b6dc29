"""Exactly as many movements as clicks: over a network that fails, and with clerks that are killed."""

from __future__ import annotations

import contextlib
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from soak.clerk import Clerk, Plan
from soak.line import Outcome
from soak.proxy import FlakyProxy
from soak.shops import Shop, running_shop
from tests.server.running import Http

SHARE = 0.3
# Many thousand clicks may have come together; as long as they go out, that is waited for.
SETTLE_LIMIT_S = 120.0
_PAGE = 1_000


class Ledger:
    """A server's ledger, read page by page and past the proxy."""

    def __init__(self, client: Http) -> None:
        self._client = client

    def rows(self) -> Iterable[dict[str, Any]]:
        """Return all movements."""
        last = 0
        while page := self._client.get(f"/inventario?depois_de={last}&limite={_PAGE}").json():
            yield from page
            last = page[-1]["sequencia"]


@contextlib.contextmanager
def shop(folder: Path) -> Iterator[tuple[Shop, Ledger]]:
    """Start an API with a user and a product, and kill it in the end."""
    with running_shop(folder) as (server, at):
        yield at, Ledger(server.connect(at.token))


def over_a_bad_network(
    at: Shop, ledger: Ledger, folder: Path, *, seed: int, clerks: int, clicks: int, outbox: bool = True
) -> Outcome:
    """Let clerks click through a proxy that lets ``SHARE`` of their requests meet a fault; two share each outbox.

    ``outbox``: False is the control, which must not hold.
    """
    proxy = FlakyProxy(at.port, seed, SHARE)
    plans = [Plan(seed + number, at.product_id) for number in range(clerks)]
    people = [
        Clerk(folder / f"clerk-{number // 2}", proxy.address, at.username, at.token)
        for number in range(clerks)
    ]
    each = clicks // clerks
    for person in people[::2]:
        # Made by one of the two, as the first program of a user makes it.
        person.settle(0)

    def work(person: Clerk, plan: Plan) -> None:
        for number in range(each):
            movement = plan.movement(number)
            if outbox:
                person.click(movement)
            else:
                person.click_without_outbox(movement)
        person.settle(SETTLE_LIMIT_S)

    threads = [threading.Thread(target=work, args=pair) for pair in zip(people, plans, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    proxy.close()
    for person in people:
        person.close()
    # What was late may still be on its way through the server.
    time.sleep(0.2)
    expected = {plan.movement(n).id: plan.movement(n).body for plan in plans for n in range(each)}
    faults = sum(times for fault, times in proxy.met.items() if fault != "none")
    if not outbox:
        # They have no ids to be known by, so all that can be said is how many there are.
        there = len(list(ledger.rows()))
        return Outcome(faults, len(expected), max(0, len(expected) - there), max(0, there - len(expected)))
    return _compared(expected, ledger, faults)


def with_kills(at: Shop, ledger: Ledger, folder: Path, *, seed: int, kills: int, clicks: int) -> Outcome:
    """Kill a clerk's program at random instants, start it again, and let it go on with the next click."""
    dice = random.Random(seed)
    plan = Plan(seed, at.product_id)
    start = killed = 0
    while True:
        part = (at.token, at.product_id, str(seed), str(start), str(clicks))
        address = f"http://127.0.0.1:{at.port}"
        program = subprocess.Popen(
            [sys.executable, "-m", "soak.clerk", str(folder), address, at.username, *part],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert program.stdout is not None
        wanted = dice.randint(1, 5)
        done = False
        for line in program.stdout:
            done = line.strip() == "done"
            if done:
                break
            start = int(line) + 1
            wanted -= 1
            if wanted == 0 and killed < kills:
                time.sleep(dice.uniform(0, 0.02))
                program.kill()
                killed += 1
        program.stdout.close()
        program.wait()
        if done:
            break
    expected = {plan.movement(number).id: plan.movement(number).body for number in range(clicks)}
    return _compared(expected, ledger, killed)


def _compared(expected: dict[str, Any], ledger: Ledger, faults: int) -> Outcome:
    rows = list(ledger.rows())
    there = Counter(row["id"] for row in rows)
    wrong = [row for row in rows if row["quantidade"] != expected.get(row["id"], {}).get("quantidade")]
    twice = sum(times - 1 for times in there.values())
    return Outcome(faults, len(expected), len(expected.keys() - there.keys()), twice, len(wrong))
