"""Entries: who registered how much of what, once, and refused alone when there is something to refuse."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import partial
from uuid import UUID, uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from almoxarife.errors import Unavailable
from almoxarife.features.movements import service
from almoxarife.features.movements.service import Registered
from almoxarife.features.products.rules import ProductNotFound
from almoxarife.features.verification.service import verify_everything
from almoxarife.ledger.rules import IdConflict
from almoxarife.storage.database import Database
from tests.storage.gate import Gate

from .conftest import JOAO, MARIA, Shop

NOON_US = 1_795_521_600_000_000
ID = "5f2b1c9a-0d3e-4a77-9b1e-2f6f5a1c0e11"


def test_the_acknowledgement_tells_what_is_stored(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "now_us", lambda: NOON_US)
    done = shop.enter(50, client_id=ID, who=JOAO)
    assert not done.replayed
    assert done.record._replace(hash=b"") == (
        1, UUID(ID).bytes, 1, "Parafuso 10mm", 500_000, "João", NOON_US, b"", None,
    )  # fmt: skip
    assert shop.movements.latest(1) == [done.record]
    assert shop.movements.following(0, 10) == [done.record]


def test_the_same_request_again_is_the_same_entry(shop: Shop) -> None:
    first = shop.enter(50, client_id=ID)
    shop.enter(1)
    again = shop.enter(50, client_id=ID.upper())
    assert (again.record, again.replayed) == (first.record, True)
    assert len(shop.movements.latest(10)) == 2


def test_the_same_request_twice_in_one_batch_is_one_entry(shop: Shop) -> None:
    earlier = shop.enter(50, client_id=ID)
    [new, same] = [shop.movements._entry(MARIA, str(UUID(int=4)), "p1", Decimal(2)) for _again in range(2)]
    other = shop.movements._entry(MARIA, str(UUID(int=4)), "p1", Decimal(3))
    known = shop.movements._entry(MARIA, ID, "p1", Decimal(50))
    done = shop.movements._commit([new, known, same, other])
    assert [one.replayed if isinstance(one, Registered) else type(one) for one in done] == [
        False, True, True, IdConflict,
    ]  # fmt: skip
    assert isinstance(done[0], Registered)
    assert shop.movements.latest(9) == [earlier.record, done[0].record]


@pytest.mark.parametrize(
    "other", [{"units": 51}, {"product_id": "p2"}, {"who": JOAO}], ids=["quantity", "product", "person"]
)
def test_the_same_id_for_something_else_is_refused(shop: Shop, other: dict[str, object]) -> None:
    shop.enter(50, client_id=ID)
    with pytest.raises(IdConflict):
        shop.enter(**{"units": 50, "client_id": ID, **other})  # type: ignore[arg-type]
    assert len(shop.movements.latest(10)) == 1


def test_without_an_id_each_request_is_an_entry(shop: Shop) -> None:
    first, second = shop.enter(50, client_id=None), shop.enter(50, client_id=None)
    assert first.record.id != second.record.id
    assert [first.record.sequence, second.record.sequence] == [1, 2]


@pytest.mark.parametrize("product_id", ["p3", "p0", "1", "", "P1", "p999999999999999999", "p1' OR '1"])
def test_a_product_that_is_not_there(shop: Shop, product_id: str) -> None:
    with pytest.raises(ProductNotFound) as refusal:
        shop.enter(product_id=product_id)
    assert refusal.value.parameters == {"product_id": product_id}


def test_one_batch_of_all_kinds(shop: Shop, database: Database) -> None:
    """Eight requests share a transaction; each is told its own outcome."""
    kept, twin, unknown = str(uuid4()), str(uuid4()), "p99"
    shop.enter(7, client_id=kept)
    gate = Gate(shop.movements._writer)
    told = gate.together(
        partial(shop.enter, 1),
        partial(shop.enter, 2),
        partial(shop.enter, 3, product_id=unknown),
        partial(shop.enter, 4, client_id=twin),
        partial(shop.enter, 4, client_id=twin),
        partial(shop.enter, 5, client_id=twin),
        partial(shop.enter, 7, client_id=kept),
        partial(shop.enter, 8, client_id=kept),
        partial(shop.enter, 9, product_id="p2", who=JOAO),
    )
    assert gate.sizes == [1, 8]
    outcomes = [
        (one.record.sequence, one.replayed) if isinstance(one, Registered) else type(one) for one in told
    ]
    assert outcomes == [
        (2, False),
        (3, False),
        ProductNotFound,
        (4, False),
        (4, True),
        IdConflict,
        (1, True),
        IdConflict,
        (5, False),
    ]
    assert verify_everything(database).findings == ()


def test_who_breaks_a_transaction_breaks_his_own_alone(shop: Shop, database: Database) -> None:
    """An account that is not there violates a constraint, in the middle of a batch."""
    nobody = MARIA._replace(account_id=77)
    gate = Gate(shop.movements._writer)
    told = gate.together(
        partial(shop.enter, 1),
        partial(shop.enter, 2),
        partial(shop.enter, 3, who=nobody),
        partial(shop.enter, 4, who=JOAO),
    )
    assert gate.sizes == [1, 3, 1, 1, 1]
    assert isinstance(told[2], IntegrityError)
    assert [one.record.quantity // 10_000 for one in told if isinstance(one, Registered)] == [1, 2, 4]
    assert [row.username for row in shop.movements.latest(10)] == ["maria", "maria", "João"]
    assert verify_everything(database).findings == ()


def test_a_double_click_200_times(shop: Shop, database: Database) -> None:
    """Two threads send the same entry at the same instant."""
    barrier = threading.Barrier(2)
    ids = [str(uuid4()) for _ in range(200)]

    def click(_hand: int) -> list[Registered]:
        told = []
        for client_id in ids:
            barrier.wait()
            told.append(shop.enter(1, client_id=client_id))
        return told

    with ThreadPoolExecutor(2) as pool:
        left, right = pool.map(click, range(2))
    for one, other in zip(left, right, strict=True):
        assert one.record == other.record
        assert one.replayed != other.replayed
    report = verify_everything(database)
    assert (report.rows, report.findings) == (200, ())


def test_sixteen_tills_at_once(shop: Shop, database: Database) -> None:
    def work(till: int) -> list[Registered]:
        return [shop.enter(till + 1, product_id=f"p{1 + till % 2}") for _ in range(20)]

    with ThreadPoolExecutor(16) as pool:
        told = [one.record for till in pool.map(work, range(16)) for one in till]
    assert sorted(record.sequence for record in told) == list(range(1, 321))
    assert sorted(shop.movements.following(0, 1_000)) == sorted(told)
    report = verify_everything(database)
    assert (report.rows, report.findings) == (320, ())
    # The last receipt that anybody was given is the end of the chain.
    assert report.last_hash == max(told).hash


def test_closing_refuses_what_comes_after(shop: Shop) -> None:
    shop.enter(1)
    shop.movements.close()
    with pytest.raises(Unavailable):
        shop.enter(2)
    assert len(shop.movements.latest(10)) == 1
