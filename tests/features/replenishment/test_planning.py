"""What to buy, worked out by hand. Whole units in the tables; the rules count in 1/10,000."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from almoxarife.features.levels.rules import Level
from almoxarife.features.replenishment.rules.planning import (
    Advice,
    Need,
    Pace,
    Position,
    advise,
    shop_need,
)
from almoxarife.ledger.rules import MAX_QUANTITY, Location

U = 10_000


@pytest.mark.parametrize(
    ("need", "position", "pace", "pack", "expected"),
    [
        # 90 units in 90 days are 1 a day; in 7 days of lead time 7 are used. 10 + 7 = 17, and 12 < 17:
        # up to the target of 40 there lack 28.
        ((10, 40, None), (12, 0, 0), (90, 90, 7, 30), 1, (17, 40, 28)),
        # In packs of 12: three of them, 36.
        ((10, 40, None), (12, 0, 0), (90, 90, 7, 30), 12, (17, 40, 36)),
        # At the reorder point itself nothing is bought: when the goods come there are 10, which is not too little.
        ((10, 40, None), (17, 0, 0), (90, 90, 7, 30), 1, (17, 40, 0)),
        ((10, 40, None), (16, 0, 0), (90, 90, 7, 30), 1, (17, 40, 24)),
        # 20 are there, but 5 are held back for somebody: 15 are free.
        ((10, 40, None), (20, 5, 0), (90, 90, 7, 30), 1, (17, 40, 25)),
        # What is on order is as good as there.
        ((10, 40, None), (12, 0, 5), (90, 90, 7, 30), 1, (17, 40, 0)),
        # No target: the reorder point, and 30 days at 2 a day. 5 + 2 × 10 = 25; 25 + 60 = 85; 85 - 4 = 81.
        ((5, None, None), (4, 0, 0), (180, 90, 10, 30), 1, (25, 85, 81)),
        # A target below what the lead time uses is no target.
        ((5, 20, None), (4, 0, 0), (180, 90, 10, 30), 1, (25, 85, 81)),
        # Nothing is used: filled up to the target alone; without one to the minimum.
        ((10, 40, None), (3, 0, 0), (0, 90, 7, 30), 1, (10, 40, 37)),
        ((10, None, None), (3, 0, 0), (0, 90, 7, 30), 1, (10, 10, 7)),
        # More came back than went out: that is no consumption.
        ((10, None, None), (3, 0, 0), (-50, 90, 7, 30), 1, (10, 10, 7)),
        # Negative stock is filled up, too.
        ((0, 10, None), (-5, 0, 0), (0, 90, 0, 30), 1, (0, 10, 15)),
        # A maximum: of 36 in packs of 12, which would make 48, two packs fit below 40.
        ((10, 40, 40), (12, 0, 0), (90, 90, 7, 30), 12, (17, 40, 24)),
        # Not one pack fits: one is bought all the same, or the shelf would be empty.
        ((10, 15, 15), (8, 0, 0), (0, 90, 0, 30), 12, (10, 15, 12)),
        # What there is has the maximum already.
        ((10, 40, 40), (40, 0, 0), (900, 90, 7, 30), 1, (80, 380, 0)),
        # Nothing is said and nothing used.
        ((0, None, None), (0, 0, 0), (0, 90, 0, 30), 1, (0, 0, 0)),
    ],
)
def test_advice_by_hand(
    need: tuple[int, int | None, int | None],
    position: tuple[int, int, int],
    pace: tuple[int, int, int, int],
    pack: int,
    expected: tuple[int, int, int],
) -> None:
    minimum, target, maximum = (None if one is None else one * U for one in need)
    consumed, days, lead_days, cover_days = pace
    found = advise(
        Need(minimum or 0, target, maximum),
        Position(*(one * U for one in position)),
        Pace(consumed * U, days, lead_days, cover_days),
        pack * U,
    )
    assert found == Advice(*(one * U for one in expected))


def test_parts_of_a_unit() -> None:
    # 10 kg in 90 days are 0.1111 a day; 0.7778 in 7. A scale that shows grams: up to 2.5 there lack 2.1.
    pace = Pace(10 * U, 90, 7, 30)
    assert advise(Need(0, 25_000), Position(4_000), pace, 10) == Advice(7_778, 25_000, 21_000)


@settings(max_examples=200, deadline=None)
@given(
    st.integers(0, 10**12),
    st.none() | st.integers(0, 10**12),
    st.integers(-(10**12), 10**12),
    st.integers(0, 10**12),
    st.integers(0, 10**9),
    st.integers(0, 730),
    st.integers(1, 10**9),
)
def test_what_is_bought_is_enough_and_whole_packs(
    minimum: int, target: int | None, stock: int, on_order: int, consumed: int, lead: int, step: int
) -> None:
    position = Position(stock, 0, on_order)
    found = advise(Need(minimum, target), position, Pace(consumed, 90, lead, 30), step)
    assert found.quantity % step == 0
    assert (found.quantity == 0) == (position.free >= found.reorder_point)
    if 0 < found.quantity < MAX_QUANTITY - step:
        assert found.up_to <= position.free + found.quantity < found.up_to + step


PLACES = {
    2: Location(2, 2, "Estoque"),
    6: Location(6, 2, "Prateleira", 2),
    7: Location(7, 2, "Caixa", 6),
    8: Location(8, 2, "Vitrine"),
}


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ([], Need()),
        ([(None, 10, 40, 60)], Need(10, 40, 60)),
        # Two places beside each other need what both need; one that has no target needs its minimum.
        ([(2, 10, 40, None), (8, 5, None, 20)], Need(15, 45, None)),
        # A shelf within a place with levels is in those already.
        ([(2, 10, 40, None), (6, 8, 30, None), (7, 4, 9, None)], Need(10, 40, None)),
        ([(7, 4, 9, None), (6, 8, 30, None)], Need(8, 30, None)),
        # What is said of the whole shop counts where it is more.
        ([(None, 12, 30, 60), (2, 10, 40, None), (8, 5, None, None)], Need(15, 45, 60)),
        ([(None, 20, None, None), (2, 10, None, None)], Need(20, None, None)),
    ],
)
def test_what_the_shop_needs(
    levels: list[tuple[int | None, int, int | None, int | None]], expected: Need
) -> None:
    rows = [Level(number, 1, *one) for number, one in enumerate(levels, start=1)]
    assert shop_need(rows, PLACES) == expected
