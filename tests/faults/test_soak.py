"""The lines of the soak, small: kills, restored copies, flipped bits, a database server that goes away."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from soak.__main__ import line_of, names
from soak.lines import bits, drill, kill, postgresql

SEED = 20_261_129
KILLS = 4
BITS = 50
CRASHES = 10


def silent(_words: str) -> None:
    """Tell nobody."""


def test_every_line_has_what_a_line_needs() -> None:
    assert {"bits", "drill", "io", "kill", "postgresql", "power", "scans"} <= set(names())
    for name in names():
        line = line_of(name)
        assert line.TITLE
        assert line.TIMES > 0
        assert callable(line.run)
        assert callable(line.control)


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_nothing_acknowledged_is_lost_by_a_kill(tmp_path: Path) -> None:
    found = kill.run(random.Random(SEED), KILLS, tmp_path / "run", silent)
    assert found.is_right, found
    assert kill.control(random.Random(SEED), tmp_path / "control").lost > 0


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
