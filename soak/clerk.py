"""Somebody who registers movements, with or without an outbox; as a program it can be killed at any instant.

``python -m soak.clerk FOLDER ADDRESS USERNAME TOKEN PRODUCT SEED FROM TO`` registers the movements of a plan from one
number to another and prints each number when it is kept, then ``done`` when all are settled.
"""

from __future__ import annotations

import contextlib
import random
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from almoxarife.client import movements
from almoxarife.client.errors import ClientError
from almoxarife.client.outbox.delivery import Delivery, Report
from almoxarife.client.outbox.rows import Outgoing
from almoxarife.client.outbox.store import Outbox
from almoxarife.client.session import Session

_PAUSE_S = 0.01
# Without an outbox a person presses so often and then believes it.
PRESSES = 3


@dataclass(frozen=True)
class Plan:
    """The clicks of one clerk: the same seed gives the same ids and quantities."""

    seed: int
    product_id: str

    def movement(self, number: int) -> Outgoing:
        """Return a click."""
        dice = random.Random(f"{self.seed} {number}")
        id = str(UUID(int=dice.getrandbits(128), version=4))
        return Outgoing(movements.entry_body(id, self.product_id, dice.randint(1, 999)), "")


class Clerk:
    """Clicks, and lets the outbox send."""

    def __init__(self, folder: Path, address: str, username: str, token: str) -> None:
        session = Session(address, sleep=lambda seconds: time.sleep(_PAUSE_S))
        session.token = token
        self._session = session
        self._username = username
        self._outbox = Outbox(folder, "soak")
        self._delivery = Delivery(self._outbox, self._post)

    def click(self, movement: Outgoing) -> None:
        """Register a movement; when this returns it is kept. Then try to send."""
        self._outbox.put(self._username, [movement])
        self.send()

    def send(self) -> None:
        """Send what can be sent now."""
        report = Report()
        with contextlib.suppress(ClientError):
            self._delivery.run(self._username, report)

    def settle(self, limit_s: float) -> bool:
        """Send until nothing waits; return False when for so long nothing more has gone out."""
        least, end = None, 0.0
        while waiting := self._outbox.counts().waiting:
            if least is None or waiting < least:
                least, end = waiting, time.monotonic() + limit_s
            elif time.monotonic() > end:
                return False
            self.send()
            time.sleep(_PAUSE_S)
        return True

    def close(self) -> None:
        """Let go of the outbox."""
        self._outbox.close()

    def click_without_outbox(self, movement: Outgoing) -> None:
        """Do what a program without an outbox does: nothing remembers an id, so each press is another movement."""
        body = {name: value for name, value in movement.body.items() if name != "id"}
        for _press in range(PRESSES):
            try:
                movements.post(self._session, body)
            except ClientError:
                continue
            return

    def _post(self, username: str, body: Mapping[str, object]) -> Mapping[str, object]:
        assert username == self._username, "nobody registers in another's name"
        return movements.post(self._session, body)


def main() -> int:
    """Register a part of a plan."""
    folder, address, username, token, product_id, seed, start, end = sys.argv[1:]
    clerk, plan = Clerk(Path(folder), address, username, token), Plan(int(seed), product_id)
    for number in range(int(start), int(end)):
        clerk.click(plan.movement(number))
        print(number, flush=True)
    if not clerk.settle(60):
        return 1
    print("done", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
