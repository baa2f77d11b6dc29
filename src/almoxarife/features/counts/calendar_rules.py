"""Which class a product is of, and what is to be counted next: the more it is worth, the more often."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from almoxarife.clock import MICROSECONDS
from almoxarife.errors import InvalidField

CLASSES = ("A", "B", "C")
# So many days after it was counted a product of a class is counted again, unless the shop says otherwise.
DEFAULT_DAYS = {"A": 30, "B": 90, "C": 180}
MOST_DAYS = 3_660
# The value of issues of so long is compared.
ABC_DAYS = 365
# Up to which part of the whole value a class goes.
_LIMITS = (("A", Fraction(80, 100)), ("B", Fraction(95, 100)))
_DAY_US = 86_400 * MICROSECONDS


class Due(NamedTuple):
    """What is to be counted: a product at a place, of which class, counted when (None: never), due by when."""

    product: int
    place: int
    quantity: int
    abc: str
    counted_at: int | None
    due_at: int

    def overdue_days(self, now: int) -> int:
        """Return by how many days it is late; negative for what is not due yet."""
        return (now - self.due_at) // _DAY_US


def classes(values: Mapping[int, Fraction | int]) -> dict[int, str]:
    """Return the ABC class of each product by what its issues were worth.

    In falling order of value, a product is of A while those before it have less than 80 % of the whole, of B while
    they have less than 95 %, else of C; so is what is worth nothing.
    """
    whole = sum(values.values(), Fraction(0))
    found = {}
    before = Fraction(0)
    for product, value in sorted(values.items(), key=lambda one: (-one[1], one[0])):
        share = before / whole if whole else Fraction(1)
        found[product] = next((name for name, limit in _LIMITS if value > 0 and share < limit), "C")
        before += value
    return found


def check_class(text: str, field: str = "classe") -> str:
    """Return a class. Raises InvalidField."""
    if text not in CLASSES:
        raise InvalidField(field=field, reason="not_one_of", options=", ".join(CLASSES))
    return text


def agenda(
    stock: Iterable[tuple[int, int, int]],
    abc: Mapping[int, str],
    counted: Mapping[tuple[int, int], int],
    days: Mapping[str, int],
    now: int,
) -> list[Due]:
    """Return what is to be counted, what is longest overdue first; ``stock``: product, place and quantity.

    What was never counted is due at once and comes before what was; of these, class A first.
    """
    found = []
    for product, place, quantity in stock:
        name = abc.get(product, "C")
        at = counted.get((product, place))
        due = now if at is None else at + days[name] * _DAY_US
        found.append(Due(product, place, quantity, name, at, due))
    return sorted(
        found, key=lambda one: (one.counted_at is not None, one.due_at, one.abc, one.product, one.place)
    )
