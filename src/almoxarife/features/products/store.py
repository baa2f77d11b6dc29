"""The SQL of products."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, case, func, insert, select

from almoxarife.features.products.tables import product
from almoxarife.storage.reading import in_order


class Product(NamedTuple):
    """A product as lists show it; ``number`` is the n of its id ``pn``."""

    number: int
    name: str


class Row(NamedTuple):
    """What is written of a product, but for its checksum; ``created_at`` in microseconds since the epoch."""

    number: int
    name: str
    key: str
    search_text: str
    created_at: int


_SHOWN = select(product.c.id, product.c.name)
_PAGE = _SHOWN.where(product.c.id > bindparam("after")).order_by(product.c.id).limit(bindparam("how_many"))
_BY_KEY = _SHOWN.where(product.c.name_key == bindparam("key"))
_BY_NUMBER = _SHOWN.where(product.c.id == bindparam("number"))
_NEXT_NUMBER = select(func.coalesce(func.max(product.c.id), 0) + 1)
_ROWS = (
    select(
        product.c.id,
        product.c.name,
        product.c.name_key,
        product.c.search_text,
        product.c.created_at,
        product.c.checksum,
    )
    .where(product.c.id > bindparam("after"))
    .order_by(product.c.id)
    .limit(bindparam("how_many"))
)
_SOME = _SHOWN.where(product.c.id.in_(bindparam("numbers", expanding=True)))


def next_number(connection: Connection) -> int:
    """Return the number of the next product; the table must be locked."""
    number: int = connection.execute(_NEXT_NUMBER).scalar_one()
    return number


def add(connection: Connection, row: Row, checksum: bytes) -> None:
    """Add a product. Raises IntegrityError when the folded name is taken."""
    values = {
        "id": row.number,
        "name": row.name,
        "name_key": row.key,
        "search_text": row.search_text,
        "created_at": row.created_at,
        "checksum": checksum,
    }
    connection.execute(insert(product), values)


def find(connection: Connection, key: str) -> Product | None:
    """Return the product with a folded name."""
    row = connection.execute(_BY_KEY, {"key": key}).one_or_none()
    return Product(*row) if row else None


def get(connection: Connection, number: int) -> Product | None:
    """Return the product with a number."""
    row = connection.execute(_BY_NUMBER, {"number": number}).one_or_none()
    return Product(*row) if row else None


def names(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    """Return the names of those of some numbers (at most 500) that belong to a product."""
    return {row.id: row.name for row in connection.execute(_SOME, {"numbers": list(numbers)})}


def page(connection: Connection, after: int, how_many: int) -> list[Product]:
    """Return the next products after a number, in order of creation."""
    rows = connection.execute(_PAGE, {"after": after, "how_many": how_many})
    return [Product(*row) for row in rows]


def search(connection: Connection, words: Sequence[str], how_many: int) -> list[Product]:
    """Return products whose name has every word (or part of a word), best first.

    ``words`` are in the search form. Names that begin with the first word come first, then by name.
    """
    matches = [product.c.search_text.contains(word, autoescape=True) for word in words]
    begins = product.c.search_text.startswith(words[0], autoescape=True)
    statement = (
        _SHOWN.where(*matches)
        .order_by(case((begins, 0), else_=1), product.c.search_text, product.c.id)
        .limit(how_many)
    )
    return [Product(*row) for row in connection.execute(statement)]


def rows(connection: Connection) -> Iterator[tuple[Row, bytes]]:
    """Yield every product as it is written, with its checksum, in order of creation. Raises UnreadableRow."""
    for row in in_order(connection, _ROWS):
        yield Row._make(row[:-1]), row[-1]
