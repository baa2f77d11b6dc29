"""Places of the shop: the tree that stock lies in."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import TypeAdapter

from almoxarife.client.answers import read
from almoxarife.client.session import Session
from almoxarife.contract.locations import PlaceRow

SEPARATOR = " / "
INSIDE = "interno"


_ROW = TypeAdapter(PlaceRow)
_ROWS = TypeAdapter(list[PlaceRow])


@dataclass(frozen=True)
class Place:
    """A place: its id (``l2``, …), name, the names from the root to it, and the place that it is in."""

    id: str
    name: str
    path: str
    parent_id: str = ""
    active: bool = True
    default: bool = False


def tree(session: Session) -> list[Place]:
    """Return the shop's own places, those inside a place after it."""
    return _sorted(_fetch(session))


def names(session: Session) -> dict[str, str]:
    """Return the name of every place by its id, supplier, customer, loss and adjustment included."""
    return {row.id: row.name for row in _fetch(session)}


def create(session: Session, name: str, parent_id: str) -> None:
    """Add a place."""
    session.request("POST", "/locais", body={"nome": name, "dentro_de": parent_id or None})


def change(session: Session, place_id: str, name: str, parent_id: str) -> None:
    """Rename a place, or put it into another one."""
    body = {"id": place_id, "nome": name, "dentro_de": parent_id or None}
    session.request("POST", "/locais/alterar", body=body)


def set_active(session: Session, place_id: str, active: bool) -> None:
    """Let a place be used, or no more."""
    session.request("POST", "/locais/alterar", body={"id": place_id, "ativo": active})


def _fetch(session: Session) -> list[PlaceRow]:
    return read(_ROWS, session.request("GET", "/locais"))


def _sorted(rows: list[PlaceRow]) -> list[Place]:
    inside = {row.id: row for row in rows if row.kind == INSIDE}
    paths: dict[str, str] = {}

    def path(row: PlaceRow, depth: int = 0) -> str:
        if row.id not in paths:
            parent = inside.get(row.parent or "") if depth < len(inside) else None
            paths[row.id] = f"{path(parent, depth + 1)}{SEPARATOR}{row.name}" if parent else row.name
        return paths[row.id]

    found = [
        Place(row.id, row.name, path(row), row.parent or "", row.active, row.default)
        for row in inside.values()
    ]
    return sorted(found, key=lambda place: [part.casefold() for part in place.path.split(SEPARATOR)])
