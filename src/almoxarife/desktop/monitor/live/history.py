"""How the balance of one product went, worked out backwards from what there is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from almoxarife.client.movements import Entry
from almoxarife.desktop.kit.kinds import TRANSFER


@dataclass(frozen=True)
class History:
    """The balances of a product, oldest first, one more than its movements: before the first, and after each."""

    product_id: str
    product_name: str
    balances: tuple[Decimal | int, ...]
    last_sequence: int = 0

    @property
    def present(self) -> Decimal | int:
        """What there is now."""
        return self.balances[-1]

    def after(self, entries: Sequence[Entry], most: int) -> History:
        """Return the same with more movements, those of other products left out."""
        balances, last = list(self.balances), self.last_sequence
        for entry in entries:
            if entry.product_id == self.product_id and entry.sequence > last:
                balances.append(balances[-1] + change(entry))
                last = entry.sequence
        return History(self.product_id, self.product_name, tuple(balances[-most:]), last)


def history(product_id: str, product_name: str, total: Decimal | int, entries: Sequence[Entry]) -> History:
    """Return how the balance came to be ``total`` by these movements of the product, oldest first."""
    balances = [total]
    for entry in reversed(entries):
        balances.append(balances[-1] - change(entry))
    last = entries[-1].sequence if entries else 0
    return History(product_id, product_name, tuple(reversed(balances)), last)


def change(entry: Entry) -> Decimal | int:
    """Return by how much a movement changes what the shop has: a transfer by nothing."""
    return 0 if entry.kind == TRANSFER or not entry.sign else entry.quantity
