"""One flipped bit is found and proved; more than one, or another row, is not."""

from __future__ import annotations

from typing import Any

import pytest

from almoxarife.ledger.rules import GENESIS_HASH, Detail, Movement
from almoxarife.ledger.rules_chain import chain_hash
from almoxarife.ledger.rules_mending import mended

DETAIL = Detail(lot_id=3, note="avaria na prateleira", unit_cost=125_000)


def written(detail: Detail | None = None) -> Movement:
    values = (7, bytes(range(16)), 1, 40, 1, 2, 50_000, 1_764_000_000_000_000, 1_764_000_000_000_009, 2)
    return Movement(*values, chain_hash(GENESIS_HASH, *values, detail))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", bytes([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 ^ 32])),
        ("kind", 3),
        ("product_id", 40 ^ 64),
        # The sign of a number that SQLite has written in one byte.
        ("product_id", 40 - 128),
        ("quantity", 50_000 ^ 1 << 14),
        ("recorded_at", 1_764_000_000_000_009 ^ 1 << 40),
    ],
)
def test_a_flipped_bit_is_put_right(field: str, value: Any) -> None:
    right = written()
    assert mended(GENESIS_HASH, right._replace(**{field: value}), None) == (right, None)


def test_a_flipped_bit_of_the_hash_is_put_right() -> None:
    right = written(DETAIL)
    flipped = (int.from_bytes(right.hash) ^ 1 << 77).to_bytes(32)
    assert mended(GENESIS_HASH, right._replace(hash=flipped), DETAIL) == (right, DETAIL)


@pytest.mark.parametrize("said", [{"note": "avaria na prateleirA"}, {"lot_id": 2}, {"unit_cost": 125_001}])
def test_a_flipped_bit_of_the_detail_is_put_right(said: dict[str, Any]) -> None:
    right = written(DETAIL)
    assert mended(GENESIS_HASH, right, DETAIL._replace(**said)) == (right, DETAIL)


@pytest.mark.parametrize(
    "changes", [{"quantity": 50_003}, {"quantity": 50_001, "product_id": 41}, {"kind": 1 << 60}]
)
def test_what_one_bit_does_not_explain_is_left(changes: dict[str, Any]) -> None:
    assert mended(GENESIS_HASH, written()._replace(**changes), None) is None
    # Another row before it, or a detail that is gone.
    assert mended(bytes(31) + b"\x01", written(), None) is None
    assert mended(GENESIS_HASH, written(DETAIL), None) is None
