"""What the hot path asks and writes, as far as it is the same on SQLite and PostgreSQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from almoxarife.ledger.rules import MAX_BALANCE, Draft, Head, Movement
from almoxarife.ledger.tables import movement
from almoxarife.storage.prepared import Row

MOVEMENT = ", ".join(column.name for column in movement.c)
BALANCE = "location_id, product_id, quantity"
FIND = f"SELECT {MOVEMENT} FROM movement WHERE id"  # noqa: S608
FIND_BALANCES = f"SELECT {BALANCE} FROM balance WHERE product_id"  # noqa: S608
HEAD = "SELECT sequence, hash FROM ledger_head WHERE id = 1"
REPLACE = "ON CONFLICT (location_id, product_id) DO UPDATE SET quantity = excluded.quantity"
ADD = (
    "ON CONFLICT (location_id, product_id) DO UPDATE SET quantity = balance.quantity + excluded.quantity "
    f"WHERE balance.quantity + excluded.quantity BETWEEN {-MAX_BALANCE} AND {MAX_BALANCE}"
)

Balances = dict[tuple[int, int], int]
# Product, location, and what is added to its balance there.
Change = tuple[int, int, int]
Values = tuple[Any, ...]


class Found(NamedTuple):
    """What there is already: movements by id, and balances."""

    known: dict[bytes, Movement]
    balances: Balances


class Opening(NamedTuple):
    """What a batch begins with: the ledger's end, what there is if it was looked for, and what else was asked."""

    head: Head
    found: Found | None
    beside: list[Row]


def changes_of(drafts: Sequence[Draft]) -> list[Change]:
    """Return what drafts bring to the balances."""
    sums: defaultdict[tuple[int, int, int], int] = defaultdict(int)
    for _id, _kind, product, source, target, quantity, _account, _effective, _detail in drafts:
        sums[product, source, target] += quantity
    changes: defaultdict[tuple[int, int], int] = defaultdict(int)
    for (product, source, target), quantity in sums.items():
        changes[product, source] -= quantity
        changes[product, target] += quantity
    # In the order of the table, which is quicker.
    return [(product, place, quantity) for (product, place), quantity in sorted(changes.items())]
