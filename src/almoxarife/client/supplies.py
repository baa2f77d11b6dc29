"""How products are bought: from whom, how long it takes, in packs of how many."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pydantic import TypeAdapter

from almoxarife.client.answers import read, read_quantity
from almoxarife.client.session import Session
from almoxarife.contract.purchases import SupplyRow

_ROWS = TypeAdapter(list[SupplyRow])


@dataclass(frozen=True)
class SupplyWish:
    """How a product is to be bought; an empty ``partner_id``: from nobody said, ``pack`` None: singly."""

    product_id: str
    partner_id: str = ""
    lead_days: int = 0
    pack: Decimal | int | None = None


@dataclass(frozen=True)
class Supply:
    """How a product is bought."""

    wish: SupplyWish
    product_name: str
    unit: str
    partner_name: str


def page(session: Session, after: str, limit: int) -> list[Supply]:
    """Return how the next products behind one are bought of which somebody has said it, in order of the products.

    An empty id stands for the first; ``limit`` is at most 1,000.
    """
    query: dict[str, str | int] = {"limite": limit}
    if after:
        query["depois_de"] = after
    return [_supply(row) for row in read(_ROWS, session.request("GET", "/compras/produtos", query=query))]


def put(session: Session, wish: SupplyWish) -> None:
    """Say how a product is bought; the same again changes nothing."""
    body: dict[str, object] = {"produto_id": wish.product_id, "prazo_dias": wish.lead_days}
    if wish.partner_id:
        body["parceiro_id"] = wish.partner_id
    if wish.pack is not None:
        # As text, which is exact where a float need not be.
        body["embalagem"] = f"{Decimal(wish.pack):f}"
    session.request("PUT", "/compras/produtos", body=body)


def remove(session: Session, product_id: str) -> None:
    """Say no more how a product is bought."""
    session.request("POST", "/compras/produtos/remover", body={"produto_id": product_id})


def _supply(row: SupplyRow) -> Supply:
    pack = None if row.pack is None else read_quantity(row.pack)
    wish = SupplyWish(row.product_id, row.partner_id or "", row.lead_days, pack)
    return Supply(wish, row.product_name, row.unit, row.partner_name)
