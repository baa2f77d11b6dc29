"""What is told of a rescue, and what stands in for rows that others name and that are lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from almoxarife.errors import DomainError

# Rows that are kept though they name what is lost: others name them in turn, or they are proved by a chain.
KEPT = frozenset(
    {
        "movement",
        "movement_detail",
        "product",
        "account",
        "location",
        "lot",
        "reason",
        "unit",
        "category",
        "partner",
        "audit",
    }
)
# Never taken from leaves that no tree leads to: what was ended on purpose would be there again.
NEVER_FROM_STRAYS = frozenset({"access_token", "account_address", "webhook_delivery"})
# Made anew, or a cache.
NOT_SAVED = frozenset({"alembic_version", "balance", "lot_balance", "valuation", "valuation_state"})
# By its checksum, which is none, `verificar` names such a row until somebody has given it its right values.
_NO_CHECKSUM = b""
Value = int | float | str | bytes | None


class NothingToSave(DomainError):
    """There is no row of ours in the file ``name``."""


class NoFile(DomainError):
    """There is no file ``name``."""


class TargetTaken(DomainError):
    """There is a file ``name`` already; nothing is written over."""


class SourceChanged(DomainError):
    """Somebody wrote to the file ``name`` meanwhile."""


class SourceInUse(DomainError):
    """Another program has the file ``name`` open."""


class OnlySqlite(DomainError):
    """The database is one of PostgreSQL's, which has its own means."""


class Watch(Protocol):
    """Is told how far the work has come; may end it by an exception between two steps."""

    def begin(self, stage: str) -> None:
        """A stage begins: ``tables``, ``strays`` or ``verify``."""

    def step(self, rows: int) -> None:
        """So many more rows are done."""


class Apart(StrEnum):
    """Why a row is set apart."""

    NOT_OF_TABLE = "not_of_table"
    IN_CONFLICT = "in_conflict"
    NAMES_THE_LOST = "names_the_lost"
    AFTER_BREAK = "after_break"


class Receipt(StrEnum):
    """Where a receipt was found."""

    PROVED = "proved"
    APART = "apart"
    NOWHERE = "nowhere"


@dataclass
class TableOutcome:
    """What became of a table.

    ``saved`` rows are in the new file; ``strays`` of them were found outside the table's tree. ``apart`` rows were
    found and set apart; ``lost_rows`` cannot be read, nor can ``lost_pages`` with nobody knows how many rows.
    ``stand_ins`` are keys of rows that had to be made up, because others name them.
    """

    saved: int = 0
    strays: int = 0
    apart: int = 0
    lost_rows: int = 0
    lost_pages: int = 0
    stand_ins: list[Value] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing, as far as can be told."""
        return not (self.apart or self.lost_rows or self.lost_pages or self.stand_ins)


def stand_in(table: str, key: int | str, product: Value) -> Mapping[str, Value] | None:
    """Return the values of a row that takes the place of a lost one, None for a table without such.

    ``product``: of the movement that names it. Columns that the table has not (yet) are to be left out.
    """
    name, lookup = f"(perdido) {key}", f"perdido {key}"
    named: Mapping[str, Value] = {"id": key, "name": name, "name_key": lookup, "checksum": _NO_CHECKSUM}
    further: Mapping[str, Mapping[str, Value]] = {
        "product": {"search_text": lookup, "created_at": 0},
        "location": {"kind": 2, "active": 1},
        "reason": {"active": 0},
        "category": {"version": 1},
        "unit": {"code": key, "decimals": 4},
        "lot": {"product_id": product, "number": name, "created_at": 0},
        "account": {
            "username": f"perdido-{key}",
            "username_key": f"perdido-{key}",
            "password_hash": "!",
            "weak_password": 0,
            "role": "leitor",
            "status": "desativada",
            "created_at": 0,
        },
    }
    return {**named, **further[table]} if table in further else None
