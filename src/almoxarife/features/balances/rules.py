"""Rules of balances: sums over the branches of the tree of places, and which instant is meant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from almoxarife.clock import beginning_of, day_after, from_rfc3339, is_day
from almoxarife.errors import InvalidField
from almoxarife.ledger.rules import Location


def instant_of(text: str) -> int:
    """Return the last microsecond that counts: of an instant itself, of a day its end. Raises InvalidField."""
    try:
        return beginning_of(day_after(text)) - 1 if is_day(text) else from_rfc3339(text)
    except (ValueError, OverflowError):
        raise InvalidField(field="em", reason="not_instant_or_day") from None


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
