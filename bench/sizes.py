"""How much is measured: the whole of it, or so little that a change can be tried in a few minutes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """Amounts of a run; ``seconds`` of one measurement, of which each line makes ``repeats``."""

    repeats: int = 3
    seconds: int = 5
    connections: int = 32
    movements: int = 1_000_000
    products: int = 100_000
    few_movements: int = 1_000
    few_products: int = 1_000
    imported: int = 1_000_000
    searches: int = 4_000
    watchers: int = 1_000
    many_watchers: int = 5_000
    other_watchers: tuple[int, ...] = (1, 100, 500, 2_500)
    watch_seconds: int = 20
    entries_per_second: int = 50
    histories: tuple[int, ...] = (1_000, 10_000, 100_000, 1_000_000)
    original_histories: tuple[int, ...] = (1_000, 10_000, 100_000)
    keystrokes: int = 40
    starts: int = 5


FULL = Sizes()
QUICK = Sizes(
    repeats=2,
    seconds=1,
    movements=50_000,
    products=5_000,
    imported=50_000,
    searches=500,
    watchers=100,
    many_watchers=300,
    other_watchers=(1,),
    watch_seconds=3,
    histories=(1_000, 50_000),
    original_histories=(1_000, 10_000),
    keystrokes=8,
    starts=2,
)
