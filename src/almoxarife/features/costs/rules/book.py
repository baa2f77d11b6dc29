"""The cost of one product's movements, line by line: moving weighted average (custo médio) or FIFO (PEPS).

Where stock may go below zero, what goes out beyond it does so at the cost known last, and is a debt of quantity
and value. What comes in pays the debt first: from then on what went out has the cost of what came in for it, and
the difference is that line's correction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from almoxarife.features.costs.rules.lines import Basis, Line, Method, Valued, in_order
from almoxarife.features.costs.rules.money import share
from almoxarife.features.costs.rules.pools import Layer, pool_of

_ASSUMED = frozenset({Basis.STOCK, Basis.LAST_KNOWN, Basis.UNKNOWN})


class State(NamedTuple):
    """Where a book ends, so that it can be continued: layers in stock, debt, and the cost known last."""

    layers: Sequence[Layer] = ()
    debt_quantity: int = 0
    debt_value: int = 0
    known_value: int = 0
    known_quantity: int = 0


class _Past(NamedTuple):
    """What a movement that a later one names brought or took."""

    quantity: int
    cost: int
    layers: list[Layer]


class Book:
    """Values the lines of one product in their order; begins anew, or where a state ends."""

    def __init__(self, method: Method, named: Collection[int] = (), state: State | None = None) -> None:
        """``named``: the sequences that lines to come name; they must come, too."""
        state = state or State()
        self._pool = pool_of(method, state.layers)
        self._debt_quantity = state.debt_quantity
        self._debt_value = state.debt_value
        self._known = (state.known_value, state.known_quantity)
        self._named = named
        self._past: dict[int, _Past] = {}
        # Of a movement: how much of it came back so far, and at what.
        self._returned: dict[int, tuple[int, int]] = {}

    def value(self, line: Line) -> Valued:
        """Return the next line with its cost."""
        before = self._pool.value - self._debt_value
        layers: list[Layer] = []
        if line.quantity > 0:
            cost, basis, layers = self._came_in(line)
        elif line.quantity < 0:
            cost, basis, layers = self._went_out(line)
        else:
            cost, basis = 0, Basis.NOTHING
        if line.sequence in self._named:
            self._past[line.sequence] = _Past(line.quantity, cost, layers)
        after = self._pool.value - self._debt_value
        return Valued(
            line.sequence,
            line.effective_at,
            self._pool.quantity - self._debt_quantity,
            after,
            cost,
            after - before - cost,
            basis,
            line.move,
        )

    def state(self) -> State:
        """Return where the book ends now."""
        return State(self._pool.layers(), self._debt_quantity, self._debt_value, *self._known)

    def _came_in(self, line: Line) -> tuple[int, Basis, list[Layer]]:
        past = self._named_by(line)
        whole = [Layer(line.effective_at, line.sequence, line.quantity, 0)]
        if past is not None:
            cost, basis = self._cost_of(past, line), Basis.NAMED
            if line.reverses and past.layers:
                whole = past.layers
        elif line.brought is not None:
            cost, basis = line.brought, Basis.STATED
        elif self._pool.quantity:
            cost, basis = share(self._pool.value, line.quantity, self._pool.quantity), Basis.STOCK
        elif self._known[1]:
            cost, basis = share(self._known[0], line.quantity, self._known[1]), Basis.LAST_KNOWN
        else:
            cost, basis = 0, Basis.UNKNOWN
        if basis in _ASSUMED:
            cost = max(0, cost + line.extra)
        if len(whole) == 1:
            whole = [whole[0]._replace(value=cost)]
        if basis is not Basis.UNKNOWN:
            self._known = (cost, line.quantity)
        for layer in whole:
            self._receive(layer)
        return cost, basis, whole

    def _receive(self, layer: Layer) -> None:
        """Pay what is owed, and put the rest into stock."""
        if self._debt_quantity:
            paid = min(layer.quantity, self._debt_quantity)
            settled = share(self._debt_value, paid, self._debt_quantity)
            used = share(layer.value, paid, layer.quantity)
            self._debt_quantity -= paid
            self._debt_value -= settled
            layer = layer._replace(quantity=layer.quantity - paid, value=layer.value - used)
        if layer.quantity:
            self._pool.put(layer)

    def _went_out(self, line: Line) -> tuple[int, Basis, list[Layer]]:
        pool, quantity = self._pool, -line.quantity
        missing = assumed = 0
        if quantity >= pool.quantity:
            self._known = pool.known_cost() or self._known
            missing = quantity - pool.quantity
            # What goes beyond the stock is worth as much as was known last.
            assumed = share(self._known[0], missing, self._known[1]) if self._known[1] else 0
        past = self._named_by(line)
        if past is not None:
            cost, basis = self._cost_of(past, line), Basis.NAMED
            pool.take_back(quantity, -cost, line.names or 0)
            layers = []
        else:
            held = pool.value
            layers = pool.take(quantity)
            cost, basis = pool.value - held - assumed, Basis.STOCK
            if missing:
                basis = Basis.LAST_KNOWN if self._known[1] else Basis.UNKNOWN
                layers.append(Layer(line.effective_at, line.sequence, missing, assumed))
        self._debt_quantity += missing
        self._debt_value += assumed
        return cost, basis, layers

    def _named_by(self, line: Line) -> _Past | None:
        """Return what a line names, if that went the other way."""
        past = self._past.get(line.names or 0) if self._past else None
        return past if past is not None and past.quantity * line.quantity < 0 else None

    def _cost_of(self, past: _Past, line: Line) -> int:
        """Return what a line costs that names an earlier one: all of it, or its part.

        Parts are rounded so that together they are exactly the whole.
        """
        if line.reverses or not line.returns:
            return -past.cost
        quantity, cost = self._returned.get(line.returns, (0, 0))
        quantity += abs(line.quantity)
        returned = share(past.cost, quantity, abs(past.quantity))
        self._returned[line.returns] = quantity, returned
        return cost - returned


def value_all(lines: Iterable[Line], method: Method) -> tuple[list[Valued], State]:
    """Return all lines of one product with their cost, in the order in which they count, and where they end."""
    ordered = in_order(lines)
    book = Book(method, {line.names for line in ordered if line.names})
    return [book.value(line) for line in ordered], book.state()
