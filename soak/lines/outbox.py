"""A network that drops before and after, delays, doubles and reorders: as many movements as clicks."""

from __future__ import annotations

import random
from pathlib import Path

from soak.clicks import over_a_bad_network, shop
from soak.line import Outcome, Tell

TITLE = "clerks with an outbox behind a network that fails at 30 % of their requests"
# Clicks, of which each is at least one request.
TIMES = 100_000
_CLERKS = 8
_CONTROL_CLICKS = 80


def run(dice: random.Random, times: int, folder: Path, tell: Tell) -> Outcome:
    """Let clerks click so many times."""
    found = _click(dice, times, folder, outbox=True)
    tell(f"{found.acknowledged} clicks, {found.faults} faults, {found.lost} lost")
    return found


def control(dice: random.Random, folder: Path) -> Outcome:
    """Let them click without outbox and ids, as a person does who presses again."""
    return _click(dice, _CONTROL_CLICKS, folder, outbox=False)


def _click(dice: random.Random, times: int, folder: Path, *, outbox: bool) -> Outcome:
    seed = dice.randrange(2**32)
    with shop(folder) as (at, ledger):
        return over_a_bad_network(at, ledger, folder, seed=seed, clerks=_CLERKS, clicks=times, outbox=outbox)
