"""One flipped bit in a movement: found by trying each, proved by the chain.

SHA-256 makes it as good as impossible that another row than the one that was written fits the same hash.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from almoxarife.ledger.rules import Detail, Movement
from almoxarife.ledger.rules_chain import chain_hash

_Value: TypeAlias = int | str | bytes | None
# How many bytes SQLite writes a number in: it takes the fewest that hold it, so a flip may turn its sign.
_WIDTHS = (1, 2, 3, 4, 6, 8)
_KEYS = 1


def mended(
    previous: bytes, movement: Movement, detail: Detail | None
) -> tuple[Movement, Detail | None] | None:
    """Return a movement that does not follow the hash ``previous`` as it was before one of its bits was flipped.

    None when no single bit explains it. The sequence, by which it was found, is taken to be right.
    """
    written = _hash(previous, movement, detail)
    if written is not None and (int.from_bytes(written) ^ int.from_bytes(movement.hash)).bit_count() == 1:
        return movement._replace(hash=written), detail
    for changed in _changed(movement[_KEYS:-1]):
        candidate = Movement._make((movement.sequence, *changed, movement.hash))
        if _hash(previous, candidate, detail) == movement.hash:
            return candidate, detail
    if detail is not None:
        for changed in _changed(detail):
            said = Detail._make(changed)
            if _hash(previous, movement, said) == movement.hash:
                return movement, said
    return None


def _hash(previous: bytes, movement: Movement, detail: Detail | None) -> bytes | None:
    try:
        return chain_hash(
            previous,
            movement.sequence,
            movement.id,
            movement.kind,
            movement.product_id,
            movement.from_location,
            movement.to_location,
            movement.quantity,
            movement.effective_at,
            movement.recorded_at,
            movement.account_id,
            detail,
        )
    except struct.error:
        return None


def _changed(values: Sequence[_Value]) -> Iterator[tuple[_Value, ...]]:
    """Yield values with one bit of one of them flipped."""
    for place, value in enumerate(values):
        for other in _neighbours(value):
            yield (*values[:place], other, *values[place + 1 :])


def _neighbours(value: _Value) -> Iterator[_Value]:
    if isinstance(value, bytes):
        yield from _flipped(value)
    elif isinstance(value, str):
        for content in _flipped(value.encode("utf-8", "surrogatepass")):
            try:
                yield content.decode()
            except UnicodeDecodeError:
                continue
    elif value is not None:
        for width in _WIDTHS:
            half = 1 << (8 * width - 1)
            if -half <= value < half:
                for content in _flipped(value.to_bytes(width, signed=True)):
                    yield int.from_bytes(content, signed=True)


def _flipped(content: bytes) -> Iterator[bytes]:
    whole = int.from_bytes(content)
    for bit in range(8 * len(content)):
        yield (whole ^ 1 << bit).to_bytes(len(content))
