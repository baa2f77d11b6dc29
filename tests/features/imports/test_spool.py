"""What is kept of a file until it is written, and how repeated keys are found."""

from __future__ import annotations

import random
from struct import Struct

import pytest

from almoxarife.features.imports import spool
from almoxarife.features.imports.pace import (
    CALM_S,
    COURTEOUS_S,
    FEWEST_ROWS,
    FIRST_ROWS,
    MOST_ROWS,
    Pace,
)
from almoxarife.features.imports.spool import Checked, EntrySpool, Seen


@pytest.mark.parametrize("with_ids", [True, False])
def test_rows_come_back_as_they_were_kept(with_ids: bool) -> None:
    ids = b"".join(bytes([number] * 16) for number in range(5))
    with EntrySpool(with_ids=with_ids) as kept:
        for start, end in ((0, 2), (2, 2), (2, 5)):
            numbers = range(start + 1, end + 1)
            kept.add(
                Checked(
                    numbers,
                    [2**40] * (end - start),
                    [7] * (end - start),
                    ids[16 * start : 16 * end] if with_ids else None,
                )
            )
        kept.rewind()
        assert kept.rows == 5
        taken = [kept.take(3), kept.take(3), kept.take(3)]
    assert [list(part.numbers) for part in taken] == [[1, 2, 3], [4, 5], []]
    assert list(taken[0].products) == [2**40] * 3
    assert list(taken[1].quantities) == [7, 7]
    assert [part.ids for part in taken] == ([ids[:48], ids[48:], b""] if with_ids else [None] * 3)


def test_repeated_keys_are_found_with_the_first_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    # So that much goes to the file and some stays in memory.
    monkeypatch.setattr(spool, "_KEPT_BYTES", 100)
    keys = [random.Random(number).randbytes(16) for number in range(2_000)]
    with Seen(Struct(">16sQ")) as seen:
        for start in range(0, len(keys), 300):
            some = keys[start : start + 300]
            seen.add(some, range(start, start + len(some)))
        seen.add(keys[::100], range(5_000, 5_020))
        seen.add(keys[:1], [9_000])
        found = sorted(seen.repeats())
    assert found == sorted([((n * 100,), (5_000 + n,)) for n in range(20)] + [((0,), (9_000,))])


def test_nothing_repeated() -> None:
    with Seen(Struct(">16sQ")) as seen:
        seen.add([bytes(16)], [1])
        assert list(seen.repeats()) == []


def test_a_transaction_takes_as_many_rows_as_fit_its_time() -> None:
    pace = Pace()
    assert pace.rows == FIRST_ROWS
    pace.note(FIRST_ROWS, 0.001, others=False)
    # Not more than twice as many at once: the first measurement may have been lucky.
    assert pace.rows == 2 * FIRST_ROWS
    pace.note(2 * FIRST_ROWS, CALM_S * 2, others=False)
    assert pace.rows == FIRST_ROWS
    pace.note(FIRST_ROWS, COURTEOUS_S * 2, others=True)
    assert pace.rows == FEWEST_ROWS
    # They will probably write again.
    pace.note(FEWEST_ROWS, COURTEOUS_S, others=False)
    assert pace.rows == FEWEST_ROWS
    for _batch in range(20):
        pace.note(pace.rows, 0.0, others=False)
    assert pace.rows == MOST_ROWS
