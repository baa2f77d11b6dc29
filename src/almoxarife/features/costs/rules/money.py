"""Exact arithmetic of money: whole numbers of 1/10,000 of the currency, and nothing lost in a division."""

from __future__ import annotations

from collections.abc import Sequence

from almoxarife.ledger.rules import QUANTITY_SCALE

# Money is kept as quantities are: whole numbers of 1/10,000.
MONEY_SCALE = 10_000


def share(value: int, part: int, whole: int) -> int:
    """Return value × part ÷ whole, rounded half to even; ``whole`` is more than zero."""
    quotient, rest = divmod(value * part, whole)
    twice = 2 * rest
    return quotient + 1 if twice > whole or (twice == whole and quotient & 1) else quotient


def value_brought(quantity: int, unit_cost: int, *, freight: int = 0, tax: int = 0, discount: int = 0) -> int:
    """Return what an entry costs in all: unit cost × quantity + freight + tax - discount, and never less than nothing.

    ``quantity`` in 1/10,000 of the stock unit, the rest in 1/10,000 of the currency; ``unit_cost`` is of one
    stock unit.
    """
    return max(0, share(unit_cost, quantity, QUANTITY_SCALE) + freight + tax - discount)


def spread(amount: int, weights: Sequence[int]) -> list[int]:
    """Return an amount in as many whole parts as there are weights, in proportion to these; their sum is the amount.

    What does not divide goes to the largest remainders, among equal ones to the first (Hamilton's method).
    Weights that are all zero count alike. Raises ValueError without weights, or for a negative one.
    """
    if not weights or min(weights) < 0:
        raise ValueError("an amount is spread over weights of zero or more")
    whole = sum(weights)
    if not whole:
        weights, whole = [1] * len(weights), len(weights)
    parts, remainders = [], []
    for weight in weights:
        part, remainder = divmod(abs(amount) * weight, whole)
        parts.append(part)
        remainders.append(remainder)
    missing = abs(amount) - sum(parts)
    for place in sorted(range(len(weights)), key=lambda place: -remainders[place])[:missing]:
        parts[place] += 1
    return parts if amount >= 0 else [-part for part in parts]
