"""What was checked, in temporary files until it is written: constant memory, however long the imported file is."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterator, Sequence
from struct import Struct
from types import TracebackType
from typing import IO, NamedTuple, Self

ID_BYTES = 16
_NUMBER_BYTES = 8
_BUCKETS = 256
# Of one bucket, before it goes to the file.
_KEPT_BYTES = 16_384


class Checked(NamedTuple):
    """Good rows in columns: numbers in the file, products, quantities in 1/10,000, and ids where the file has them.

    Ids are 16 bytes each, one behind the other.
    """

    numbers: Sequence[int]
    products: Sequence[int]
    quantities: Sequence[int]
    ids: bytes | None


class EntrySpool:
    """Good rows of a file of entries, in its order."""

    def __init__(self, *, with_ids: bool) -> None:
        self._columns = [tempfile.TemporaryFile() for _ in range(3)]  # noqa: SIM115 - closed by __exit__
        self._ids = tempfile.TemporaryFile() if with_ids else None  # noqa: SIM115
        self.rows = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in (*self._columns, *([self._ids] if self._ids else [])):
            file.close()

    def add(self, rows: Checked) -> None:
        """Keep some more rows."""
        for file, values in zip(self._columns, rows[:3], strict=True):
            file.write(array("q", values).tobytes())
        if self._ids is not None and rows.ids is not None:
            self._ids.write(rows.ids)
        self.rows += len(rows.numbers)

    def rewind(self) -> None:
        """Read from the first row on."""
        for file in (*self._columns, *([self._ids] if self._ids else [])):
            file.seek(0)

    def take(self, how_many: int) -> Checked:
        """Return the next rows, none at the end."""
        numbers, products, quantities = (_numbers(file, how_many) for file in self._columns)
        ids = None if self._ids is None else self._ids.read(ID_BYTES * how_many)
        return Checked(numbers, products, quantities, ids)


def _numbers(file: IO[bytes], how_many: int) -> array[int]:
    values = array("q")
    values.frombytes(file.read(_NUMBER_BYTES * how_many))
    return values


class Seen:
    """Finds keys that come twice: records are spread over buckets by their key, and each bucket is small."""

    def __init__(self, record: Struct) -> None:
        """``record``: begins with a key of 16 bytes."""
        self._record = record
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._kept = [bytearray() for _ in range(_BUCKETS)]
        self._places: list[list[tuple[int, int]]] = [[] for _ in range(_BUCKETS)]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, keys: Sequence[bytes], *rest: Sequence[int]) -> None:
        """Note records, in columns."""
        kept = self._kept
        for key, record in zip(keys, map(self._record.pack, keys, *rest), strict=True):
            kept[hash(key) % _BUCKETS] += record
        for places, some in zip(self._places, kept, strict=True):
            if len(some) >= _KEPT_BYTES:
                places.append((self._file.tell(), len(some)))
                self._file.write(some)
                some.clear()

    def repeats(self) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
        """Yield, for each record whose key came before, what the first with that key says and what it says itself."""
        only_key = Struct(f"{ID_BYTES}s{self._record.size - ID_BYTES}x")
        for bucket in range(_BUCKETS):
            content = self._content(bucket)
            if len(set(only_key.iter_unpack(content))) * self._record.size == len(content):
                continue
            first: dict[bytes, tuple[int, ...]] = {}
            for key, *rest in self._record.iter_unpack(content):
                said = tuple(rest)
                earlier = first.setdefault(key, said)
                if earlier is not said:
                    yield earlier, said

    def _content(self, bucket: int) -> bytes:
        pieces = []
        for start, length in self._places[bucket]:
            self._file.seek(start)
            pieces.append(self._file.read(length))
        return b"".join([*pieces, bytes(self._kept[bucket])])
