"""A file of products: names checked row by row, then created from what was kept of them."""

from __future__ import annotations

import hashlib
import heapq
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from struct import Struct
from typing import IO

from almoxarife.features.imports.csv_file import CsvFile
from almoxarife.features.imports.reading import read_names
from almoxarife.features.imports.spool import ID_BYTES, Seen
from almoxarife.features.imports.watching import Watch, tell_batch
from almoxarife.names import fold

ROWS_PER_BATCH = 2_000
# digest of the folded name, line
_NAME_RECORD = Struct(">16sQ")
MOST_REPEATS_SHOWN = 20

# Those of some names that a product has.
FindNames = Callable[[Sequence[str]], set[str]]


@dataclass
class ProductNames:
    """The new names of a checked file and what is known of the others.

    ``there`` exist as products already, ``repeated`` are in the file before (``repeats``: the first of them as line
    and line of the name before), ``faults`` cannot be names.
    """

    spool: IO[bytes]
    rows: int = 0
    there: int = 0
    faults: int = 0
    repeated: int = 0
    repeats: list[tuple[int, int]] = field(default_factory=list)

    def take(self, how_many: int) -> list[str]:
        """Return the next names, none at the end."""
        return [line.decode().rstrip("\n") for line in islice(self.spool, how_many)]


def check(file: CsvFile, watch: Watch, spool: IO[bytes], *, find_names: FindNames) -> ProductNames:
    """Read a file to its end and keep the names that no product has in the spool. Raises UnusableFile."""
    found = ProductNames(spool)
    with Seen(_NAME_RECORD) as seen:
        for batch in file.batches(ROWS_PER_BATCH):
            names, lines, faults = read_names(file.columns, batch.rows())
            there = find_names(names)
            new = [(name, line) for name, line in zip(names, lines, strict=True) if name not in there]
            keys = [
                hashlib.blake2b(fold(name).encode(), digest_size=ID_BYTES).digest() for name, _line in new
            ]
            seen.add(keys, [line for _name, line in new])
            # A name has no line breaks.
            spool.write("".join([f"{name}\n" for name, _line in new]).encode())
            found.rows += len(new)
            found.there += len(names) - len(new)
            tell_batch(found, watch, file, batch, faults)
        found.repeats = heapq.nsmallest(MOST_REPEATS_SHOWN, _repeats(seen, found))
    return found


def open_spool() -> IO[bytes]:
    """Return a file for names that is gone when it is closed."""
    return tempfile.TemporaryFile()


def _repeats(seen: Seen, found: ProductNames) -> Iterator[tuple[int, int]]:
    for (line,), (other_line,) in seen.repeats():
        found.repeated += 1
        yield other_line, line
