"""Categories: the tree, and its changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from pydantic import TypeAdapter

from almoxarife.client.answers import read
from almoxarife.client.session import Session
from almoxarife.contract.categories import CategoryRow

_ROW = TypeAdapter(CategoryRow)
_ROWS = TypeAdapter(list[CategoryRow])


@dataclass(frozen=True)
class Category:
    """A category; ``path``: the names from the top down to its own."""

    id: str
    name: str
    parent_id: str | None
    path: tuple[str, ...]
    version: int


def listing(session: Session) -> list[Category]:
    """Return every category, each below its parent."""
    return [_category(row) for row in read(_ROWS, session.request("GET", "/categorias"))]


def create(session: Session, name: str, parent_id: str | None = None) -> Category:
    """Create a category below another one, or at the top."""
    body = {"nome": name, "pai_id": parent_id}
    return _category(read(_ROW, session.request("POST", "/categorias", body=body)))


def change(session: Session, category_id: str, version: int, changes: Mapping[str, object]) -> Category:
    """Change ``nome`` or ``pai_id``; Refused with code ``versao_desatualizada`` when somebody else did."""
    address = f"/categorias/{quote(category_id, safe='')}"
    answer = session.request("PATCH", address, body=changes, if_match=f'"{version}"')
    return _category(read(_ROW, answer))


def _category(row: CategoryRow) -> Category:
    return Category(row.id, row.name, row.parent_id, tuple(row.path), row.version)
