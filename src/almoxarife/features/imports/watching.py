"""What whoever has a file checked is told meanwhile, and what is counted for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Protocol

from almoxarife.features.imports.csv_file import Batch, CsvFile, Row
from almoxarife.features.imports.rules import Fault

_MOST_CONTRADICTIONS = 1_000


class Watch(Protocol):
    """Is told how far an import has come; may end it by an exception between two batches."""

    def checked(self, rows: int, bytes_read: int) -> None:
        """So many more rows, and so much of the file altogether, have been checked."""

    def faulty(self, faults: Sequence[Fault], rows: Iterable[Row]) -> None:
        """Some rows of a batch cannot be imported."""

    def written(self, rows: int) -> None:
        """So many more of the good rows are on disk."""


class Counted(Protocol):
    """Counts the rows of a file that cannot be imported."""

    faults: int


class Compared(Counted, Protocol):
    """Counts besides how many of the faults are contradictions between rows."""

    contradictions: int


def tell_batch(found: Counted, watch: Watch, file: CsvFile, batch: Batch, faults: Sequence[Fault]) -> None:
    """Count and tell what is wrong in a batch, and how far the file has been checked."""
    found.faults += len(faults)
    if faults:
        watch.faulty(faults, batch.rows())
    watch.checked(len(batch.lines), file.bytes_read())


def tell_contradictions(found: Compared, watch: Watch, contradictions: Iterator[Fault]) -> None:
    """Count and tell the first thousand rows that say something else than another one of the file."""
    some = sorted(islice(contradictions, _MOST_CONTRADICTIONS))
    if some:
        found.contradictions = len(some)
        found.faults += len(some)
        watch.faulty(some, [])
