"""A file of products with their codes: checked row by row, then written from what was kept of it."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from struct import Struct
from typing import IO, NamedTuple

from almoxarife.features.codes.service.giving import Given, Owner
from almoxarife.features.imports.csv_file import CsvFile
from almoxarife.features.imports.products import MOST_REPEATS_SHOWN, ROWS_PER_BATCH, ProductNames
from almoxarife.features.imports.reading import CodedRow, read_coded
from almoxarife.features.imports.rules import Fault
from almoxarife.features.imports.spool import ID_BYTES, Seen
from almoxarife.features.imports.watching import Watch, tell_batch, tell_contradictions
from almoxarife.features.settings.rules import Mask
from almoxarife.names import fold

# digest of all that a row says, line
_ROW_RECORD = Struct(">16sQ")
# digest of the code, line, place of its column, half a digest of the product's folded name
_CODE_RECORD = Struct(">16sQQQ")
_HALF_BYTES = 8
# Between what a row of the spool has; no name and no code has a character that cannot be shown.
_SEPARATOR = "\x1f"


class Known(NamedTuple):
    """What is there already: numbers of products by name, those not in use, and whose the codes are by key."""

    numbers: Mapping[str, int]
    unusable: Collection[int]
    owners: Mapping[str, Owner]

    def new_of(self, row: CodedRow) -> CodedRow | None:
        """Return a row with those of its codes that are not there yet; None where it says nothing new."""
        codes = [cell for cell in row.codes if cell.given.key not in self.owners]
        return row._replace(codes=codes) if codes or row.name not in self.numbers else None


# What is there of some names and keys of codes.
LookUp = Callable[[Collection[str], Collection[str]], Known]


@dataclass
class CodedProducts(ProductNames):
    """The rows of a checked file that say anything new: a product, a code of one, or both.

    ``contradictions``: how many of the faults are codes that the file itself gives to several products.
    """

    contradictions: int = 0

    def take_coded(self, how_many: int) -> list[tuple[str, list[Given]]]:
        """Return the next names with their new codes, none at the end."""
        return [_read(line.decode().rstrip("\n")) for line in islice(self.spool, how_many)]


def check(
    file: CsvFile, watch: Watch, spool: IO[bytes], masks: Sequence[Mask], *, look_up: LookUp
) -> CodedProducts:
    """Read a file to its end and keep what is new in the spool. Raises UnusableFile."""
    found = CodedProducts(spool)
    with Seen(_ROW_RECORD) as seen_rows, Seen(_CODE_RECORD) as seen_codes:
        for batch in file.batches(ROWS_PER_BATCH):
            rows, faults = read_coded(file.columns, batch.rows(), masks)
            known = look_up(
                {row.name for row in rows}, {cell.given.key for row in rows for cell in row.codes}
            )
            wrong = [_fault(row, known, file.columns.codes) for row in rows]
            faults.extend(fault for fault in wrong if fault is not None)
            good = [row for row, fault in zip(rows, wrong, strict=True) if fault is None]
            new = [row for row in map(known.new_of, good) if row is not None]
            _note(seen_rows, seen_codes, new)
            spool.write(b"".join(map(_written, new)))
            found.rows += len(new)
            found.there += len(good) - len(new)
            tell_batch(found, watch, file, batch, sorted(faults))
        found.repeats = heapq.nsmallest(MOST_REPEATS_SHOWN, _repeats(seen_rows, found))
        tell_contradictions(found, watch, _contradictions(seen_codes, file.columns.codes))
    return found


def _fault(row: CodedRow, known: Known, columns: Sequence[tuple[str, int]]) -> Fault | None:
    number = known.numbers.get(row.name)
    for place, given in row.codes:
        column = columns[place][0]
        if number in known.unusable:
            return Fault(row.line, column, "unusable_product", {"value": row.name})
        owner = known.owners.get(given.key)
        if owner is not None and not (owner.alone and owner.product == number):
            parameters = {"name": owner.name, "product_id": f"p{owner.product}"}
            return Fault(row.line, column, "code_in_use", parameters)
    return None


def _note(seen_rows: Seen, seen_codes: Seen, rows: Sequence[CodedRow]) -> None:
    said = [_SEPARATOR.join([fold(row.name), *sorted(cell.given.key for cell in row.codes)]) for row in rows]
    seen_rows.add([_digest(text) for text in said], [row.line for row in rows])
    cells = [(row, cell) for row in rows for cell in row.codes]
    seen_codes.add(
        [_digest(cell.given.key) for _row, cell in cells],
        [row.line for row, _cell in cells],
        [cell.place for _row, cell in cells],
        [int.from_bytes(_digest(fold(row.name))[:_HALF_BYTES], "big") for row, _cell in cells],
    )


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=ID_BYTES).digest()


def _repeats(seen: Seen, found: CodedProducts) -> Iterator[tuple[int, int]]:
    for (line,), (other_line,) in seen.repeats():
        found.repeated += 1
        yield other_line, line


def _contradictions(seen: Seen, columns: Sequence[tuple[str, int]]) -> Iterator[Fault]:
    for (line, _place, product), (other_line, place, other_product) in seen.repeats():
        if product != other_product:
            yield Fault(other_line, columns[place][0], "code_twice", {"other": line})


def _written(row: CodedRow) -> bytes:
    codes = [text for cell in row.codes for text in cell.given]
    return (_SEPARATOR.join([row.name, *codes]) + "\n").encode()


def _read(line: str) -> tuple[str, list[Given]]:
    name, *codes = line.split(_SEPARATOR)
    each = len(Given._fields)
    return name, [Given(*codes[at : at + each]) for at in range(0, len(codes), each)]
