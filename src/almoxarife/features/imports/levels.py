"""A file of levels: checked row by row, then set from what was kept of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from struct import Struct
from typing import IO, NamedTuple

from almoxarife.errors import InvalidField
from almoxarife.features.imports.csv_file import CsvFile
from almoxarife.features.imports.level_reading import LevelRow, find_place, read_levels, shown
from almoxarife.features.imports.rules import Fault
from almoxarife.features.imports.spool import Seen
from almoxarife.features.imports.watching import Watch, tell_batch, tell_contradictions
from almoxarife.features.levels import rules
from almoxarife.features.levels.rules import Level, LevelsContradict

# Each is written to the audit list, where others wait meanwhile.
ROWS_PER_BATCH = 500
# product, place; both together are the key of a level
_KEY = Struct(">qq")
_QUANTITIES = Struct(">qqq")
_ROW = Struct(">qqqqq")
# key, line, quantities
_RECORD = Struct(">16sQqqq")
# In place of what is not said.
_NONE = -1


class Known(NamedTuple):
    """What is there of a batch: usable products by what stands in the file, decimals of each, levels by their key."""

    products: Mapping[str, int]
    decimals: Mapping[int, int]
    levels: Mapping[tuple[int, int | None], Level]


# What is there of some texts that name products.
LookUp = Callable[[Collection[str]], Known]


@dataclass
class CheckedLevels:
    """The rows of a checked file that set something, and what is known of the others; see ``entries.Entries``."""

    spool: IO[bytes]
    rows: int = 0
    there: int = 0
    repeated: int = 0
    faults: int = 0
    contradictions: int = 0

    def take(self, how_many: int) -> list[Level]:
        """Return the next levels, none at the end."""
        content = self.spool.read(_ROW.size * how_many)
        return [
            Level(0, product, _said(place), minimum, _said(target), _said(maximum))
            for product, place, minimum, target, maximum in _ROW.iter_unpack(content)
        ]


def check(
    file: CsvFile,
    watch: Watch,
    spool: IO[bytes],
    *,
    places: Mapping[str, int | None],
    look_up: LookUp,
) -> CheckedLevels:
    """Read a file to its end and keep what is new in the spool; ``places`` by their written form.

    Raises UnusableFile.
    """
    found = CheckedLevels(spool)
    with Seen(_RECORD) as seen:
        for batch in file.batches(ROWS_PER_BATCH):
            rows, faults = read_levels(file.columns, batch.rows())
            known = look_up({row.product for row in rows})
            new: list[tuple[int, Level]] = []
            for row in rows:
                read = _level(row, known, places, file.columns.names[file.columns.product])
                if isinstance(read, Fault):
                    faults.append(read)
                elif read == known.levels.get((read.product_id, read.place)):
                    found.there += 1
                else:
                    new.append((row.line, read))
            _keep(found, seen, new)
            tell_batch(found, watch, file, batch, sorted(faults))
        tell_contradictions(found, watch, _contradictions(seen, found))
    return found


def _level(row: LevelRow, known: Known, places: Mapping[str, int | None], column: str) -> Level | Fault:
    product = known.products.get(row.product)
    if product is None:
        return Fault(row.line, column, "unknown_product", {"value": shown(row.product)})
    place = find_place(row, places)
    if isinstance(place, Fault):
        return place
    level = Level(0, product, place, row.minimum or 0, row.target, row.maximum)
    try:
        rules.check_order(level)
        rules.check_precision(level, known.decimals[product])
    except InvalidField as refusal:
        field, reason = str(refusal.parameters["field"]), str(refusal.parameters["reason"])
        return Fault(row.line, field, reason, {"maximum": known.decimals[product]})
    except LevelsContradict as refusal:
        return Fault(
            row.line, str(refusal.parameters["higher"]), "levels_contradict", dict(refusal.parameters)
        )
    return level


def _keep(found: CheckedLevels, seen: Seen, new: list[tuple[int, Level]]) -> None:
    levels = [level for _line, level in new]
    quantities = [(one.minimum, _kept(one.target), _kept(one.maximum)) for one in levels]
    seen.add(
        [_KEY.pack(one.product_id, _kept(one.place)) for one in levels],
        [line for line, _level in new],
        *([some[at] for some in quantities] for at in range(3)),
    )
    found.spool.write(
        b"".join(
            _KEY.pack(one.product_id, _kept(one.place)) + _QUANTITIES.pack(*some)
            for one, some in zip(levels, quantities, strict=True)
        )
    )
    found.rows += len(new)


def _contradictions(seen: Seen, found: CheckedLevels) -> Iterator[Fault]:
    for (line, *said), (other_line, *other_said) in seen.repeats():
        if said == other_said:
            found.repeated += 1
        else:
            yield Fault(other_line, "", "contradiction", {"other": line})


def _kept(value: int | None) -> int:
    return _NONE if value is None else value


def _said(value: int) -> int | None:
    return None if value == _NONE else value
