"""The cache of costs follows the ledger, whatever is written when."""

from __future__ import annotations

import threading
from decimal import Decimal
from fractions import Fraction

import pytest
from sqlalchemy import delete, select, update

from almoxarife.clock import now_us
from almoxarife.features.costs.rules.lines import Basis, Method
from almoxarife.features.costs.service import Costs, forget
from almoxarife.features.costs.tables import valuation, valuation_state
from almoxarife.features.verification.service import rebuild_balances
from almoxarife.ledger.rules import MAX_QUANTITY, Kind
from almoxarife.storage.database import Database
from tests.ledger.shop import NUT, PAINT, SCREW, Shop

from .valuing import DAY, Valuer

FIVE, SEVEN = 5_0000, 7_0000


def test_an_empty_ledger_has_no_costs(valuer: Valuer) -> None:
    assert valuer.kept() == {}


def test_the_two_methods_of_the_textbook(shop: Shop, valuer: Valuer) -> None:
    shop.written(
        shop.draft(Kind.ENTRY, units=10, unit_cost=FIVE),
        shop.draft(Kind.ENTRY, units=10, unit_cost=SEVEN),
        shop.draft(Kind.ISSUE, units=12),
    )
    assert valuer.kept()[SCREW][-1][2:5] == (8_0000, 48_0000, -72_0000)
    valuer.method = Method.FIFO
    assert valuer.kept()[SCREW][-1][2:5] == (8_0000, 56_0000, -64_0000)
    valuer.method = Method.AVERAGE
    assert valuer.kept() == valuer.expected()


def test_freight_tax_and_discount_are_part_of_the_cost(shop: Shop, valuer: Valuer) -> None:
    shop.written(
        shop.draft(Kind.ENTRY, units=10, unit_cost=FIVE, freight=3_0000, tax=2_5000, discount=1_5000)
    )
    assert valuer.kept()[SCREW][0].cost == 54_0000


def test_freight_alone_is_added_to_the_cost_that_is_assumed(shop: Shop, valuer: Valuer) -> None:
    shop.written(
        shop.draft(Kind.ENTRY, units=10, unit_cost=FIVE),
        shop.draft(Kind.ENTRY, units=2, freight=3_0000, discount=5000),
        shop.draft(Kind.ENTRY, NUT, units=2, discount=5000),
    )
    kept = valuer.kept()
    # 2 × 5,00 + 3,00 - 0,50; and a discount on nothing is nothing.
    assert kept[SCREW][1][4:7] == (12_5000, 0, Basis.STOCK)
    assert kept[NUT][0][4:7] == (0, 0, Basis.UNKNOWN)


def test_only_what_comes_from_outside_states_a_cost(shop: Shop, valuer: Valuer) -> None:
    place = shop.place(6, "Depósito")
    shop.written(
        shop.draft(Kind.ENTRY, units=10, unit_cost=FIVE),
        shop.draft(Kind.TRANSFER, units=4, target=place, unit_cost=SEVEN),
        shop.draft(Kind.ISSUE, units=4, source=place, unit_cost=SEVEN),
    )
    assert [(line.cost, line.basis) for line in valuer.kept()[SCREW]] == [
        (50_0000, Basis.STATED),
        (0, Basis.NOTHING),
        (-20_0000, Basis.STOCK),
    ]


@pytest.mark.parametrize("method", list(Method))
def test_what_comes_in_order_is_added_and_nothing_else_is_touched(
    shop: Shop, valuer: Valuer, method: Method
) -> None:
    valuer.method = method
    shop.written(shop.draft(Kind.ENTRY, units=10, unit_cost=FIVE), shop.draft(Kind.ENTRY, NUT, 3))
    valuer.kept()
    with valuer.database.unit_of_work() as connection:
        # A mark that would be gone if the line were written again.
        connection.execute(update(valuation).values(correction="7"))
    shop.written(shop.draft(Kind.ISSUE, units=4), shop.draft(Kind.ENTRY, units=1, unit_cost=SEVEN))
    kept = valuer.kept()
    assert [line.correction for line in kept[SCREW]] == [7, 0, 0]
    assert [line.correction for line in kept[NUT]] == [7]
    assert kept[SCREW][1:] == valuer.expected()[SCREW][1:]


