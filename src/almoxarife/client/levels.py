"""How much of a product there should be: minimum, target and maximum per product and place."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pydantic import TypeAdapter

from almoxarife.client.answers import read, read_quantity
from almoxarife.client.session import Session
from almoxarife.contract.levels import LevelRow
from almoxarife.contract.types import MAX_PAGE

_ROW = TypeAdapter(LevelRow)
_ROWS = TypeAdapter(list[LevelRow])


@dataclass(frozen=True)
class Level:
    """Levels with their id (``n1``, …); an empty ``place_id`` stands for the whole shop, None for what is not said."""

    id: str
    product_id: str
    product_name: str
    unit: str
    place_id: str
    place_name: str
    minimum: Decimal | int
    target: Decimal | int | None
    maximum: Decimal | int | None


@dataclass(frozen=True)
class LevelWish:
    """What levels are to be; an empty ``place_id`` stands for the whole shop, None for what is not said."""

    product_id: str
    place_id: str = ""
    minimum: Decimal | int | None = None
    target: Decimal | int | None = None
    maximum: Decimal | int | None = None


def listing(
    session: Session, *, product_id: str = "", place_id: str = "", after: str = "", limit: int = MAX_PAGE
) -> list[Level]:
    """Return the next levels after an id, of a product or at a place alone, in order of creation."""
    said = {"produto_id": product_id, "local_id": place_id, "depois_de": after}
    query: dict[str, str | int] = {"limite": limit, **{key: value for key, value in said.items() if value}}
    return [_level(row) for row in read(_ROWS, session.request("GET", "/niveis", query=query))]


def of_product(session: Session, product_id: str) -> list[Level]:
    """Return every level of a product, in order of creation."""
    found = page = listing(session, product_id=product_id, limit=MAX_PAGE)
    while len(page) == MAX_PAGE:
        page = listing(session, product_id=product_id, after=page[-1].id, limit=MAX_PAGE)
        found = found + page
    return found


def put(session: Session, wish: LevelWish) -> Level:
    """Set levels; Refused with code ``niveis_contraditorios`` when no stock could keep them."""
    body: dict[str, object] = _key(wish.product_id, wish.place_id)
    for key, value in (("minimo", wish.minimum), ("alvo", wish.target), ("maximo", wish.maximum)):
        if value is not None:
            # As text, which is exact where a float need not be.
            body[key] = f"{Decimal(value):f}"
    return _level(read(_ROW, session.request("PUT", "/niveis", body=body)))


def remove(session: Session, product_id: str, place_id: str = "") -> None:
    """Say no more how much there should be; Refused with code ``nivel_inexistente`` when nobody did."""
    session.request("POST", "/niveis/remover", body=_key(product_id, place_id))


def _key(product_id: str, place_id: str) -> dict[str, object]:
    return {"produto_id": product_id, **({"local_id": place_id} if place_id else {})}


def _level(row: LevelRow) -> Level:
    return Level(
        row.id,
        row.product_id,
        row.product_name,
        row.unit,
        row.place_id or "",
        row.place_name,
        read_quantity(row.minimum),
        read_quantity(row.target) if row.target is not None else None,
        read_quantity(row.maximum) if row.maximum is not None else None,
    )
