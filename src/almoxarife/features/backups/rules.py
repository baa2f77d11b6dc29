"""What a copy is called, what is written beside it, and which copies are kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from almoxarife.clock import MICROSECONDS, shop_zone
from almoxarife.errors import DomainError

# Of so many days, weeks and months the last copy is kept, besides all of the last day.
DAYS, WEEKS, MONTHS = 7, 5, 12
_DAY_US = 86_400 * MICROSECONDS
_LARGEST_NOTE = 4_096
_RECEIPT = re.compile("[0-9a-f]{64}")


class ReceiptMissing(DomainError):
    """The ledger has no movement ``sequence`` with the receipt that an earlier copy, ``name``, ended with."""


class NotACopy(DomainError):
    """A file cannot be put back: ``name``, and ``reason``, a word."""


class DatabaseInUse(DomainError):
    """Another program has the database open, so nothing can be put in its place."""


class ToolMissing(DomainError):
    """A program of PostgreSQL's own, ``tool``, is not there."""


class ToolTooOld(DomainError):
    """A program of PostgreSQL's own, ``tool``, is of the release ``own``, older than the ``server``'s."""


class ToolFailed(DomainError):
    """A program of PostgreSQL's own, ``tool``, gave up; ``words`` are its own."""


class Watch(Protocol):
    """Is told how far the work has come; may end it by an exception between two steps."""

    def begin(self, stage: str) -> None:
        """A stage begins: ``copy``, ``compress``, ``unpack`` or ``verify``."""

    def step(self, done: int, total: int) -> None:
        """So many bytes of the stage are done, of so many."""


class Unwatched:
    """Nobody looks."""

    def begin(self, stage: str) -> None:
        """Say nothing."""

    def step(self, done: int, total: int) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class Note:
    """What is written beside a copy.

    ``made_at`` in microseconds since the epoch; ``sequence`` and ``receipt`` (hexadecimal) are the end of the ledger
    in it, ``size`` (bytes) and ``sha256`` those of the copy's file, ``revision`` that of the tables.
    """

    made_at: int
    sequence: int
    receipt: str
    database: str
    revision: str
    version: str
    size: int
    sha256: str

    def to_json(self) -> str:
        """Return the text of the file beside the copy."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Note:
        """Read such a file. Raises ValueError when it is none."""
        values = json.loads(text[:_LARGEST_NOTE])
        expected = {name: int if kind == "int" else str for name, kind in cls.__annotations__.items()}
        if not isinstance(values, dict) or {name: type(value) for name, value in values.items()} != expected:
            raise ValueError("these are not the fields of a copy")
        note = cls(**values)
        if note.sequence < 0 or not _RECEIPT.fullmatch(note.receipt) or not _RECEIPT.fullmatch(note.sha256):
            raise ValueError("no copy has such values")
        return note


@dataclass(frozen=True)
class Copy:
    """A copy that was proved good, and its note."""

    path: Path
    note: Note


def name_of(made_at: int, sequence: int) -> str:
    """Return the name of a copy, by the shop's clock: ``almoxarife-2026-11-24-031500-n128``, without its ending."""
    moment = datetime.fromtimestamp(made_at // MICROSECONDS, shop_zone())
    return f"almoxarife-{moment:%Y-%m-%d-%H%M%S}-n{sequence}"


def note_path(path: Path) -> Path:
    """Return where the note of a copy is."""
    return path.with_name(path.name + ".json")


def kept(moments: Iterable[int], now: int) -> set[int]:
    """Return which copies are kept, by the instants when they were made: never none of some.

    All of the last 24 hours, and the last of each of the last 7 days, 5 weeks and 12 months that have one.
    """
    newest_first = sorted(moments, reverse=True)
    keep = {made_at for made_at in newest_first if now - made_at <= _DAY_US}
    days = {made_at: datetime.fromtimestamp(made_at // MICROSECONDS, shop_zone()) for made_at in newest_first}
    for how_many, period in ((DAYS, "%Y-%m-%d"), (WEEKS, "%G-%V"), (MONTHS, "%Y-%m")):
        last: dict[str, int] = {}
        for made_at in newest_first:
            last.setdefault(days[made_at].strftime(period), made_at)
        keep |= set(list(last.values())[:how_many])
    return keep


def is_due(last: int | None, now: int, every_hours: int) -> bool:
    """Tell whether the next copy by schedule is to be made; a clock that was set back makes none wait for long."""
    if last is None:
        return True
    return not 0 <= now - last < every_hours * 3_600 * MICROSECONDS
