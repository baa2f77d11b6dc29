"""The ABC curve: few products make most of the value that is consumed (Pareto; H. F. Dickie, 1951)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from almoxarife.features.analysis.rules.asked import ONE
from almoxarife.features.costs.rules.money import share


class Consumed(NamedTuple):
    """How much of a product was consumed, in 1/10,000, and at what cost, in 1/10,000 of the currency."""

    product: int
    quantity: int
    value: int


class Ranked(NamedTuple):
    """A product's place on the curve; shares in 1/10,000 of one percent, ``cumulated`` with its own."""

    consumed: Consumed
    share: int
    cumulated: int
    letter: str


def curve(consumed: Iterable[Consumed], limit_a: int, limit_b: int) -> list[Ranked]:
    """Return the products from the largest value to the smallest, each with its class.

    Class A goes on until its products have reached ``limit_a`` of the whole together, B until ``limit_b``: the
    product that reaches a limit still belongs to the class, so the largest one is always A. Products of which as much
    came back as went out, or more, are not on the curve; those whose cost nobody knows stand at its end, in C.
    """
    ordered = sorted(
        (one for one in consumed if one.quantity > 0),
        key=lambda one: (-max(0, one.value), one.product),
    )
    whole = sum(max(0, one.value) for one in ordered)
    ranked = []
    before = 0
    for one in ordered:
        value = max(0, one.value)
        after = before + value
        ranked.append(
            Ranked(
                one,
                share(value, 100 * ONE, whole) if whole else 0,
                share(after, 100 * ONE, whole) if whole else 0,
                _letter(before, whole, limit_a, limit_b) if value else "C",
            )
        )
        before = after
    return ranked


def _letter(before: int, whole: int, limit_a: int, limit_b: int) -> str:
    reached = before * 100 * ONE
    if reached < limit_a * whole:
        return "A"
    return "B" if reached < limit_b * whole else "C"
