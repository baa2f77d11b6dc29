"""The lines of the soak, small: kills, restored copies, flipped bits, a database server that goes away."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from soak.__main__ import line_of, names
from soak.line import silent
from soak.lines import bits, drill, kill, month, postgresql

SEED = 20_261_129
KILLS = 50
BITS = 50
CRASHES = 10
MONTH_S = 6.0
# Much, for what a log-in takes for a moment is 20 MB, and of what goes past Flask nothing leaks.
LEAK = 5 * 1024 * 1024


def test_every_line_has_what_a_line_needs() -> None:
    assert {"bits", "drill", "io", "kill", "month", "postgresql", "power", "scans"} <= set(names())
    for name in names():
        line = line_of(name)
        assert line.TITLE
        assert line.TIMES > 0
        assert callable(line.run)
        assert callable(line.control)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.timeout(900)
def test_nothing_acknowledged_is_lost_by_a_kill(tmp_path: Path) -> None:
    found = kill.run(random.Random(SEED), KILLS, tmp_path, silent)
    assert found.is_right, found


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_what_is_not_sent_again_is_lost_by_a_kill(tmp_path: Path) -> None:
    assert kill.control(random.Random(SEED), tmp_path).lost > 0


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.logs_errors
def test_what_a_restored_copy_lacks_comes_from_the_outboxes(tmp_path: Path) -> None:
    found = drill.run(random.Random(SEED), 1, tmp_path, silent)
    assert found.is_right, found


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_without_outboxes_what_a_restored_copy_lacks_is_gone(tmp_path: Path) -> None:
    assert drill.control(random.Random(SEED), tmp_path).lost > 0


def test_a_flipped_bit_is_noticed_or_changes_nothing(tmp_path: Path) -> None:
    assert bits.run(random.Random(SEED), BITS, tmp_path / "run", silent).is_right
    assert bits.control(random.Random(SEED), tmp_path / "control").wrong > 0


@pytest.mark.skipif(sys.platform == "win32", reason="SIGQUIT")
def test_postgresql_crashes_and_cuts_connections(tmp_path: Path) -> None:
    found = postgresql.run(random.Random(SEED), CRASHES, tmp_path / "run", silent)
    assert found.is_right, found
    assert postgresql.control(random.Random(SEED), tmp_path / "control").lost > 0


@pytest.mark.skipif(sys.platform == "win32", reason="open files")
def test_a_leak_is_seen_where_it_is_and_nothing_is_lost_in_a_month(tmp_path: Path) -> None:
    found = month.month(random.Random(SEED), MONTH_S, tmp_path, silent, leak=LEAK)
    assert found.grown == {"worker MB", "worker files"}, found
    assert found.outcome == found.outcome._replace(lost=0, twice=0, wrong=len(found.grown))
    assert found.outcome.acknowledged > 0
