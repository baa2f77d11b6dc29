"""What is remembered of products, so that an entry need not ask for it."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from almoxarife.features.products import store
from almoxarife.features.products.rules import Factor, Facts
from almoxarife.features.units.service import Units

_MOST_REMEMBERED = 100_000


class KnownProducts:
    """The facts of products that were asked for; safe to share between threads.

    Any process may change a product, and each change of any of them changes the state of all
    (``store.state``, one look at the end of an index). What is remembered belongs to one state and is forgotten
    with it, so nobody is told what was true before a change that his transaction sees.
    """

    def __init__(self, units: Units) -> None:
        self._units = units
        # One object, replaced as a whole: a slow thread must not add what it read in an earlier state.
        self._remembered: tuple[int, dict[int, Facts]] = (-1, {})

    def facts(
        self, connection: Connection, numbers: Iterable[int], state: int | None = None
    ) -> dict[int, Facts]:
        """Return the facts of those of some products that there are, as the caller's transaction sees them.

        ``state``: what ``store.STATE`` was answered with within this transaction; None when it was not asked.
        """
        wanted = set(numbers)
        if not wanted:
            return {}
        state = store.state(connection) if state is None else state
        remembered_state, remembered = self._remembered
        if remembered_state != state or len(remembered) > _MOST_REMEMBERED:
            remembered = {}
            self._remembered = (state, remembered)
        known = {number: remembered[number] for number in wanted if number in remembered}
        if len(known) < len(wanted):
            found = self._read(connection, sorted(wanted - known.keys()))
            remembered.update(found)
            known.update(found)
        return known

    def _read(self, connection: Connection, numbers: list[int]) -> dict[int, Facts]:
        factors: dict[int, dict[str, Factor]] = {}
        converted = store.factors(connection, numbers)
        units = self._units.some(connection, sorted({one[1] for one in converted})) if converted else {}
        for number, unit, factor in converted:
            factors.setdefault(number, {})[unit] = Factor(factor, units[unit].decimals)
        return {
            number: Facts(name, unit, decimals, tracking, bool(active), merged_into, factors.get(number, {}))
            for number, name, unit, decimals, tracking, active, merged_into in store.facts(
                connection, numbers
            )
        }
