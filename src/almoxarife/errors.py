"""The root of every error of the domain.

A domain error carries a class and parameters, never prose: one table in
``server.refusals`` (and one in ``cli.errors``) turns it into a sentence.
"""

from __future__ import annotations


class DomainError(Exception):
    """A refusal that a person can act on; its parameters are keyword arguments.

    >>> error = DomainError(field="quantidade", maximum=10)
    >>> error.parameters["maximum"]
    10
    """

    def __init__(self, **parameters: object) -> None:
        super().__init__(type(self).__name__, parameters)
        self.parameters = parameters


class InvalidField(DomainError):
    """A value cannot be used: ``field`` as the wire names it, ``reason`` a key of the table of reasons.

    Further parameters (``maximum``, ``minimum``) fill the sentence.
    """


class NotJson(DomainError):
    """The body is not JSON in UTF-8: ``reason`` tells programmers what stopped the reader."""


class DuplicateKey(DomainError):
    """An object of the body says the same key twice: ``field``."""


class MissingVersion(DomainError):
    """A change does not say which version of a thing it was made for."""


class StaleVersion(DomainError):
    """Somebody has changed a thing since the caller read it: ``version`` is the present one."""


def require_version(version: int, seen: frozenset[int] | None) -> None:
    """Raise StaleVersion unless ``version`` is among those that a caller has seen; None stands for whichever."""
    if seen is not None and version not in seen:
        raise StaleVersion(version=version)


def in_row(error: DomainError, rows: str, row: int) -> DomainError:
    """Return a refusal as that of one row: ``rows`` is the list as the wire names it, ``row`` counts from 0."""
    return type(error)(**{**error.parameters, "rows": rows, "row": row})


class Unavailable(DomainError):
    """The database cannot serve right now; the same request may be sent again after ``retry_after_s``."""
