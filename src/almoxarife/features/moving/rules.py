"""When a move is refused, and who is told how far it has come."""

from __future__ import annotations

from typing import Protocol

from almoxarife.errors import DomainError


class SameDatabase(DomainError):
    """Both addresses lead to one database."""


class TargetNotEmpty(DomainError):
    """The database to move to holds something already: ``table`` has rows."""


class SourceNotRight(DomainError):
    """The database to move from is not as it was written: ``count`` findings, which ``verificar`` shows."""


class SourceGrows(DomainError):
    """The source was written to all the time; the move can be finished when the system is stopped."""


class SidesDiffer(DomainError):
    """What was moved is not what was there: ``table`` differs. The target must be made anew."""


class Watch(Protocol):
    """Is told how far the move has come; may end it by an exception between two steps."""

    def begin(self, stage: str, rows: int) -> None:
        """A stage begins: ``verify``, ``copy`` or ``compare``, of so many rows, 0 where that is not known."""

    def step(self, rows: int) -> None:
        """So many more rows are done."""


class Unwatched:
    """Nobody looks."""

    def begin(self, stage: str, rows: int) -> None:
        """Say nothing."""

    def step(self, rows: int) -> None:
        """Say nothing."""
