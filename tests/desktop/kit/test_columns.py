"""Which columns of a table are shown, and how wide."""

from __future__ import annotations

from almoxarife.desktop.kit.table_column import Column, share_width, that_fit

COLUMNS = (Column("a", ""), Column("b", "", stretch=True), Column("c", "", spare=1), Column("d", "", spare=2))
LEAST = (100, 100, 100, 100)


def test_what_is_spare_leaves_first() -> None:
    assert that_fit(COLUMNS, LEAST, 400) == [0, 1, 2, 3]
    assert that_fit(COLUMNS, LEAST, 399) == [0, 1, 2]
    assert that_fit(COLUMNS, LEAST, 299) == [0, 1]
    assert that_fit(COLUMNS, LEAST, 50) == [0, 1]


def test_what_is_left_goes_to_the_column_that_stretches() -> None:
    assert share_width(COLUMNS, LEAST, [0, 1], 500) == {0: 100, 1: 400}
    assert share_width(COLUMNS, LEAST, [0, 2], 500) == {0: 100, 2: 100}
    assert share_width(COLUMNS, LEAST, [0, 1, 2], 50) == {0: 100, 1: 100, 2: 100}
