"""A fast scanner at the real register program with a real server: none of its scans is lost, on either page."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from soak.line import silent
from soak.lines import scans

SEED = 20_261_129
PRODUCTS = 20
pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only X11 lets a test make a screen and a keyboard"
)


def test_a_fast_scanner_loses_no_scan(tmp_path: Path) -> None:
    found = scans.run(random.Random(SEED), PRODUCTS, tmp_path, silent)
    assert found.is_right, found
    assert found.acknowledged == 2 * (PRODUCTS + PRODUCTS // 10)


def test_who_takes_a_scanner_for_fingers_is_seen_to_lose(tmp_path: Path) -> None:
    seen = scans.control(random.Random(SEED), tmp_path)
    assert seen.lost > 0, seen
