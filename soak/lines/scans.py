"""A scanner with 20 scans a second, at the window for entries and at the one for counting: every scan counts, once."""

from __future__ import annotations

import random
from pathlib import Path

from soak.line import Outcome, Tell, total
from soak.scanner import Till, drawn, products_with_codes, scan_a_count, scan_entries, till

TITLE = "20 scans a second into the real window, on Entrada and on Contagem; each fault is a scan"
# Products, on each of the two pages.
TIMES = 500
_CONTROL_PRODUCTS = 10


def run(dice: random.Random, times: int, folder: Path, tell: Tell) -> Outcome:
    """Scan so many products on the one page, and then on the other."""
    with till(folder) as at:
        return _scan(at, dice, times, tell)


def control(dice: random.Random, folder: Path) -> Outcome:
    """Do it with a program that takes the scanner for fingers."""
    with till(folder, module="soak.fingers") as at:
        return _scan(at, dice, _CONTROL_PRODUCTS, lambda words: None)


def _scan(at: Till, dice: random.Random, times: int, tell: Tell) -> Outcome:
    codes = products_with_codes(at.http, times)
    entries = scan_entries(at, codes, drawn(dice, codes))
    tell(f"Entrada: {entries}")
    counted = scan_a_count(at, codes, drawn(dice, codes))
    tell(f"Contagem: {counted}")
    both = total([entries, counted])
    return both._replace(figures=f"Entrada at {entries.figures}, Contagem at {counted.figures}")
