"""Products: search, create, change, deactivate, merge; their log, units and pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from urllib.parse import quote

from pydantic import TypeAdapter

from almoxarife.client.answers import bad_answer, read, read_instant, read_quantity
from almoxarife.client.errors import Refused
from almoxarife.client.session import Session
from almoxarife.contract.base import Done
from almoxarife.contract.products import (
    MAX_FOUND,
    MAX_SEARCH,
    ChangeRow,
    PictureRow,
    ProductDetails,
    ProductRow,
)
from almoxarife.contract.units import ProductUnits

_ROW = TypeAdapter(ProductRow)
_ROWS = TypeAdapter(list[ProductRow])
_DETAILS = TypeAdapter(ProductDetails)
_LIST = TypeAdapter(list[ProductDetails])
_CHANGES = TypeAdapter(list[ChangeRow])
_UNITS = TypeAdapter(ProductUnits)
_PICTURE = TypeAdapter(PictureRow)
_DONE = TypeAdapter(Done)


@dataclass(frozen=True)
class Product:
    """A product: its id (``p1``, ``p2``, …) and its name."""

    id: str
    name: str


@dataclass(frozen=True)
class ProductFacts(Product):
    """All there is to know of a product; ``version`` guards changes against those of others.

    ``tracking``: ``nenhum``, ``lote`` or ``serie``. ``merged_into``: the product that took its place, ``merged``
    those whose place it took.
    """

    unit: str
    decimals: int
    tracking: str
    category_id: str | None
    notes: str
    fields: Mapping[str, str]
    active: bool
    merged_into: str | None
    merged: tuple[str, ...]
    created_at: datetime
    version: int


@dataclass(frozen=True)
class Change:
    """Who changed what of a product, and when; ``before`` and ``after`` as the wire names things."""

    number: int
    changed_at: datetime
    username: str
    action: str
    before: Mapping[str, object]
    after: Mapping[str, object]


@dataclass(frozen=True)
class Units:
    """A product's stock unit, and by code what one of another unit is in it; ``version`` is the product's."""

    unit: str
    decimals: int
    version: int
    factors: Mapping[str, Decimal | int] = field(default_factory=dict)


def search(session: Session, text: str, limit: int, *, active_only: bool = False) -> list[Product]:
    """Return at most ``limit`` products whose name has all the words, or whose id it is; best first."""
    query: dict[str, str | int] = {"busca": text[:MAX_SEARCH], "limite": limit}
    if active_only:
        query["situacao"] = "ativos"
    rows = read(_ROWS, session.request("GET", "/produtos", query=query))
    return [Product(row.id, row.name) for row in rows]


def page(
    session: Session,
    *,
    text: str = "",
    active: bool | None = None,
    category_id: str | None = None,
    after: str | None = None,
    limit: int = MAX_FOUND,
) -> list[ProductFacts]:
    """Return the next products after one, with all there is to know of them.

    ``active``: only those in use, or only the others. ``category_id``: only those of a branch. With a text alone
    the best come first and ``after`` is of no use.
    """
    query: dict[str, str | int] = {"detalhes": "sim", "limite": limit}
    if text:
        query["busca"] = text[:MAX_SEARCH]
    if active is not None:
        query["situacao"] = "ativos" if active else "inativos"
    if category_id is not None:
        query["categoria"] = category_id
    if after is not None:
        query["depois_de"] = after
    return [_facts(row) for row in read(_LIST, session.request("GET", "/produtos", query=query))]


def create(session: Session, name: str, details: Mapping[str, object] | None = None) -> Product:
    """Create a product; Refused with code ``produto_existente`` when there is one of that name.

    ``details``: what else is known of it, as the wire names it (``unidade``, ``rastreio``, ``campos``, …).
    """
    row = read(_ROW, session.request("POST", "/produtos", body={"nome": name, **(details or {})}))
    return Product(row.id, row.name)


def get(session: Session, product_id: str) -> ProductFacts:
    """Return all there is to know of a product."""
    return _facts(read(_DETAILS, session.request("GET", _address(product_id))))


def change(session: Session, product_id: str, version: int, changes: Mapping[str, object]) -> ProductFacts:
    """Change a product, as the wire names things; Refused (``versao_desatualizada``) when somebody else did."""
    answer = session.request("PATCH", _address(product_id), body=changes, if_match=f'"{version}"')
    return _facts(read(_DETAILS, answer))


def changes(session: Session, product_id: str, after: int = 0) -> list[Change]:
    """Return the changes of a product after a number, oldest first."""
    rows = session.request("GET", _address(product_id, "/alteracoes"), query={"depois_de": after})
    return [
        Change(row.number, read_instant(row.changed_at), row.username, row.action, row.before, row.after)
        for row in read(_CHANGES, rows)
    ]


def deactivate(session: Session, product_id: str) -> ProductFacts:
    """Let a product be used no more; Refused with code ``produto_com_estoque`` while there is any of it."""
    return _done(session, product_id, "/desativar")


def reactivate(session: Session, product_id: str) -> ProductFacts:
    """Let a product be used again."""
    return _done(session, product_id, "/reativar")


def merge(session: Session, product_id: str, into_id: str) -> ProductFacts:
    """Let another product take the place of one of which there is no stock; return the one that stays."""
    answer = session.request("POST", _address(product_id, "/unir"), body={"produto_id": into_id})
    return _facts(read(_DETAILS, answer))


def units(session: Session, product_id: str) -> Units:
    """Return the units in which a product can be typed."""
    reply = session.reply("GET", _address(product_id, "/unidades"))
    return _units(reply.headers, reply.body)


def set_units(session: Session, product_id: str, version: int, factors: Mapping[str, Decimal | int]) -> Units:
    """Let these be all units, with what one of each is in the stock unit, that can be typed instead of it."""
    # As text, which is exact where a float need not be.
    rows = [{"unidade": unit, "fator": f"{Decimal(factor):f}"} for unit, factor in factors.items()]
    reply = session.reply(
        "PUT",
        _address(product_id, "/unidades"),
        body={"conversoes": rows},
        if_match=f'"{version}"',
    )
    return _units(reply.headers, reply.body)


def picture(session: Session, product_id: str) -> bytes | None:
    """Return the picture of a product, None where it has none."""
    try:
        return session.reply("GET", _address(product_id, "/foto")).body
    except Refused as refusal:
        if refusal.code == "produto_sem_foto":
            return None
        raise


def put_picture(session: Session, product_id: str, content: bytes) -> str:
    """Give a product a picture in PNG, JPEG or WebP; return its media type."""
    answer = session.request("PUT", _address(product_id, "/foto"), body=content, repeatable=True)
    return read(_PICTURE, answer).media_type


def remove_picture(session: Session, product_id: str) -> str:
    """Take the picture of a product away and return the API's sentence about it."""
    return read(_DONE, session.request("DELETE", _address(product_id, "/foto"))).message


def _address(product_id: str, rest: str = "") -> str:
    return f"/produtos/{quote(product_id, safe='')}{rest}"


def _done(session: Session, product_id: str, what: str) -> ProductFacts:
    # Done twice it is done once.
    return _facts(read(_DETAILS, session.request("POST", _address(product_id, what), repeatable=True)))


def _facts(row: ProductDetails) -> ProductFacts:
    return ProductFacts(
        row.id,
        row.name,
        row.unit,
        row.decimals,
        row.tracking,
        row.category_id,
        row.notes,
        row.fields,
        row.active,
        row.merged_into,
        tuple(row.merged),
        read_instant(row.created_at),
        row.version,
    )


def _units(headers: Mapping[str, str], body: bytes) -> Units:
    try:
        row = _UNITS.validate_json(body)
        version = int(headers.get("ETag", "").strip('"'))
    except ValueError:
        raise bad_answer() from None
    factors = {one.unit: read_quantity(one.factor) for one in row.conversions}
    return Units(row.unit, row.decimals, version, factors)
