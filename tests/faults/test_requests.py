"""Requests generated from our own documents, in small; ``python -m soak requests`` does it in large."""

from __future__ import annotations

import random
from pathlib import Path

from soak.generated import Asking
from soak.line import silent
from soak.lines import requests

SEED = 20_261_129
REQUESTS = 30


def test_generated_requests_are_answered_and_refusals_change_nothing(tmp_path: Path) -> None:
    found = requests.run(random.Random(SEED), REQUESTS, tmp_path, silent)
    assert found.is_right, found
    assert found.faults >= REQUESTS
    assert found.acknowledged > 0


def test_a_refusal_that_writes_is_seen(tmp_path: Path) -> None:
    """The negative control; ``python -m soak requests`` has another, an app whose refusals are faults."""
    asking = Asking(tmp_path / "shop", random.Random(SEED), requests.writing_when_refusing)
    asking.run(15)
    assert any("the ledger is another" in problem for problem in asking.problems)
