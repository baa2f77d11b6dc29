"""Rules of balances: sums over the branches of the tree of places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from almoxarife.ledger.rules import Location


def branches(places: Mapping[int, Location], quantities: Mapping[int, int]) -> dict[int, int]:
    """Return how much is in each place with everything inside it, of the places where that can be more than nothing."""
    sums: defaultdict[int, int] = defaultdict(int)
    for number, quantity in quantities.items():
        seen: set[int] = set()
        above: int | None = number
        while above is not None and above not in seen:
            seen.add(above)
            sums[above] += quantity
            above = places[above].parent_id if above in places else None
    return dict(sums)
