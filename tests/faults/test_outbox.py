"""Exactly as many movements as clicks, in small; ``python -m soak outbox`` does it in large."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from soak.clicks import SHARE, shop, with_kills
from soak.lines import outbox

SEED = 20_261_129
CLICKS = 2_000


@pytest.mark.timeout(900)
def test_a_bad_network_loses_and_doubles_nothing(tmp_path: Path) -> None:
    found = outbox.run(random.Random(SEED), CLICKS, tmp_path / "run", lambda words: None)
    assert found.is_right, found
    assert found.faults > CLICKS * SHARE / 2
    seen = outbox.control(random.Random(SEED), tmp_path / "control")
    assert not seen.is_right, seen


def test_a_program_killed_at_any_instant_loses_and_doubles_nothing(tmp_path: Path) -> None:
    with shop(tmp_path) as (at, ledger):
        found = with_kills(at, ledger, tmp_path / "clerk", seed=SEED, kills=4, clicks=20)
    assert found.is_right, found
    assert found.faults == 4
