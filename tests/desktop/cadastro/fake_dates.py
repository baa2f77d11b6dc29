"""When everything in the shop in memory was made."""

from __future__ import annotations

from datetime import UTC, datetime

MADE = datetime(2026, 11, 1, tzinfo=UTC)
