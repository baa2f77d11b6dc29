"""Entries in memory."""

from __future__ import annotations

from almoxarife.desktop.monitor.live.rows import DROPPED_TOGETHER, Row, Rows, Wanted

from .fake_server import make_entry


def name(row: Row) -> list[str]:
    return [row.product]


def sequences(rows: Rows) -> list[int]:
    return [rows[place].mark.sequence for place in range(len(rows))]


def test_memory_is_bounded_with_and_without_a_filter() -> None:
    rows = Rows(name, limit=100)
    rows.filter(Wanted("par"))
    for sequence in range(1, 5_000):
        rows.add([make_entry(sequence, product="Parafuso" if sequence % 2 else "Café")])
    assert 100 <= rows.total <= 100 + DROPPED_TOGETHER
    oldest = 5_000 - rows.total
    assert sequences(rows) == [n for n in range(4_999, oldest - 1, -1) if n % 2]
    rows.filter(Wanted(""))
    assert sequences(rows) == list(range(4_999, oldest - 1, -1))


def test_adding_tells_how_many_pass_the_filter() -> None:
    rows = Rows(name)
    rows.filter(Wanted("cafe"))
    added = rows.add(
        [make_entry(1, product="Café"), make_entry(2, product="Pão"), make_entry(3, product="CAFÉ")]
    )
    assert added == 2
    assert sequences(rows) == [3, 1]
    assert rows.row(1) == ["Café"]
    assert (rows.total, rows.filtered) == (3, True)


def test_a_filter_survives_clearing() -> None:
    rows = Rows(name)
    rows.filter(Wanted("cafe"))
    rows.add([make_entry(1, product="Café")])
    rows.clear()
    rows.add([make_entry(1, product="Pão"), make_entry(2, product="Café")])
    assert sequences(rows) == [2]
    rows.filter(Wanted(" "))
    assert sequences(rows) == [2, 1]
