"""What is valued, and what comes of it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum, StrEnum
from typing import NamedTuple


class Method(StrEnum):
    """How the cost of what goes out is found; the values are those of the shop's setting."""

    AVERAGE = "medio"
    FIFO = "peps"


class Basis(IntEnum):
    """Where the cost of a line comes from, as stored."""

    NOTHING = 0  # It changes no stock of the shop: a transfer.
    STATED = 1  # What was written on it: unit cost, freight, tax, discount.
    NAMED = 2  # What the movement that it reverses or returns brought or took.
    STOCK = 3  # The stock at that moment: its average, or its oldest layers.
    LAST_KNOWN = 4  # There was no stock, or too little: the cost known last.
    UNKNOWN = 5  # No cost was ever known: zero.


class Move(NamedTuple):
    """What a movement was, carried along to be kept beside its cost; ``quantity`` without a sign."""

    kind: int
    source: int
    target: int
    quantity: int


# Of lines that nobody keeps.
_UNSAID = Move(0, 0, 0, 0)


class Line(NamedTuple):
    """A movement of one product as its cost sees it.

    ``quantity`` in 1/10,000, with the sign of the shop's own stock (a transfer: 0). ``brought``: what came in is
    worth, in 1/10,000 of the currency; None where nobody said, and then ``extra`` is what it cost beyond the goods.
    ``reverses`` and ``returns`` are the sequence of a movement: the one that it undoes, the one of which it brings
    or sends something back.
    """

    sequence: int
    effective_at: int
    quantity: int
    brought: int | None = None
    reverses: int | None = None
    returns: int | None = None
    extra: int = 0
    move: Move = _UNSAID

    @property
    def names(self) -> int | None:
        """The sequence of the movement whose cost is this one's."""
        return self.reverses or self.returns


class Valued(NamedTuple):
    """A line with its cost: before + ``cost`` + ``correction`` = ``value_after``; values in 1/10,000.

    ``cost`` is what the movement brought (positive) or took (negative). ``correction`` is what else changed:
    what had gone out at an assumed cost has now its real one, or a stock that ended took its last cents along.
    """

    sequence: int
    effective_at: int
    quantity_after: int
    value_after: int
    cost: int
    correction: int
    basis: Basis
    move: Move = _UNSAID


def in_order(lines: Iterable[Line]) -> list[Line]:
    """Return the lines of one product in the order in which they count: by when they happened, then by sequence.

    What undoes or returns another movement happens no sooner than that one.
    """
    happened: dict[int, int] = {}
    ordered = []
    for line in sorted(lines):
        named = line.names
        if named is not None and happened.get(named, line.effective_at) > line.effective_at:
            line = line._replace(effective_at=happened[named])  # noqa: PLW2901
        happened[line.sequence] = line.effective_at
        ordered.append(line)
    ordered.sort(key=lambda line: (line.effective_at, line.sequence))
    return ordered
