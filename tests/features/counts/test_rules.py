"""Classes, agenda and sums of counts, with answers worked out by hand."""

from __future__ import annotations

import pytest

from almoxarife.clock import MICROSECONDS
from almoxarife.features.counts.calendar_rules import agenda, classes
from almoxarife.features.counts.rules import Decision, Key, Line, Review, overlap
from almoxarife.features.counts.tally_rules import Item, is_wanted, percentage, tally

DAY = 86_400 * MICROSECONDS
SCREW = Key(1, 2)
SERIAL = Key(3, 2, "F1")


def line(number: int, key: Key, quantity: int, sequence: int, expected: int, **more: int | None) -> Line:
    return Line(
        1, number, bytes([number]), key.product, None, key.place, key.lot, quantity, more.get("who") or 7, 0,
        sequence, expected, more.get("round") or 0, more.get("replaces"),
    )  # fmt: skip


def found(*lines: Line, moves: list[tuple[int, int]] | None = None, reviews: tuple[Review, ...] = ()) -> Item:
    (item,) = tally(lines, reviews, {}, {lines[0].key or SCREW: moves or []}, {3}, {})
    return item


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        # 80 % and 95 % of 100: before the third 70 + 10 = 80, before the fifth 95.
        ({1: 70, 2: 10, 3: 10, 4: 5, 5: 5}, "AABBC"),
        ({1: 100, 2: 0}, "AC"),
        ({1: 0, 2: 0}, "CC"),
        ({1: 79, 2: 21}, "AA"),
        ({1: 5, 2: 95}, "CA"),
        # Of the same value the older product comes first.
        ({1: 50, 2: 50}, "AA"),
        ({}, ""),
    ],
)
def test_classes(values: dict[int, int], expected: str) -> None:
    found = classes(values)
    assert "".join(found[product] for product in sorted(found)) == expected


def test_the_agenda_begins_with_what_was_never_counted_then_what_is_longest_overdue() -> None:
    now = 1_000 * DAY
    stock = [(1, 2, 10), (2, 2, 10), (3, 2, 10), (4, 2, 10), (5, 2, 10)]
    abc = {1: "A", 2: "B", 4: "A", 5: "B"}
    counted = {(1, 2): now - 31 * DAY, (2, 2): now - 120 * DAY, (3, 2): now - 10 * DAY}
    due = agenda(stock, abc, counted, {"A": 30, "B": 90, "C": 180}, now)
    assert [(one.product, one.abc, one.overdue_days(now)) for one in due] == [
        (4, "A", 0),
        (5, "B", 0),
        (2, "B", 30),
        (1, "A", 1),
        (3, "C", -170),
    ]


@pytest.mark.parametrize(
    ("lines", "moves", "difference"),
    [
        # 18 found where 20 were expected.
        ([(18, 5, 20)], [], -2),
        # Sold before and after the line: neither is a difference.
        ([(17, 6, 17)], [(6, -3), (7, -4)], 0),
        # Two spots, 3 sold in between: 17 if from the second one, 20 if from the first.
        ([(12, 5, 20), (5, 6, 17)], [(6, -3)], 0),
        ([(12, 5, 20), (8, 6, 17)], [(6, -3)], 0),
        # 16 or 21 no order of events explains.
        ([(12, 5, 20), (4, 6, 17)], [(6, -3)], -1),
        ([(12, 5, 20), (9, 6, 17)], [(6, -3)], 1),
        # 5 came and 3 went in between: from 17 to 25 all can be.
        ([(10, 5, 20), (7, 7, 22)], [(6, 5), (7, -3)], 0),
        ([(10, 5, 20), (15, 7, 22)], [(6, 5), (7, -3)], 0),
        ([(10, 5, 20), (16, 7, 22)], [(6, 5), (7, -3)], 1),
    ],
)
def test_what_moves_between_lines_is_no_difference(
    lines: list[tuple[int, int, int]], moves: list[tuple[int, int]], difference: int
) -> None:
    item = found(*(line(number, SCREW, *one) for number, one in enumerate(lines, 1)), moves=moves)
    assert item.difference == difference
    assert item.moved == (len(lines) > 1)


def test_the_newest_round_alone_counts_and_corrections_replace() -> None:
    first, wrong = line(1, SCREW, 12, 5, 20), line(2, SCREW, 80, 5, 20)
    corrected = line(3, SCREW, 8, 5, 20, replaces=2)
    assert found(first, wrong, corrected).counted == 20
    asked = Review(1, 1, *SCREW, int(Decision.RECOUNT), 1, 9, 0)
    assert found(first, reviews=(asked,)).recount
    again = line(4, SCREW, 19, 6, 20, round=1, who=8)
    item = found(first, again, reviews=(asked,))
    assert (item.counted, item.people, item.recount, item.round) == (19, (8,), False, 1)


def test_the_same_serial_number_twice_is_one_thing_and_flagged() -> None:
    item = found(line(1, SERIAL, 10_000, 5, 10_000), line(2, SERIAL, 10_000, 5, 10_000))
    assert (item.counted, item.difference, item.twice) == (10_000, 0, True)
    assert is_wanted(item, "series_repetidas")
    assert not found(line(1, SERIAL, 10_000, 5, 10_000), line(2, SERIAL, 0, 5, 10_000)).twice


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(1, 2, 50.0), (26, 28, 92.86), (0, 3, 0.0), (-5, 3, 0.0), (0, 0, None), (3, 3, 100.0)],
)
def test_percentage(part: int, whole: int, expected: float | None) -> None:
    assert percentage(part, whole) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (({2}, None), ({2}, {1}), True),
        (({2}, {1}), ({2}, {2}), False),
        (({2}, {1, 2}), ({2, 6}, {2}), True),
        (({2}, None), ({6}, None), False),
    ],
)
def test_two_counts_overlap_where_places_and_products_do(
    one: tuple[set[int], set[int] | None], other: tuple[set[int], set[int] | None], expected: bool
) -> None:
    assert overlap(one, other) is expected
    assert overlap(other, one) is expected