@pytest.mark.parametrize("method", list(Method))
def test_a_movement_that_happened_earlier_recomputes_what_follows(
    shop: Shop, valuer: Valuer, method: Method
) -> None:
    valuer.method = method
    now = now_us()
    first, second = now - 5 * DAY, now - 2 * DAY
    shop.written(
        shop.draft(Kind.ENTRY, units=10, unit_cost=FIVE, effective_at=first),
        shop.draft(Kind.ISSUE, units=8, effective_at=second),
    )
    assert [line.cost for line in valuer.kept()[SCREW]] == [50_0000, -40_0000]
    shop.written(shop.draft(Kind.ENTRY, units=10, unit_cost=SEVEN, effective_at=first - DAY))
    costs = [line.cost for line in valuer.kept()[SCREW]]
    assert costs == [70_0000, 50_0000, -48_0000 if method is Method.AVERAGE else -56_0000]
    assert valuer.cached() == valuer.expected()


@pytest.mark.parametrize("method", list(Method))
def test_a_reversal_takes_back_what_its_original_took(shop: Shop, valuer: Valuer, method: Method) -> None:
    valuer.method = method
    _entry, issue = shop.written(
        shop.draft(Kind.ENTRY, units=10, unit_cost=FIVE), shop.draft(Kind.ISSUE, units=4)
    )
    shop.written(shop.draft(Kind.ENTRY, units=6, unit_cost=SEVEN))
    valuer.kept()
    shop.written(shop.reversal(issue))
    assert valuer.kept()[SCREW][-1][2:7] == (16_0000, 92_0000, 20_0000, 0, Basis.NAMED)
    assert valuer.cached() == valuer.expected()


def test_a_cache_that_was_emptied_fills_itself(shop: Shop, valuer: Valuer) -> None:
    shop.written(shop.draft(Kind.ENTRY, units=10, unit_cost=FIVE), shop.draft(Kind.ENTRY, PAINT, 2))
    before = valuer.kept()
    with valuer.database.unit_of_work() as connection:
        forget(connection)
    assert valuer.cached() == {}
    assert valuer.kept() == before


def test_what_was_left_half_done_is_done(shop: Shop, valuer: Valuer) -> None:
    """A process died after it had written one product and not the others."""
    shop.written(shop.draft(Kind.ENTRY, units=10, unit_cost=FIVE), shop.draft(Kind.ENTRY, NUT, 2))
    valuer.kept()
    with valuer.database.unit_of_work() as connection:
        connection.execute(
            update(valuation_state).where(valuation_state.c.product_id == 0).values(valued_to=0)
        )
        connection.execute(delete(valuation).where(valuation.c.product_id == NUT))
        connection.execute(delete(valuation_state).where(valuation_state.c.product_id == NUT))
    shop.written(shop.draft(Kind.ISSUE, units=1), shop.draft(Kind.ISSUE, NUT, 1))
    assert valuer.kept() == valuer.expected()


def test_the_largest_cost_of_the_largest_quantity_is_exact(shop: Shop, valuer: Valuer) -> None:
    """Far beyond 64 bits: a slip of the keyboard must not close the stock card."""
    units = MAX_QUANTITY // 10_000
    shop.written(shop.draft(Kind.ENTRY, units=units, unit_cost=MAX_QUANTITY), shop.draft(Kind.ISSUE, units=1))
    line = valuer.kept()[SCREW][-1]
    assert line.value_after == MAX_QUANTITY * (units - 1)
    assert Fraction(line.value_after, 10_000) == Decimal(999_999_999) * 999_999_998


def test_two_programs_that_value_at_once_agree(shop: Shop, database: Database, valuer: Valuer) -> None:
    others = [Costs(database, lambda _connection: Method.AVERAGE) for _ in range(4)]
    begin = threading.Barrier(len(others))

    def value(costs: Costs) -> None:
        for _ in range(10):
            begin.wait()
            costs.bring_up_to_date()

    threads = [threading.Thread(target=value, args=(costs,)) for costs in others]
    for thread in threads:
        thread.start()
    for number in range(40):
        shop.written(
            shop.draft(Kind.ENTRY, units=2, unit_cost=FIVE + number),
            shop.draft(Kind.ISSUE, units=1),
            shop.draft(Kind.ENTRY, NUT, 1, unit_cost=SEVEN),
        )
    for thread in threads:
        thread.join()
    assert valuer.kept() == valuer.expected()
    with database.snapshot() as connection:
        mark = select(valuation_state.c.state).where(valuation_state.c.product_id == 0)
        assert connection.execute(mark).scalar_one() == "medio"


def test_rebuilding_the_balances_lets_costs_be_worked_out_anew(shop: Shop, valuer: Valuer) -> None:
    shop.written(shop.draft(Kind.ENTRY, units=10, unit_cost=FIVE))
    before = valuer.kept()
    rebuild_balances(valuer.database)
    assert valuer.cached() == {}
    assert valuer.kept() == before
