"""Rules of categories: names, ids, and a tree without circles."""

from __future__ import annotations

from collections.abc import Mapping

from almoxarife.errors import DomainError
from almoxarife.ids import number_in
from almoxarife.names import check_line

MAX_NAME = 80
# How far down the tree may go; a path longer than this shows on no screen.
MAX_DEPTH = 8


class CategoryExists(DomainError):
    """There is a category with this name below the same parent: ``name``."""


class CategoryNotFound(DomainError):
    """No category has this id: ``category_id``; ``field`` is where the request names it."""


class CategoryInsideItself(DomainError):
    """A category would come to lie below itself: ``name``, ``parent``."""


class TreeTooDeep(DomainError):
    """A category would lie further down than ``maximum`` levels."""


def check_name(text: str) -> str:
    """Return the form in which a category's name is kept. Raises InvalidField."""
    return check_line(text, "nome", MAX_NAME)


def number_of(category_id: str) -> int | None:
    """Return the number in an id (``c7`` → 7), or None where the text is no category's id."""
    return number_in(category_id, "c")


def path_of(number: int, parents: Mapping[int, int | None]) -> list[int]:
    """Return a category and those above it, the uppermost first."""
    path: list[int] = []
    at: int | None = number
    while at is not None and at not in path:
        path.append(at)
        at = parents.get(at)
    return path[::-1]


def branch_of(number: int, parents: Mapping[int, int | None]) -> set[int]:
    """Return a category and all below it."""
    return {one for one in parents if number in path_of(one, parents)}


def check_place(number: int, parents: Mapping[int, int | None], names: Mapping[int, str]) -> None:
    """Refuse a place in the tree for a category that ``parents`` already shows there.

    Raises CategoryInsideItself, TreeTooDeep.
    """
    parent = parents[number]
    above = path_of(parent, parents) if parent is not None else []
    if parent is not None and number in above:
        raise CategoryInsideItself(name=names[number], parent=names[parent])
    deepest = max(len(path_of(one, parents)) for one in branch_of(number, parents))
    if deepest > MAX_DEPTH:
        raise TreeTooDeep(maximum=MAX_DEPTH)
