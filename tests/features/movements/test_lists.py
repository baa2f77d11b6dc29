"""Lists of entries: from a cursor on, the newest, all of them, those of one person, and their totals."""

from __future__ import annotations

import threading

import pytest

from almoxarife.contract.movements import EntryRecord
from almoxarife.errors import InvalidField
from almoxarife.features.movements import service
from almoxarife.features.movements.rules import CursorAhead
from almoxarife.features.movements.service import Filter

from .conftest import JOAO, MARIA, Shop

HOUR_US = 3_600_000_000


@pytest.fixture
def busy(shop: Shop) -> Shop:
    """Ten entries of 1 to 10 units; every third one is João's."""
    for units in range(1, 11):
        shop.enter(units, who=JOAO if units % 3 == 0 else MARIA, product_id="p2" if units > 8 else "p1")
    return shop


def units(rows: list[EntryRecord]) -> list[int]:
    return [row.quantity // 10_000 for row in rows]


def test_from_a_cursor_on(busy: Shop) -> None:
    assert units(busy.movements.following(0, 3)) == [1, 2, 3]
    assert units(busy.movements.following(3, 3)) == [4, 5, 6]
    assert units(busy.movements.following(9, 3)) == [10]
    assert busy.movements.following(10, 3) == []
    assert units(busy.movements.following(3, 2, Filter("João"))) == [6, 9]


def test_walking_by_cursor_sees_each_entry_once(busy: Shop) -> None:
    seen: list[EntryRecord] = []
    while page := busy.movements.following(seen[-1].sequence if seen else 0, 4):
        seen += page
    assert units(seen) == list(range(1, 11))


@pytest.mark.parametrize("after", [11, 2**63 - 1])
def test_a_cursor_beyond_the_end_is_of_another_ledger(busy: Shop, after: int) -> None:
    with pytest.raises(CursorAhead) as refusal:
        busy.movements.following(after, 1)
    assert refusal.value.parameters == {"head": 10}


def test_the_newest(busy: Shop) -> None:
    assert units(busy.movements.latest(3)) == [8, 9, 10]
    assert units(busy.movements.latest(100)) == list(range(1, 11))
    assert units(busy.movements.latest(2, Filter("joa\u0303o"))) == [6, 9]
    assert [row.product_name for row in busy.movements.latest(2)] == ["Tinta acrílica", "Tinta acrílica"]


@pytest.mark.parametrize("nobody", ["zé", "", "a\0"], ids=ascii)
def test_of_somebody_who_is_not_there(busy: Shop, nobody: str) -> None:
    for ask in (
        lambda: busy.movements.latest(1, Filter(nobody)),
        lambda: busy.movements.following(0, 1, Filter(nobody)),
        lambda: list(busy.movements.everything(Filter(nobody))),
    ):
        with pytest.raises(InvalidField) as refusal:
            ask()
        assert refusal.value.parameters == {"field": "registrado_por", "reason": "unknown_user"}


def test_all_of_them_page_by_page(busy: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "_PAGE", 4)
    assert [units(page) for page in busy.movements.everything()] == [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10]]
    assert [units(page) for page in busy.movements.everything(Filter("João"))] == [[3, 6, 9]]


def test_an_empty_ledger(shop: Shop) -> None:
    assert list(shop.movements.everything()) == []
    assert shop.movements.latest(5) == []
    assert shop.movements.following(0, 5) == []
    assert shop.movements.totals(0) == ((0, 0, []), 0)


def test_a_slow_reader_sees_the_state_at_his_first_page(busy: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Others write all the time, and nobody waits for anybody."""
    monkeypatch.setattr(service, "_PAGE", 1)
    stop = threading.Event()
    written = threading.Semaphore(0)

    def write() -> None:
        while not stop.is_set():
            busy.enter(77)
            written.release()

    writer = threading.Thread(target=write)
    writer.start()
    seen: list[int] = []
    for page in busy.movements.everything():
        seen += [row.sequence for row in page]
        assert written.acquire(timeout=20)
    stop.set()
    writer.join()
    assert seen[:10] == list(range(1, 11))
    assert seen == list(range(1, len(seen) + 1))
    assert len(seen) < len(busy.movements.following(0, 1_000))


def test_totals_since_an_instant(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(HOUR_US * hour for hour in (8, 9, 10, 11))
    monkeypatch.setattr(service, "now_us", lambda: next(clock))
    for amount, who in ((10, MARIA), (20, JOAO), (30, MARIA), (40, JOAO)):
        shop.enter(amount, who=who)
    totals, sequence = shop.movements.totals(9 * HOUR_US)
    assert (totals.entries, totals.quantity, sequence) == (3, 900_000, 4)
    assert sorted(totals.people) == ["João", "maria"]
    totals, sequence = shop.movements.totals(11 * HOUR_US)
    assert (totals.entries, totals.quantity, totals.people, sequence) == (1, 400_000, ["João"], 4)
    assert shop.movements.totals(11 * HOUR_US + 1) == ((0, 0, []), 4)
