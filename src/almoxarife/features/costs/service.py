"""What the ledger's movements cost. Owns the transactions."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from sqlalchemy import Connection

from almoxarife import long_work
from almoxarife.features.costs import store
from almoxarife.features.costs.rules.book import Book, value_all
from almoxarife.features.costs.rules.lines import Line, Method, Valued, in_order
from almoxarife.features.costs.store import Change, Kept, Mark
from almoxarife.ledger.store import read_head
from almoxarife.long_work import Stage
from almoxarife.storage.database import Database

# Entries wait while lines are written: so many take less than a tenth of a second.
_LINES_AT_ONCE = 8_000
# Who waits for another request that values looks so often whether it is still wanted.
_LOOK_EVERY_S = 0.3


class _OtherMethod(Exception):
    """Somebody has begun to value by another method meanwhile."""


class Costs:
    """Keeps the valuation of the movements, and brings it up to the ledger's end when it is asked for."""

    def __init__(self, database: Database, method: Callable[[Connection], Method]) -> None:
        """``method`` reads within a transaction by which method the shop values."""
        self._database = database
        self._method = method
        self._lock = threading.Lock()
        # How many of the lines that are new are valued, for who waits for them, too.
        self._progress = (0, 0)

    def bring_up_to_date(self) -> Method:
        """Value every movement that is in the ledger by now, and return by which method. Raises Unavailable.

        Only products that moved are looked at. What came in order is added to the end; a movement that happened
        before others that were valued already, or that undoes one, lets its product be valued anew.
        """
        while not self._lock.acquire(timeout=_LOOK_EVERY_S):
            long_work.step(Stage.COSTS, *self._progress)
        try:
            while True:
                try:
                    return self._follow()
                except _OtherMethod:
                    continue
        finally:
            self._lock.release()

    def unit_values(self, products: Sequence[int]) -> dict[int, Fraction]:
        """Return what each of some products is worth now, in 1/10,000 of the currency for 1/10,000 of a unit.

        What there is nothing of is worth what it was worth last; products whose cost nobody knows are left out.
        """
        self.bring_up_to_date()
        with self._database.snapshot() as connection:
            kept = store.kept(connection, products)
        values = {}
        for product, end in kept.items():
            quantity = sum(layer.quantity for layer in end.state.layers)
            value = sum(layer.value for layer in end.state.layers)
            if not quantity:
                value, quantity = end.state.known_value, end.state.known_quantity
            if quantity:
                values[product] = Fraction(value, quantity)
        return values

    def _follow(self) -> Method:
        with self._database.snapshot() as connection:
            method = self._method(connection)
            head = read_head(connection).sequence
            mark = store.mark(connection)
            if mark == (head, method):
                return method
            known = mark.valued_to if mark.method == method else 0
            moved = Counter(store.moved(connection, known, head))
        if mark.method != method:
            self._begin_anew(method)
        done, whole = 0, moved.total()
        for products in _parts(moved):
            self._progress = (done, whole)
            long_work.step(Stage.COSTS, done, whole)
            while not self._value(products, method, known, head):
                pass
            done += sum(moved[product] for product in products)
        with self._database.unit_of_work() as connection:
            found = store.hold_mark(connection)
            if found.method != method:
                raise _OtherMethod
            store.move_mark(connection, Mark(max(head, found.valued_to), method))
        return method

    def _begin_anew(self, method: Method) -> None:
        with self._database.unit_of_work() as connection:
            if store.hold_mark(connection).method != method:
                store.forget(connection)
                store.move_mark(connection, Mark(0, method))

    def _value(self, products: Sequence[int], method: Method, known: int, head: int) -> bool:
        """Value what is new of some products; False when another process was quicker with one of them."""
        with self._database.snapshot() as connection:
            kept = store.kept(connection, products)
            new = store.lines(connection, products, known, head)
            for product, end in kept.items():
                new[product] = [line for line in new[product] if line.sequence > end.valued_to]
            whole = store.lines(
                connection, [one for one in kept if new[one] and not _follows(new[one], kept[one])], 0, head
            )
        changes = [
            _continued(product, added, method, kept[product], head)
            if product in kept and product not in whole
            else _anew(product, whole.get(product, added), added, method, head)
            for product, added in new.items()
            if added
        ]
        with self._database.unit_of_work() as connection:
            if store.hold_mark(connection).method != method:
                raise _OtherMethod
            if _ends(store.kept(connection, products)) != _ends(kept):
                return False
            if changes:
                store.write(connection, changes)
        return True


def forget(connection: Connection) -> None:
    """Empty the cache within the caller's transaction, so that everything is valued anew when it is next asked for."""
    store.hold_mark(connection)
    store.forget(connection)
    store.move_mark(connection, Mark(0, ""))


def _parts(moved: Mapping[int, int]) -> Iterator[list[int]]:
    """Yield products, so many at once that their lines can be written together."""
    part: list[int] = []
    lines = 0
    for product in sorted(moved):
        if part and lines + moved[product] > _LINES_AT_ONCE:
            yield part
            part, lines = [], 0
        part.append(product)
        lines += moved[product]
    if part:
        yield part


def _ends(kept: Mapping[int, Kept]) -> dict[int, int]:
    return {product: end.valued_to for product, end in kept.items()}


def _follows(new: Sequence[Line], end: Kept) -> bool:
    """Tell whether new lines come behind those that are valued, and need nothing of them but their sum."""
    return all(line.names is None and line.effective_at >= end.effective_at for line in new)


def _continued(product: int, new: Sequence[Line], method: Method, end: Kept, head: int) -> Change:
    book = Book(method, state=end.state)
    valued = [book.value(line) for line in in_order(new)]
    return Change(product, valued, Kept(head, valued[-1].effective_at, book.state()), False)


def _anew(product: int, lines: Sequence[Line], new: Sequence[Line], method: Method, head: int) -> Change:
    """Value all lines of a product; what stands before the first new one is as it was."""
    valued, state = value_all(lines, method)
    sequences = {line.sequence for line in new}
    first = next(place for place, line in enumerate(valued) if line.sequence in sequences)
    changed: Sequence[Valued] = valued[first:]
    return Change(product, changed, Kept(head, valued[-1].effective_at, state), len(lines) > len(new))
