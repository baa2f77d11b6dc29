"""From lines to what was found: sums, what the ledger expected at that moment, and the difference.

Nothing but the standard library. What moves while somebody counts must not become a difference. A line is compared
with the balance at its own instant. Where one item is counted in several lines (two spots of a shelf, two people) and
goods moved between the first and the last of them, nobody can know on which side of the counter's hand they were:
what left may have been counted before, what came may not have been counted yet. Every order of events that explains
the sum is then no difference; the difference is what none explains, and the item is marked as moved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from almoxarife.features.counts.rules import Decision, Key, Line, Review
from almoxarife.ledger.rules import QUANTITY_SCALE

# Words by which items are asked for that tell what was expected.
TELLING = frozenset({"certos", "divergentes", "inesperados", "faltantes"})
# By item: sequence of a movement, and by how much it changed the balance.
Moves = Mapping[Key, Sequence[tuple[int, int]]]


class Item(NamedTuple):
    """What is known of one item; quantities in 1/10,000.

    ``counted``: None where nobody counted it. ``moved``: goods moved between its lines. ``twice``: its serial
    number was seen more than once. ``recount``: it is to be counted anew and has not been. ``reviewed``: a manager
    has accepted it.
    """

    key: Key
    counted: int | None
    expected: int
    round: int = 0
    lines: int = 0
    people: tuple[int, ...] = ()
    moved: bool = False
    twice: bool = False
    recount: bool = False
    reviewed: bool = False

    @property
    def difference(self) -> int:
        """What is there beyond what was expected, negative where something is missing."""
        return (self.counted or 0) - self.expected

    @property
    def situation(self) -> str:
        """In one word of the wire, what was found."""
        if self.counted is None:
            return "faltante"
        if self.difference == 0:
            return "certo"
        return "inesperado" if self.expected == 0 else "divergente"

    @property
    def next_round(self) -> int:
        """Which round it is to be counted in the next time."""
        return self.round + 1


class Accuracy(NamedTuple):
    """How right the ledger was: of so many items counted so many were as expected.

    Sums of what was expected and of the differences without their sign, as quantities in 1/10,000 and as value in
    1/10,000 of the currency.
    """

    items: int
    right: int
    expected: int
    difference: int
    expected_value: int
    difference_value: int


def standing(lines: Iterable[Line]) -> list[Line]:
    """Return the lines that no other one replaces."""
    every = list(lines)
    replaced = {line.replaces for line in every}
    return [line for line in every if line.number not in replaced]


def latest(lines: Sequence[Line]) -> dict[Key, list[Line]]:
    """Return the lines that count for each item: those of its newest round."""
    by_key: dict[Key, list[Line]] = defaultdict(list)
    for line in standing(lines):
        if line.key is not None:
            by_key[line.key].append(line)
    return {key: [one for one in own if one.round == _round(own)] for key, own in by_key.items()}


def spans(lines: Sequence[Line]) -> dict[Key, tuple[Line, Line]]:
    """Return the first and the last moment at which each item was counted, with the lines that were corrected."""
    by_number = {line.number: line for line in lines}
    found = {}
    for key, own in latest(lines).items():
        seen = [line for one in own for line in _with_replaced(one, by_number)]
        found[key] = min(seen, key=_moment), max(seen, key=_moment)
    return found


def repeated(lines: Sequence[Line], serials: Collection[int]) -> set[int]:
    """Return the numbers of the lines whose serial number another line shows, too, wherever it was seen.

    ``serials``: the products of which single things are told apart.
    """
    seen: dict[tuple[int, str | None], list[int]] = defaultdict(list)
    for key, own in latest(lines).items():
        if key.product in serials:
            seen[key.product, key.lot] += [line.number for line in own if line.quantity > 0]
    return {number for numbers in seen.values() if len(numbers) > 1 for number in numbers}


def tally(
    lines: Sequence[Line],
    reviews: Iterable[Review],
    missing: Mapping[Key, int],
    moves: Moves,
    serials: Collection[int],
    adjusted: Mapping[Key, int],
) -> list[Item]:
    """Return what was found of each item, in the order of products.

    ``missing``: the balances of what nobody counted; ``serials``: the products of which single things are told apart;
    ``adjusted``: how much a confirmed count has taken out of items: of what nobody counted, all that there was.
    """
    decided = {review.key: review for review in reviews}
    own = latest(lines)
    bounds = spans(lines)
    again = repeated(lines, serials)
    items = []
    for key, counted in own.items():
        total = sum(line.quantity for line in counted)
        if key.product in serials:
            # The same thing seen twice is one thing.
            total = min(total, QUANTITY_SCALE)
        expected, moved = _expected(total, *bounds[key], moves.get(key, ()))
        item = Item(
            key,
            total,
            expected,
            _round(counted),
            len(counted),
            tuple(dict.fromkeys(line.account for line in counted)),
            moved,
            any(line.number in again for line in counted),
        )
        items.append(_decided(item, decided.get(key)))
    items += [
        _decided(Item(key, None, balance), decided.get(key))
        for key, balance in missing.items()
        if balance and key not in own
    ]
    items += [
        _decided(Item(key, 0, balance), decided.get(key))
        for key, balance in adjusted.items()
        if key not in own
    ]
    return sorted(items, key=lambda item: (item.key.product, item.key.place, item.key.lot or ""))


def is_wanted(item: Item, wanted: str) -> bool:
    """Tell whether an item is one of those that a word of the wire asks for."""
    return {
        "todos": True,
        "certos": item.situation == "certo",
        "divergentes": item.situation in ("divergente", "inesperado"),
        "inesperados": item.situation == "inesperado",
        "faltantes": item.situation == "faltante",
        "recontar": item.recount,
        "movidos": item.moved,
        "series_repetidas": item.twice,
    }[wanted]


def unknown(lines: Iterable[Line]) -> list[Line]:
    """Return what was scanned, is no product, and was not resolved."""
    return [line for line in standing(lines) if line.product is None and line.quantity > 0]


def accuracy(items: Iterable[Item], unit_values: Mapping[int, Fraction]) -> Accuracy:
    """Return how right the ledger was about items that were counted; ``unit_values``: of 1/10,000 of a unit."""
    counted = list(items)
    expected_value = difference_value = Fraction(0)
    for item in counted:
        value = unit_values.get(item.key.product, Fraction(0))
        expected_value += abs(item.expected) * value
        difference_value += abs(item.difference) * value
    return Accuracy(
        len(counted),
        sum(item.difference == 0 for item in counted),
        sum(abs(item.expected) for item in counted),
        sum(abs(item.difference) for item in counted),
        round(expected_value),
        round(difference_value),
    )


def percentage(part: int, whole: int) -> float | None:
    """Return what part of a whole is right, in per cent with two decimals, never below 0; None of nothing."""
    return round(max(0.0, 100 * part / whole), 2) if whole else None


def _expected(counted: int, first: Line, last: Line, moves: Sequence[tuple[int, int]]) -> tuple[int, bool]:
    changes = [change for sequence, change in moves if first.sequence < sequence <= last.sequence]
    low = first.expected + sum(change for change in changes if change < 0)
    high = first.expected + sum(change for change in changes if change > 0)
    return max(low, min(counted, high)), bool(changes)


def _decided(item: Item, review: Review | None) -> Item:
    if review is None:
        return item
    return item._replace(
        recount=review.decision == Decision.RECOUNT and item.round < review.round,
        reviewed=review.decision == Decision.ACCEPT,
    )


def _with_replaced(line: Line, by_number: Mapping[int, Line]) -> list[Line]:
    """Return a line and those that it corrects, as far as they are of the same item."""
    found = [line]
    while found[-1].replaces is not None:
        before = by_number[found[-1].replaces]
        if before.key != line.key:
            break
        found.append(before)
    return found


def _moment(line: Line) -> tuple[int, int]:
    return line.sequence, line.number


def _round(lines: Iterable[Line]) -> int:
    return max(line.round for line in lines)
