"""Lines of a count with what people want to know of them, each within the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from almoxarife.features.accounts.service import Accounts
from almoxarife.features.counts import store, tally_rules
from almoxarife.features.counts.rules import Count, Line
from almoxarife.features.locations.service import Locations
from almoxarife.features.products.rules import BY_SERIAL
from almoxarife.features.products.service import Products
from almoxarife.ledger.rules import QUANTITY_SCALE


class Counted(NamedTuple):
    """A line, with the names of product, place and person; ``total`` of its item, in 1/10,000.

    ``twice``: another line shows the same serial number.
    """

    line: Line
    row: Count
    product_name: str | None
    place_name: str
    username: str
    twice: bool = False
    total: int = 0


class Telling:
    """Names what lines are about, and finds what was seen twice."""

    def __init__(self, products: Products, locations: Locations, accounts: Accounts) -> None:
        self._products = products
        self._locations = locations
        self._accounts = accounts

    def told(self, connection: Connection, row: Count, lines: Sequence[Line]) -> list[Counted]:
        """Return some lines of a count as they are told."""
        names = self._products.names(connection, {line.product for line in lines if line.product is not None})
        every, people = self._locations.all(connection), self.people()
        twice = self._twice(connection, row, lines)
        return [
            Counted(
                line,
                row,
                names[line.product] if line.product is not None else None,
                every[line.place].name,
                people[line.account],
                line.number in twice,
            )
            for line in lines
        ]

    def with_total(self, connection: Connection, row: Count, line: Line) -> Counted:
        """Return a line that was just counted, with all that was counted of its item so far."""
        [counted] = self.told(connection, row, [line])
        if line.product is None:
            return counted._replace(total=line.quantity)
        total = store.total_of(connection, line)
        serial = self._serials(connection, {line.product})
        return counted._replace(total=min(total, QUANTITY_SCALE) if serial else total)

    def people(self) -> Mapping[int, str]:
        """Return the names of all who may have counted."""
        return {account.id: account.username for account in self._accounts.listing()}

    def _twice(self, connection: Connection, row: Count, lines: Sequence[Line]) -> set[int]:
        """Return the numbers of those lines whose serial number another line of the count shows, too."""
        tracked = {line.product for line in lines if line.product is not None and line.lot is not None}
        serials = self._serials(connection, tracked)
        numbers = sorted({line.lot for line in lines if line.lot is not None and line.product in serials})
        if not numbers:
            return set()
        return tally_rules.repeated(
            store.lines_of_lots(connection, row.number, sorted(serials), numbers), serials
        )

    def _serials(self, connection: Connection, products: set[int]) -> set[int]:
        """Return those products of which single things are told apart."""
        facts = self._products.facts(connection, products)
        return {number for number, one in facts.items() if one.tracking == BY_SERIAL}
