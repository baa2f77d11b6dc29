"""What can be done with pictures of products. Owns the transactions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from sqlalchemy import Connection

from almoxarife.features.pictures import rules, store
from almoxarife.features.pictures.store import Picture
from almoxarife.features.products.service import Products
from almoxarife.identity import Identity
from almoxarife.storage.database import Database

_LOGGED_AS = "foto"


class Pictures:
    """A picture for each product that wants one; each change is in the product's log."""

    def __init__(self, database: Database, products: Products) -> None:
        self._database = database
        self._products = products

    def get(self, product_id: str) -> Picture:
        """Return a product's picture. Raises ProductNotFound, NoPicture."""
        with self._database.snapshot() as connection:
            picture = store.get(connection, self._products.require(connection, product_id))
        if picture is None:
            raise rules.NoPicture(product_id=product_id)
        return picture

    def put(self, who: Identity, product_id: str, content: bytes) -> Picture:
        """Let this be a product's picture. Raises NotAPicture, ProductNotFound."""
        new = Picture(rules.media_type_of(content), hashlib.sha256(content).digest(), content)
        with self._database.unit_of_work() as connection:
            number = self._products.require(connection, product_id)
            old = store.get(connection, number)
            if old is None or old.digest != new.digest:
                # Writing it down locks the table of products: two cannot put a picture at once.
                self._products.note(connection, who, product_id, _LOGGED_AS, _shown(old), _shown(new))
                store.put(connection, number, new)
        return new

    def remove(self, who: Identity, product_id: str) -> None:
        """Take a product's picture away. Raises ProductNotFound, NoPicture."""
        with self._database.unit_of_work() as connection:
            number = self._products.require(connection, product_id)
            old = store.get(connection, number)
            if old is None:
                raise rules.NoPicture(product_id=product_id)
            self._products.note(connection, who, product_id, _LOGGED_AS, _shown(old), None)
            store.remove(connection, number)


def changed_rows(connection: Connection) -> Iterator[str]:
    """Yield the ids of products whose picture is not as it was kept, within the caller's transaction."""
    for number, picture in store.rows(connection):
        try:
            kind = rules.media_type_of(picture.content)
        except rules.NotAPicture:
            kind = None
        if hashlib.sha256(picture.content).digest() != picture.digest or kind != picture.media_type:
            yield f"p{number}"


def _shown(picture: Picture | None) -> str | None:
    return picture.digest.hex() if picture else None
