"""Sums of quantities by product over a whole ledger."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence

# Products are counted from 1 on: 8 bytes for each of a million of them.
_MOST_IN_ARRAY = 1_000_000
_LARGEST_SUM = 2**63 - 1


class Sums:
    """Sums that start with 0; exact, whatever their size."""

    def __init__(self, *, in_array: bool) -> None:
        """``in_array``: of many products and quickly; else of few among many, in little memory.

        A dictionary has a number object for each sum, strewn over the memory; an array stays in the processor's
        cache. It takes half as long.
        """
        self._array = array("q") if in_array else None
        # No sum in the array is larger than all that was added.
        self._added = 0
        self._others: defaultdict[int, int] = defaultdict(int)

    def add(self, products: Sequence[int], quantities: Sequence[int]) -> None:
        """Add to each product's sum; quantities are more than zero and at most ``rules.MAX_QUANTITY``."""
        if self._array is None or min(products) < 0 or max(products) >= _MOST_IN_ARRAY:
            others = self._others
            for product, quantity in zip(products, quantities, strict=True):
                others[product] += quantity
            return
        total = sum(quantities)
        if self._added + total > _LARGEST_SUM:
            self._empty_array(self._array)
        self._added += total
        sums = self._array
        missing = max(products) + 1 - len(sums)
        if missing > 0:
            sums.frombytes(bytes(sums.itemsize * missing))
        for product, quantity in zip(products, quantities, strict=True):
            sums[product] += quantity

    def add_sums(self, sums: Mapping[int, int]) -> None:
        """Add sums of any size to those of their products."""
        for product, total in sums.items():
            self._others[product] += total

    def by_product(self) -> dict[int, int]:
        """Return what was summed up so far."""
        if self._array is not None:
            self._empty_array(self._array)
        return self._others

    def _empty_array(self, sums: array[int]) -> None:
        for product, total in enumerate(sums):
            if total:
                self._others[product] += total
        sums[:] = array("q", bytes(sums.itemsize * len(sums)))
        self._added = 0
