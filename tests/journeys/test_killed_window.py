"""The real register program killed between click and answer, in small; ``python -m soak window`` does it in large."""

from __future__ import annotations

import itertools
import random
import sys
from pathlib import Path

import pytest

from soak.line import silent
from soak.lines.window import give_new_ids, kill
from soak.windows import MOMENTS, workplace

SEED = 20_261_129
# As often at every moment.
KILLS = 10 * len(MOMENTS)
pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="only X11 lets a test make a screen and a keyboard"),
    pytest.mark.timeout(1_200),
]


def test_what_was_clicked_is_in_the_ledger_once_though_the_window_is_killed(tmp_path: Path) -> None:
    numbers = itertools.count(1)

    def spoil_the_last(client: Path) -> None:
        # The control, at no window of its own: nothing else may be there twice, and this must be.
        if next(numbers) == KILLS:
            give_new_ids(client)

    with workplace(tmp_path) as at:
        found = kill(
            at,
            random.Random(SEED),
            (*MOMENTS * 9, "pressed", "kept", "arrives", "told", "answered"),
            tmp_path / "run",
            silent,
            between=spoil_the_last,
        )
    assert found.faults == KILLS
    # A click that the program had not taken is made again, as by a person.
    assert found.acknowledged >= KILLS * 3 / 5, found
    assert (found.lost, found.twice, found.wrong) == (0, 1, 0), found
