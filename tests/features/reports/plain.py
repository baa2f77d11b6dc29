"""Stock and its cost as plainly as it can be said: a second way to the same figures, without the system's rules.

Everything is gone through from its beginning. Money and quantities are whole numbers of 1/10,000.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction

When = tuple[int, int]


@dataclass
class Told:
    """A movement as it was told to the model; ``sign`` as the shop's own stock sees it."""

    sequence: int
    product: int
    source: int
    target: int
    quantity: int
    sign: int
    at: int
    value: int | None = None
    undoes: Told | None = None

    @property
    def when(self) -> When:
        """When it happened: what undoes something, no sooner than that."""
        at = max(self.at, self.undoes.when[0]) if self.undoes else self.at
        return at, self.sequence


@dataclass
class Known:
    """What the card says of a movement."""

    sequence: int
    quantity: int
    value: int
    cost: int


@dataclass
class Heap:
    """Goods that came together, and what all of them cost."""

    came: When
    quantity: int
    value: int

    def split(self, quantity: int) -> Heap:
        """Take a part off."""
        value = round(Fraction(self.value * quantity, self.quantity))
        self.quantity -= quantity
        self.value -= value
        return Heap(self.came, quantity, value)


@dataclass
class Stock:
    """Heaps of goods, the oldest first; what is owed; the cost of a unit that was known last."""

    fifo: bool
    heaps: list[Heap] = field(default_factory=list)
    owed: Heap = field(default_factory=lambda: Heap((0, 0), 0, 0))
    known: Fraction | None = None

    @property
    def held(self) -> int:
        return sum(heap.quantity for heap in self.heaps)

    @property
    def worth(self) -> int:
        return sum(heap.value for heap in self.heaps)

    def put(self, new: Heap) -> None:
        paid = min(new.quantity, self.owed.quantity)
        if paid:
            self.owed.split(paid)
            new.split(paid)
        if self.heaps and not self.fifo:
            self.heaps[0].quantity += new.quantity
            self.heaps[0].value += new.value
        elif new.quantity:
            self.heaps.append(new)
            self.heaps.sort(key=lambda heap: heap.came)

    def take(self, quantity: int, *, of: int | None = None) -> list[Heap]:
        """Take goods, the oldest first; or only those that a movement brought."""
        taken = []
        for heap in self.heaps:
            part = min(quantity, heap.quantity) if of in (None, heap.came[1]) else 0
            if part:
                taken.append(heap.split(part))
                quantity -= part
        self.heaps = [heap for heap in self.heaps if heap.quantity]
        return taken


class Shop:
    """The card of one product, line by line."""

    def __init__(self, *, fifo: bool) -> None:
        self._stock = Stock(fifo)
        self._costs: defaultdict[int, int] = defaultdict(int)
        self._taken: dict[int, list[Heap]] = {}

    def tell(self, one: Told) -> Known:
        """Return the next line."""
        if one.sign > 0:
            self._come(one)
        elif one.sign < 0:
            self._go(one)
        stock = self._stock
        quantity, value = stock.held - stock.owed.quantity, stock.worth - stock.owed.value
        return Known(one.sequence, quantity, value, self._costs[one.sequence])

    def _come(self, one: Told) -> None:
        stock = self._stock
        unit = Fraction(stock.worth, stock.held) if stock.held else stock.known
        back = self._taken[one.undoes.sequence] if one.undoes else []
        if one.undoes:
            value = sum(heap.value for heap in back)
        elif one.value is not None:
            value = one.value
        else:
            value = round(unit * one.quantity) if unit is not None else 0
        self._costs[one.sequence] = value
        if one.undoes or one.value is not None or unit is not None:
            stock.known = Fraction(value, one.quantity)
        for heap in back if stock.fifo and back else [Heap(one.when, one.quantity, value)]:
            stock.put(Heap(heap.came, heap.quantity, heap.value))

    def _go(self, one: Told) -> None:
        stock = self._stock
        missing = max(0, one.quantity - stock.held)
        if stock.heaps and one.quantity >= stock.held:
            newest = stock.heaps[-1]
            stock.known = Fraction(newest.value, newest.quantity)
        assumed = Heap(one.when, missing, round(stock.known * missing) if stock.known is not None else 0)
        if one.undoes:
            self._costs[one.sequence] = -self._costs[one.undoes.sequence]
            self._send_back(one.undoes.sequence, one.quantity)
        else:
            taken = stock.take(one.quantity) + ([assumed] if missing else [])
            self._costs[one.sequence] = -sum(heap.value for heap in taken)
            self._taken[one.sequence] = taken
        stock.owed.quantity += missing
        stock.owed.value += assumed.value

    def _send_back(self, sequence: int, quantity: int) -> None:
        stock = self._stock
        if stock.fifo:
            rest = quantity - sum(heap.quantity for heap in stock.take(quantity, of=sequence))
            stock.take(rest)
        elif quantity < stock.held:
            heap = stock.heaps[0]
            heap.quantity -= quantity
            heap.value = max(0, heap.value - self._costs[sequence])
        else:
            stock.heaps = []


def card(told: list[Told], *, fifo: bool) -> list[Known]:
    """Return the card of one product's movements."""
    shop = Shop(fifo=fifo)
    return [shop.tell(one) for one in sorted(told, key=lambda one: one.when)]
