"""What is refused of work that takes long."""

from __future__ import annotations

from almoxarife.errors import DomainError


class WorkNotFound(DomainError):
    """Nothing is under way under this id."""


class WorkStopped(DomainError):
    """Whoever had asked for the work wants it no more; what it has done for others stays."""
