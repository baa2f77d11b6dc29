"""Which stock card a person wants to see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypedDict


class Part(TypedDict):
    """Which part of a product's card, as the client's calls name it."""

    place_id: str | None
    since: str | None
    until: str | None


@dataclass(frozen=True)
class WantedCard:
    """Which card: a product, a place with all inside it (empty: the shop), and a range of days."""

    product_id: str
    place_id: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def part(self) -> Part:
        """Which part of the product's card it is."""
        return {
            "place_id": self.place_id or None,
            "since": self.since.isoformat() if self.since else None,
            "until": self.until.isoformat() if self.until else None,
        }
