"""Plain entries by the ten thousand: in columns, chained in one go, in bytes that one process can hand to another."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Iterator
from itertools import chain, count, repeat
from struct import Struct
from typing import NamedTuple

from almoxarife.ledger.rules import DEFAULT_LOCATION, SUPPLIER_LOCATION, Draft, Head, Kind
from almoxarife.ledger.rules_chain import CANONICAL, FORM, Row

ID_BYTES = 16
HASH_BYTES = 32

_ENTRY = int(Kind.ENTRY)
_ids = Struct(f"{ID_BYTES}s").iter_unpack
_hashes = Struct(f"{HASH_BYTES}s").iter_unpack


class Block(NamedTuple):
    """Entries of one account, from the supplier to the default place, in columns.

    ``ids`` are 16 bytes each, one behind the other; ``quantities`` in 1/10,000.
    """

    account_id: int
    ids: bytes
    products: array[int]
    quantities: array[int]

    @property
    def rows(self) -> int:
        """How many entries there are."""
        return len(self.products)

    def each_id(self) -> Iterator[bytes]:
        """Yield the ids."""
        return chain.from_iterable(_ids(self.ids))

    def drafts(self) -> list[Draft]:
        """Return the entries one by one."""
        columns: tuple[Iterable[object], ...] = (
            self.each_id(),
            repeat(_ENTRY),
            self.products,
            repeat(SUPPLIER_LOCATION),
            repeat(DEFAULT_LOCATION),
            self.quantities,
            repeat(self.account_id),
            repeat(None),
            repeat(None),
        )
        # The endless ones are those that are the same in every row.
        return list(map(Draft._make, zip(*columns, strict=False)))


class Chained(NamedTuple):
    """What a block becomes behind a head: the hash of each row, and what all of them bring to each product.

    ``hashes`` are 32 bytes each, one behind the other; ``totals``: quantity by product, in order of the products.
    """

    before: Head
    recorded_at: int
    hashes: bytes
    totals: dict[int, int]

    @property
    def after(self) -> Head:
        """Where the ledger ends behind the block."""
        rows = len(self.hashes) // HASH_BYTES
        return Head(self.before.sequence + rows, self.hashes[-HASH_BYTES:]) if rows else self.before

    def each_hash(self) -> Iterator[bytes]:
        """Yield the hashes."""
        return chain.from_iterable(_hashes(self.hashes))

    def sequences(self) -> range:
        """Return the numbers of the rows."""
        return range(self.before.sequence + 1, self.after.sequence + 1)


def chain_block(block: Block, before: Head, recorded_at: int) -> Chained:
    """Return what a block becomes when it follows a head: the same as ``rules_chain.record`` one by one."""
    digest = before.hash
    hashes: list[bytes] = []
    totals: dict[int, int] = {}
    keep, pack, sha256, total = hashes.append, CANONICAL.pack, hashlib.sha256, totals.get
    account = block.account_id
    columns = zip(count(before.sequence + 1), block.each_id(), block.products, block.quantities, strict=False)
    for sequence, movement_id, product, quantity in columns:
        canonical = pack(
            FORM,
            _ENTRY,
            sequence,
            movement_id,
            product,
            SUPPLIER_LOCATION,
            DEFAULT_LOCATION,
            quantity,
            recorded_at,
            recorded_at,
            account,
        )
        digest = sha256(digest + canonical).digest()
        keep(digest)
        totals[product] = total(product, 0) + quantity
    return Chained(before, recorded_at, b"".join(hashes), dict(sorted(totals.items())))


def rows_of(block: Block, chained: Chained) -> Iterator[Row]:
    """Yield the values of the movements that a block becomes."""
    at = chained.recorded_at
    return zip(
        chained.sequences(),
        block.each_id(),
        repeat(_ENTRY),
        block.products,
        repeat(SUPPLIER_LOCATION),
        repeat(DEFAULT_LOCATION),
        block.quantities,
        repeat(at),
        repeat(at),
        repeat(block.account_id),
        chained.each_hash(),
        strict=False,
    )
