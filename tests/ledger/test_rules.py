"""The ledger's rules: what is hashed is written down here a second time, byte by byte."""

from __future__ import annotations

import hashlib
import json
import struct
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from almoxarife.ledger.rules import (
    DEFAULT_LOCATION,
    FIRST_LOCATIONS,
    GENESIS_HASH,
    MAX_QUANTITY,
    SUPPLIER_LOCATION,
    Draft,
    Head,
    Kind,
    Movement,
    checksum,
    is_possible,
)
from almoxarife.ledger.rules_chain import chain_hash, record, record_all

# 2026-11-24T02:37:15.123456Z
INSTANT = 1_795_487_835_123_456
ENTRY = Draft(bytes(range(16)), Kind.ENTRY, 7, SUPPLIER_LOCATION, DEFAULT_LOCATION, 500_000, 3)
LOCATIONS = {location.id: location for location in FIRST_LOCATIONS}


def test_first_row_has_the_hash_that_anyone_can_compute_from_the_documented_bytes() -> None:
    row = record(ENTRY, Head(0, GENESIS_HASH), INSTANT)
    hashed = (
        bytes(32)  # the row before the first one
        + b"\x01"  # form
        + b"\x01"  # kind: entry
        + b"\x00\x00\x00\x00\x00\x00\x00\x01"  # sequence
        + b"\x00\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f"  # id
        + struct.pack(">q", 7)  # product
        + struct.pack(">q", 1)  # from the supplier
        + struct.pack(">q", 2)  # to the stock
        + struct.pack(">q", 500_000)  # 50 units
        + struct.pack(">q", INSTANT)  # when it happened
        + struct.pack(">q", INSTANT)  # when it was written
        + struct.pack(">q", 3)  # account
    )
    assert len(hashed) == 32 + 82
    assert row.hash == hashlib.sha256(hashed).digest()
    # Computed once with the coreutils' sha256sum of the same bytes.
    assert row.hash.hex() == "959954707383642e26b11e0bdb0a5c7d383e043b0c084df13fd8553708c7dd1a"


def test_second_row_carries_the_first_ones_hash() -> None:
    first = record(ENTRY, Head(0, GENESIS_HASH), INSTANT)
    second = record(ENTRY._replace(id=bytes(16)), Head(1, first.hash), INSTANT + 1)
    rest = struct.pack(">BBQ16sqqqqqqq", 1, 1, 2, bytes(16), 7, 1, 2, 500_000, INSTANT + 1, INSTANT + 1, 3)
    assert second.hash == hashlib.sha256(first.hash + rest).digest()


@given(
    column=st.sampled_from([name for name in Movement._fields if name != "hash"]),
    change=st.integers(min_value=1, max_value=255),
)
def test_every_column_is_hashed(column: str, change: int) -> None:
    row = record(ENTRY, Head(4, bytes(32)), INSTANT)
    value = getattr(row, column)
    other: Any = bytes([value[0] ^ change]) + value[1:] if isinstance(value, bytes) else value ^ change
    changed = row._replace(**{column: other})
    assert chain_hash(bytes(32), *changed[:-1]) != row.hash


@pytest.mark.parametrize(
    "column", ["kind", "product_id", "from_location", "to_location", "quantity", "account_id"]
)
def test_a_repeated_request_must_ask_for_the_same_in_everything(column: str) -> None:
    stored = record(ENTRY, Head(0, GENESIS_HASH), INSTANT)
    other: Any = {column: 9}
    assert stored.says_the_same_as(ENTRY)
    assert not stored.says_the_same_as(ENTRY._replace(**other))


def test_an_entry_comes_from_a_supplier_into_the_stock() -> None:
    row = record(ENTRY, Head(0, GENESIS_HASH), INSTANT)
    assert is_possible(row, LOCATIONS)
    assert is_possible(row._replace(quantity=MAX_QUANTITY), LOCATIONS)
    for impossible in (
        row._replace(from_location=DEFAULT_LOCATION, to_location=SUPPLIER_LOCATION),
        row._replace(from_location=DEFAULT_LOCATION),
        row._replace(to_location=3),
        row._replace(kind=9),
        row._replace(quantity=0),
        row._replace(quantity=MAX_QUANTITY + 1),
    ):
        assert not is_possible(impossible, LOCATIONS)


@pytest.mark.parametrize(
    "values",
    [
        (),
        (7, -1, 2**70, None, "", 'a"b\\c\n\x00\u20ac\U0001f4e6'),
        (Kind.LOSS, True, 1.5, "x"),
        (None, 3, float("nan")),
        ("\ud800",),
    ],
)
def test_a_checksum_is_that_of_the_values_in_json(values: tuple[Any, ...]) -> None:
    written = json.dumps(values, separators=(",", ":"))
    assert checksum(*values) == hashlib.sha256(written.encode("ascii")).digest()


def test_a_checksum_tells_where_each_value_ends() -> None:
    # `printf '[1,"Caf\\u00e9 10kg"]' | sha256sum`
    assert (
        checksum(1, "Café 10kg").hex() == "15f9c3ff4b3bfd34e44eee2df3b1b519a30215693b344a9e6df9615da379813b"
    )
    assert checksum("ab", "c") != checksum("a", "bc")
    assert checksum(1) != checksum("1")
    assert checksum(1, None) != checksum(1)
    assert checksum(b"1") != checksum("1")  # type: ignore[arg-type]


def test_many_at_once_are_what_each_by_itself_would_be() -> None:
    drafts = [
        Draft(bytes([number] * 16), Kind.ENTRY, number, SUPPLIER_LOCATION, DEFAULT_LOCATION, number * 7, 3)
        for number in range(1, 20)
    ]
    begin = head = Head(41, bytes(range(32)))
    expected = []
    for draft in drafts:
        row = record(draft, head, 1_795_521_600_000_000)
        head = Head(row.sequence, row.hash)
        expected.append(tuple(row))
    assert record_all(drafts, begin, 1_795_521_600_000_000) == (expected, head)
    assert record_all([], begin, 1) == ([], begin)
