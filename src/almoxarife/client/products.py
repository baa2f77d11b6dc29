"""Products: search and create."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import TypeAdapter

from almoxarife.client.answers import read
from almoxarife.client.session import Session
from almoxarife.contract.products import MAX_SEARCH, ProductRow

_ROW = TypeAdapter(ProductRow)
_ROWS = TypeAdapter(list[ProductRow])


@dataclass(frozen=True)
class Product:
    """A product: its id (``p1``, ``p2``, …) and its name."""

    id: str
    name: str


def search(session: Session, text: str, limit: int) -> list[Product]:
    """Return at most ``limit`` products whose name has all the words, or whose id it is; best first."""
    query: dict[str, str | int] = {"busca": text[:MAX_SEARCH], "limite": limit}
    rows = read(_ROWS, session.request("GET", "/produtos", query=query))
    return [Product(row.id, row.name) for row in rows]


def create(session: Session, name: str) -> Product:
    """Create a product; Refused with code ``produto_existente`` when there is one of that name."""
    row = read(_ROW, session.request("POST", "/produtos", body={"nome": name}))
    return Product(row.id, row.name)
