"""Any sequence of operations: a plain model and both databases agree on every balance, cost and line of the card."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from almoxarife.features.costs.rules.lines import Method
from almoxarife.features.costs.rules.money import value_brought
from almoxarife.ledger.rules import (
    ADJUSTMENT_LOCATION,
    CUSTOMER_LOCATION,
    LOSS_LOCATION,
    SUPPLIER_LOCATION,
    Detail,
    Draft,
    Kind,
)
from almoxarife.ledger.rules_guard import NotEnoughStock, Terms
from tests.databases import PostgresqlServer

from .desk import Desk
from .plain import Known, Told, card

PRODUCTS = st.sampled_from([1, 2])
PLACES = (2, 6, 7)
# The shelf (7) is in the store-room (6).
BRANCHES = {2: (2,), 6: (6, 7), 7: (7,)}
INSIDE = st.sampled_from(PLACES)
# Halves and thirds, so that costs do not divide.
QUANTITIES = st.integers(1, 30_0000) | st.sampled_from([1_0000, 3_0000, 7_0000])
COSTS = st.none() | st.integers(0, 20_0000)
# How long ago it happened; most movements are told as they happen.
AGES = st.just(0) | st.integers(0, 5)
CLIENTS = st.integers(0, 1)
BEGIN = 1_800_000_000_000_000
HOUR = 3_600_000_000


class Shops(RuleBasedStateMachine):
    """The same things happen to a model, an SQLite and a PostgreSQL database."""

    movements: Any = Bundle("movements")

    def __init__(self, desks: list[Desk]) -> None:
        super().__init__()
        self.desks = desks
        self.told: list[Told] = []
        self.balances: Counter[tuple[int, int]] = Counter()
        self.numbers = count(1)
        self.negative = False
        self.method = Method.AVERAGE

    def _register(
        self,
        kind: Kind,
        product: int,
        source: int,
        target: int,
        quantity: int,
        age: int = 0,
        client: int = 0,
        unit_cost: int | None = None,
        undoes: Told | None = None,
    ) -> Told | None:
        """Register a movement everywhere; None where all refuse it."""
        number = next(self.numbers)
        now = BEGIN + number * HOUR
        at = None if age == 0 else now - age * HOUR
        detail = None
        if unit_cost is not None or undoes:
            detail = Detail(unit_cost=unit_cost, reverses=undoes.sequence if undoes else None)
        draft = Draft(UUID(int=number).bytes, kind, product, source, target, quantity, client + 1, at, detail)
        accepted = source not in PLACES or self.negative or self.balances[source, product] >= quantity
        for desk in self.desks:
            refusal = desk.append(draft, now, Terms(allow_negative=self.negative))
            assert (refusal is None) if accepted else isinstance(refusal, NotEnoughStock)
        if not accepted:
            return None
        self.balances[source, product] -= quantity
        self.balances[target, product] += quantity
        told = Told(
            len(self.told) + 1,
            product,
            source,
            target,
            quantity,
            (target in PLACES) - (source in PLACES),
            now if at is None else at,
            value_brought(quantity, unit_cost) if unit_cost is not None else None,
            undoes,
        )
        self.told.append(told)
        return told

    @rule(target=movements, product=PRODUCTS, place=INSIDE, quantity=QUANTITIES, cost=COSTS, age=AGES)
    def receive(self, product: int, place: int, quantity: int, cost: int | None, age: int) -> Told | None:
        return self._register(Kind.ENTRY, product, SUPPLIER_LOCATION, place, quantity, age, unit_cost=cost)

    @rule(target=movements, product=PRODUCTS, place=INSIDE, quantity=QUANTITIES, age=AGES, client=CLIENTS)
    def issue(self, product: int, place: int, quantity: int, age: int, client: int) -> Told | None:
        return self._register(Kind.ISSUE, product, place, CUSTOMER_LOCATION, quantity, age, client)

    @rule(target=movements, product=PRODUCTS, place=INSIDE, other=INSIDE, quantity=QUANTITIES, age=AGES)
    def transfer(self, product: int, place: int, other: int, quantity: int, age: int) -> Told | None:
        if place == other:
            return None
        return self._register(Kind.TRANSFER, product, place, other, quantity, age)

    @rule(target=movements, product=PRODUCTS, place=INSIDE, quantity=QUANTITIES)
    def lose(self, product: int, place: int, quantity: int) -> Told | None:
        return self._register(Kind.LOSS, product, place, LOSS_LOCATION, quantity)

    @rule(target=movements, product=PRODUCTS, place=INSIDE, quantity=QUANTITIES, more=st.booleans())
    def adjust(self, product: int, place: int, quantity: int, more: bool) -> Told | None:
        ends = (ADJUSTMENT_LOCATION, place) if more else (place, ADJUSTMENT_LOCATION)
        return self._register(Kind.ADJUSTMENT, product, *ends, quantity)

    @rule(target=movements, product=PRODUCTS, place=INSIDE, quantity=QUANTITIES, age=AGES)
    def take_back(self, product: int, place: int, quantity: int, age: int) -> Told | None:
        return self._register(Kind.CUSTOMER_RETURN, product, CUSTOMER_LOCATION, place, quantity, age)

    @rule(target=movements, product=PRODUCTS, place=INSIDE, quantity=QUANTITIES)
    def send_back(self, product: int, place: int, quantity: int) -> Told | None:
        return self._register(Kind.SUPPLIER_RETURN, product, place, SUPPLIER_LOCATION, quantity)

    @rule(movement=consumes(movements), age=AGES, client=CLIENTS)
    def reverse(self, movement: Told | None, age: int, client: int) -> None:
        if movement is not None:
            ends = (movement.target, movement.source)
            self._register(
                Kind.REVERSAL, movement.product, *ends, movement.quantity, age, client, undoes=movement
            )

    @rule()
    def change_the_method(self) -> None:
        self.method = Method.FIFO if self.method is Method.AVERAGE else Method.AVERAGE
        for desk in self.desks:
            desk.method = self.method

    @precondition(lambda self: not self.negative)
    @rule()
    def allow_negative_stock(self) -> None:
        self.negative = True

    @invariant()
    def every_line_of_every_card_is_the_same(self) -> None:
        for product in (1, 2):
            told = [one for one in self.told if one.product == product]
            expected = card(told, fifo=self.method is Method.FIFO)
            for desk in self.desks:
                lines = [
                    Known(line.movement.sequence, *line.stock, line.cost) for line in desk.card(product).lines
                ]
                assert lines == expected

    @invariant()
    def every_balance_is_the_same_and_all_sum_to_zero(self) -> None:
        for desk in self.desks:
            balances = desk.balances()
            assert {key: units for key, units in balances.items() if units} == {
                key: units for key, units in self.balances.items() if units
            }
            for product in (1, 2):
                assert sum(units for (_, one), units in balances.items() if one == product) == 0
                for place in PLACES:
                    there = sum(self.balances[one, product] for one in BRANCHES[place])
                    assert desk.card(product, f"l{place}").closing.quantity == there
            kept = {held.product_id: held.stock.quantity for held in desk.inventory()}
            for product, units in kept.items():
                assert units == sum(self.balances[place, product] for place in PLACES)


def test_any_history(postgresql_server: PostgresqlServer, sqlite_template: Path, tmp_path: Path) -> None:
    made = count()
    closing: list[Callable[[], None]] = []

    def shops() -> Shops:
        while closing:
            closing.pop()()
        path = tmp_path / f"{next(made)}.db"
        shutil.copy(sqlite_template, path)
        name = postgresql_server.create_database()
        desks = [Desk(f"sqlite:///{path.as_posix()}"), Desk(postgresql_server.url(name))]
        closing.append(lambda: postgresql_server.drop_database(name))
        closing.extend(desk.close for desk in desks)
        return Shops(desks)

    bounds = settings(
        max_examples=8, stateful_step_count=18, deadline=None, suppress_health_check=list(HealthCheck)
    )
    # It is called without arguments, as a class would be.
    run_state_machine_as_test(shops, settings=bounds)  # type: ignore[arg-type]
    while closing:
        closing.pop()()
