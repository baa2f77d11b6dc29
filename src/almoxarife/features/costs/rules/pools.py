"""The stock as what it cost: one heap of the same average (custo médio), or layers (PEPS)."""

from __future__ import annotations

from bisect import insort
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from almoxarife.features.costs.rules.lines import Method
from almoxarife.features.costs.rules.money import share


class Layer(NamedTuple):
    """A quantity that came in together and what it cost; ordered by the instant and sequence of its coming."""

    effective_at: int
    sequence: int
    quantity: int
    value: int


class Pool(Protocol):
    """What is in stock; both sums are never negative, and a quantity of zero is worth zero."""

    quantity: int
    value: int

    def put(self, layer: Layer) -> None:
        """Add to the stock."""

    def take(self, quantity: int) -> list[Layer]:
        """Take out at most what there is, and return it with what it cost."""

    def take_back(self, quantity: int, value: int, sequence: int) -> None:
        """Take out at most what there is of what the movement ``sequence`` brought, which was worth ``value``."""

    def known_cost(self) -> tuple[int, int] | None:
        """Return the newest cost there is, as a value and the quantity that it is of."""

    def layers(self) -> Sequence[Layer]:
        """Return everything, so that the same pool can be made of it."""


def pool_of(method: Method, layers: Sequence[Layer] = ()) -> Pool:
    """Return a pool that holds some layers."""
    return _Average(layers) if method is Method.AVERAGE else _Fifo(layers)


class _Average:
    """One heap: every unit costs the same, the value of all by their number."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        self.quantity = sum(layer.quantity for layer in layers)
        self.value = sum(layer.value for layer in layers)

    def put(self, layer: Layer) -> None:
        self.quantity += layer.quantity
        self.value += layer.value

    def take(self, quantity: int) -> list[Layer]:
        if quantity >= self.quantity:
            # The last unit takes the last cent.
            quantity, value = self.quantity, self.value
        else:
            value = share(self.value, quantity, self.quantity)
        self.quantity -= quantity
        self.value -= value
        return [Layer(0, 0, quantity, value)] if quantity else []

    def take_back(self, quantity: int, value: int, sequence: int) -> None:  # noqa: ARG002 - a heap knows no origin
        self.quantity = max(0, self.quantity - quantity)
        # What is left cannot be worth less than nothing.
        self.value = max(0, self.value - value) if self.quantity else 0

    def known_cost(self) -> tuple[int, int] | None:
        return (self.value, self.quantity) if self.quantity else None

    def layers(self) -> Sequence[Layer]:
        return [Layer(0, 0, self.quantity, self.value)] if self.quantity else []


class _Fifo:
    """Layers, each at its own cost; what came in first goes out first."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        # The oldest last: that is where a list is quick.
        self._layers = [_turned(layer) for layer in reversed(layers)]
        self.quantity = sum(layer.quantity for layer in layers)
        self.value = sum(layer.value for layer in layers)

    def put(self, layer: Layer) -> None:
        insort(self._layers, _turned(layer))
        self.quantity += layer.quantity
        self.value += layer.value

    def take(self, quantity: int) -> list[Layer]:
        taken: list[Layer] = []
        while quantity and self._layers:
            layer = self._take_of(len(self._layers) - 1, quantity)
            quantity -= layer.quantity
            taken.append(layer)
        return taken

    def take_back(self, quantity: int, value: int, sequence: int) -> None:  # noqa: ARG002 - layers have their own
        for place in reversed(range(len(self._layers))):
            if quantity and self._layers[place].sequence == -sequence:
                quantity -= self._take_of(place, quantity).quantity
        # The rest of it went out already, where the next older ones would have gone.
        self.take(quantity)

    def known_cost(self) -> tuple[int, int] | None:
        return (self._layers[0].value, self._layers[0].quantity) if self._layers else None

    def layers(self) -> Sequence[Layer]:
        return [_turned(layer) for layer in reversed(self._layers)]

    def _take_of(self, place: int, quantity: int) -> Layer:
        layer = self._layers[place]
        if quantity >= layer.quantity:
            taken = self._layers.pop(place)
        else:
            taken = layer._replace(quantity=quantity, value=share(layer.value, quantity, layer.quantity))
            self._layers[place] = layer._replace(
                quantity=layer.quantity - quantity, value=layer.value - taken.value
            )
        self.quantity -= taken.quantity
        self.value -= taken.value
        return _turned(taken)


def _turned(layer: Layer) -> Layer:
    """Return a layer that is ordered the other way round."""
    return layer._replace(effective_at=-layer.effective_at, sequence=-layer.sequence)
