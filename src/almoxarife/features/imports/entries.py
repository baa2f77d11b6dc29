"""A file of entries: checked row by row, then written from what was kept of it."""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from struct import Struct

from almoxarife.features.imports.csv_file import CsvFile
from almoxarife.features.imports.reading import EntryReader, FindProducts, Read
from almoxarife.features.imports.rules import Fault, row_id
from almoxarife.features.imports.spool import ID_BYTES, Checked, EntrySpool, Seen
from almoxarife.features.imports.watching import Watch, tell_batch, tell_contradictions
from almoxarife.identity import Identity
from almoxarife.ledger.rules import Head, Movement
from almoxarife.ledger.rules_block import Block

ROWS_PER_BATCH = 10_000
# id, line, product, quantity
_ID_RECORD = Struct(">16sQqq")

# The movements that have one of some ids.
FindMovements = Callable[[Sequence[bytes]], dict[bytes, Movement]]


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

    def take(self, how_many: int, who: Identity) -> Block:
        """Return the next rows as what is to be written, none at the end."""
        return block(self.spool.take(how_many), self.prefix, who)


def block(rows: Checked, prefix: bytes | None, who: Identity) -> Block:
    """Return checked rows as what is to be written."""
    ids = rows.ids
    if ids is None:
        assert prefix is not None
        ids = b"".join([row_id(prefix, number) for number in rows.numbers])
    return Block(who.account_id, ids, array("q", rows.products), array("q", rows.quantities))


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
        for batch in file.batches(ROWS_PER_BATCH):
            read = reader.read(batch)
            if read.checked.ids is not None:
                read, there = _without_conflicts(read, who, find_movements)
                entries.there += there
                _numbers, products, quantities, _ids = read.checked
                seen.add(_ids_of(read.checked), read.lines, products, quantities)
            spool.add(read.checked)
            entries.quantity += sum(read.checked.quantities)
            tell_batch(entries, watch, file, batch, read.faults)
        tell_contradictions(entries, watch, _contradictions(seen, entries))
    return entries


def _ids_of(rows: Checked) -> list[bytes]:
    ids = rows.ids or b""
    return [ids[at : at + ID_BYTES] for at in range(0, len(ids), ID_BYTES)]


def _without_conflicts(read: Read, who: Identity, find_movements: FindMovements) -> tuple[Read, int]:
    """Make faults of rows whose id is in the ledger with other content; return how many are there as they are."""
    ids = _ids_of(read.checked)
    known = find_movements(ids)
    if not known:
        return read, 0
    conflicts = {
        place
        for place, draft in enumerate(block(read.checked, None, who).drafts())
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
                b"".join([ids[place] for place in good]),
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
