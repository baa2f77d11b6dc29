"""How much one transaction writes, so that those who register entries meanwhile do not wait long."""

from __future__ import annotations

import time

# How long a transaction may take while others write, too, and while nobody does: fewer rows cost more time each.
COURTEOUS_S = 0.05
CALM_S = 0.5
# Somebody who has just written will probably write again.
COURTEOUS_FOR_S = 10.0
FIRST_ROWS = 1_000
FEWEST_ROWS = 500
MOST_ROWS = 100_000
# Between two transactions, for whoever asks every millisecond whether it is his turn (``storage.engines``).
PAUSE_S = 0.003


class Pace:
    """Says how many rows the next transaction takes, from how long the last ones took."""

    def __init__(self) -> None:
        self.rows = FIRST_ROWS
        self._courteous_until = 0.0

    def note(self, rows: int, took_s: float, *, others: bool) -> None:
        """Take note of a transaction: how long its lock was held, and whether others have written before it."""
        now = time.monotonic()
        if others:
            self._courteous_until = now + COURTEOUS_FOR_S
        limit_s = COURTEOUS_S if now < self._courteous_until else CALM_S
        fitting = int(rows * limit_s / max(took_s, 1e-6))
        self.rows = max(FEWEST_ROWS, min(fitting, 2 * self.rows, MOST_ROWS))
