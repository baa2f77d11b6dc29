"""The valuation as it is kept, beside what the rules say of the ledger's rows."""

from __future__ import annotations

from sqlalchemy import select

from almoxarife.features.costs.rules.book import value_all
from almoxarife.features.costs.rules.lines import Basis, Line, Method, Move, Valued
from almoxarife.features.costs.rules.money import value_brought
from almoxarife.features.costs.service import Costs
from almoxarife.features.costs.tables import valuation
from almoxarife.ledger.rules import OUTSIDE
from almoxarife.ledger.tables import movement, movement_detail
from almoxarife.storage.database import Database

DAY = 86_400_000_000
Valuations = dict[int, list[Valued]]


class Valuer:
    """Values by a method that can be changed, as the shop's setting can."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.method = Method.AVERAGE
        self.costs = Costs(database, lambda _connection: self.method)

    def kept(self) -> Valuations:
        """Return what is in the cache, brought up to date, by product."""
        assert self.costs.bring_up_to_date() is self.method
        return self.cached()

    def cached(self) -> Valuations:
        """Return what is in the cache as it is."""
        found: Valuations = {}
        order = (valuation.c.product_id, valuation.c.effective_at, valuation.c.sequence)
        with self.database.snapshot() as connection:
            for row in connection.execute(select(valuation).order_by(*order)):
                found.setdefault(row.product_id, []).append(
                    Valued(
                        row.sequence,
                        row.effective_at,
                        row.quantity_after,
                        int(row.value_after),
                        int(row.cost),
                        int(row.correction),
                        Basis(row.basis),
                        Move(row.kind, row.from_location, row.to_location, row.quantity),
                    )
                )
        return found

    def expected(self) -> Valuations:
        """Return what the rules say of every row of the ledger, from the first to the last."""
        lines: dict[int, list[Line]] = {}
        joined = movement.outerjoin(movement_detail, movement.c.sequence == movement_detail.c.sequence)
        with self.database.snapshot() as connection:
            for row in connection.execute(
                select(
                    movement,
                    movement_detail.c.reverses,
                    movement_detail.c.returns,
                    movement_detail.c.unit_cost,
                ).select_from(joined)
            ):
                arrived, left = row.to_location not in OUTSIDE, row.from_location not in OUTSIDE
                stated = row.unit_cost is not None and arrived and not left
                lines.setdefault(row.product_id, []).append(
                    Line(
                        row.sequence,
                        row.effective_at,
                        row.quantity * (arrived - left),
                        value_brought(row.quantity, row.unit_cost) if stated else None,
                        row.reverses,
                        row.returns,
                        move=Move(row.kind, row.from_location, row.to_location, row.quantity),
                    )
                )
        return {product: value_all(lines[product], self.method)[0] for product in sorted(lines)}
