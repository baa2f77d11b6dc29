"""The SQL of pictures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select

from almoxarife.features.pictures.tables import product_picture


class Picture(NamedTuple):
    """A picture; ``digest``: the SHA-256 of its content."""

    media_type: str
    digest: bytes
    content: bytes


_ONE = select(product_picture.c.media_type, product_picture.c.digest, product_picture.c.content).where(
    product_picture.c.product_id == bindparam("product")
)
_NUMBERS = select(product_picture.c.product_id).order_by(product_picture.c.product_id)
_DELETE = delete(product_picture).where(product_picture.c.product_id == bindparam("product"))


def get(connection: Connection, product: int) -> Picture | None:
    """Return a product's picture."""
    row = connection.execute(_ONE, {"product": product}).one_or_none()
    return Picture(*row) if row else None


def put(connection: Connection, product: int, picture: Picture) -> None:
    """Let this be a product's picture; its table must be locked against others who do the same."""
    remove(connection, product)
    connection.execute(insert(product_picture), {"product_id": product, **picture._asdict()})


def remove(connection: Connection, product: int) -> None:
    """Take a product's picture away."""
    connection.execute(_DELETE, {"product": product})


def rows(connection: Connection) -> Iterator[tuple[int, Picture]]:
    """Yield every picture with its product's number, one at a time."""
    for number in connection.execute(_NUMBERS).scalars().all():
        yield number, Picture(*connection.execute(_ONE, {"product": number}).one())
