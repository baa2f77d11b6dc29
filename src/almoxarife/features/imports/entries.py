"""A file of entries: checked row by row, then written from what was kept of it."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, repeat
from struct import Struct
from typing import Protocol

from almoxarife.features.imports.csv_file import CsvFile, Row
from almoxarife.features.imports.reading import EntryReader, FindProducts, Read
from almoxarife.features.imports.rules import Fault, row_id
from almoxarife.features.imports.spool import Checked, EntrySpool, Seen
from almoxarife.identity import Identity
from almoxarife.ledger.rules import DEFAULT_LOCATION, SUPPLIER_LOCATION, Draft, Head, Kind, Movement

ROWS_PER_BATCH = 10_000
# id, line, product, quantity
_ID_RECORD = Struct(">16sQqq")
_MOST_CONTRADICTIONS = 1_000
_ENTRY = int(Kind.ENTRY)

# The movements that have one of some ids.
FindMovements = Callable[[Sequence[bytes]], dict[bytes, Movement]]


class Watch(Protocol):
    """Is told how far an import has come; may end it by an exception between two batches."""

    def checked(self, rows: int, bytes_read: int) -> None:
        """So many more rows, and so much of the file altogether, have been checked."""

    def faulty(self, faults: Sequence[Fault], rows: Sequence[Row]) -> None:
        """Some rows of a batch cannot be imported."""

    def written(self, rows: int) -> None:
        """So many more of the good rows are on disk."""


@dataclass
class Entries:
    """The good rows of a checked file and what is known of them.

    ``quantity`` is their sum in 1/10,000; ``there`` how many are in the ledger already, ``repeated`` how many say the
    same as a row before them; ``faults`` how many rows are not good, ``contradictions`` how many of these say
    something else than another row with the same id. ``prefix`` begins the ids of rows that have none of their own,
    once it is known.
    """

    spool: EntrySpool
    quantity: int = 0
    there: int = 0
    repeated: int = 0
    faults: int = 0
    contradictions: int = 0
    prefix: bytes | None = None
    unknown_at: Head | None = None

    @property
    def rows(self) -> int:
        """How many rows are good."""
        return self.spool.rows

    def take(self, how_many: int, who: Identity) -> list[Draft]:
        """Return the next rows as what is to be written, none at the end."""
        return drafts(self.spool.take(how_many), self.prefix, who)


def drafts(rows: Checked, prefix: bytes | None, who: Identity) -> list[Draft]:
    """Return checked rows as what is to be written."""
    ids: Iterable[bytes]
    if rows.ids is not None:
        ids = rows.ids
    else:
        assert prefix is not None
        ids = [row_id(prefix, number) for number in rows.numbers]
    columns = (
        ids,
        repeat(_ENTRY),
        rows.products,
        repeat(SUPPLIER_LOCATION),
        repeat(DEFAULT_LOCATION),
        rows.quantities,
        repeat(who.account_id),
        repeat(None),
        repeat(None),
    )
    # The endless ones are those that are the same in every row.
    return list(map(Draft._make, zip(*columns, strict=False)))


def check(
    file: CsvFile,
    who: Identity,
    watch: Watch,
    spool: EntrySpool,
    *,
    find_products: FindProducts,
    find_movements: FindMovements,
) -> Entries:
    """Read a file to its end and keep its good rows in the spool. Raises UnusableFile."""
    entries = Entries(spool)
    reader = EntryReader(file.columns, find_products)
    with Seen(_ID_RECORD) as seen:
        for rows in file.batches(ROWS_PER_BATCH):
            read = reader.read(rows)
            if read.checked.ids is not None:
                read, there = _without_conflicts(read, who, find_movements)
                entries.there += there
                _note(seen, read)
            spool.add(read.checked)
            entries.quantity += sum(read.checked.quantities)
            entries.faults += len(read.faults)
            if read.faults:
                watch.faulty(read.faults, rows)
            watch.checked(len(rows), file.bytes_read())
        contradictions = list(islice(_contradictions(seen, entries), _MOST_CONTRADICTIONS))
    if contradictions:
        entries.contradictions = len(contradictions)
        entries.faults += len(contradictions)
        watch.faulty(sorted(contradictions), [])
    return entries


def _note(seen: Seen, read: Read) -> None:
    for movement_id, *said in zip(
        read.checked.ids or (), read.lines, read.checked.products, read.checked.quantities, strict=True
    ):
        seen.add(movement_id, *said)


def _without_conflicts(read: Read, who: Identity, find_movements: FindMovements) -> tuple[Read, int]:
    """Make faults of rows whose id is in the ledger with other content; return how many are there as they are."""
    ids = read.checked.ids
    assert ids is not None
    known = find_movements(ids)
    if not known:
        return read, 0
    conflicts = {
        place
        for place, draft in enumerate(drafts(read.checked, None, who))
        if draft.id in known and not known[draft.id].says_the_same_as(draft)
    }
    there = sum(movement_id in known for movement_id in ids) - len(conflicts)
    if not conflicts:
        return read, there
    faults = [Fault(read.lines[place], "id", "id_conflict", {}) for place in sorted(conflicts)]
    good = [place for place in range(len(ids)) if place not in conflicts]
    return (
        Read(
            Checked(
                [read.checked.numbers[place] for place in good],
                [read.checked.products[place] for place in good],
                [read.checked.quantities[place] for place in good],
                [ids[place] for place in good],
            ),
            [read.lines[place] for place in good],
            list(heapq.merge(read.faults, faults)),
        ),
        there,
    )


def _contradictions(seen: Seen, entries: Entries) -> Iterator[Fault]:
    for (line, *first), (other_line, *other) in seen.repeats():
        if first == other:
            entries.repeated += 1
        else:
            yield Fault(other_line, "id", "contradiction", {"other": line})
