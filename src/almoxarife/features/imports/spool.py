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
    """Good rows in columns: numbers in the file, products, quantities in 1/10,000, and ids where the file has them."""

    numbers: Sequence[int]
    products: Sequence[int]
    quantities: Sequence[int]
    ids: Sequence[bytes] | None


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
            self._ids.write(b"".join(rows.ids))
        self.rows += len(rows.numbers)

    def rewind(self) -> None:
        """Read from the first row on."""
        for file in (*self._columns, *([self._ids] if self._ids else [])):
            file.seek(0)

    def take(self, how_many: int) -> Checked:
        """Return the next rows, none at the end."""
        numbers, products, quantities = (_numbers(file, how_many) for file in self._columns)
        ids = None
        if self._ids is not None:
            joined = self._ids.read(ID_BYTES * how_many)
            ids = [joined[at : at + ID_BYTES] for at in range(0, len(joined), ID_BYTES)]
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

    def add(self, key: bytes, *rest: int) -> None:
        """Note a record."""
        bucket = hash(key) % _BUCKETS
        kept = self._kept[bucket]
        kept += self._record.pack(key, *rest)
        if len(kept) >= _KEPT_BYTES:
            self._places[bucket].append((self._file.tell(), len(kept)))
            self._file.write(kept)
            kept.clear()

    def repeats(self) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
        """Yield, for each record whose key came before, what the first with that key says and what it says itself."""
        for bucket in range(_BUCKETS):
            first: dict[bytes, tuple[int, ...]] = {}
            for key, *rest in self._record.iter_unpack(self._content(bucket)):
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
