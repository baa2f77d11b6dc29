"""The SQL of products."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import BindParameter, Connection, bindparam, column, func, insert, select, table, text

from almoxarife.features.products.tables import product
from almoxarife.storage.database import Database
from almoxarife.storage.prepared import Prepared
from almoxarife.storage.reading import in_order


class Product(NamedTuple):
    """A product as lists show it; ``number`` is the n of its id ``pn``."""

    number: int
    name: str


class Found(NamedTuple):
    """A product that a search has found, with the text in which it was found."""

    number: int
    name: str
    search_text: str


class Row(NamedTuple):
    """What is written of a product, but for its checksum; ``created_at`` in microseconds since the epoch."""

    number: int
    name: str
    key: str
    search_text: str
    created_at: int


_SHOWN = select(product.c.id, product.c.name)
_PAGE = Prepared(
    _SHOWN.where(product.c.id > bindparam("after")).order_by(product.c.id).limit(bindparam("how_many"))
)
_BY_KEY = _SHOWN.where(product.c.name_key == bindparam("key"))
_BY_NUMBER = Prepared(_SHOWN.where(product.c.id == bindparam("number")))
_NEXT_NUMBER = select(func.coalesce(func.max(product.c.id), 0) + 1)
_ROWS = Prepared(
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
_FOUND = select(product.c.id, product.c.name, product.c.search_text)
_BEGINNING = Prepared(
    _FOUND.where(product.c.search_text >= bindparam("first"), product.c.search_text < bindparam("last"))
    .order_by(product.c.search_text, product.c.id)
    .limit(bindparam("how_many"))
)
# No name has it: the last character of all is not assigned.
_BEHIND_EVERYTHING = "\U0010ffff"
_INDEX = table("product_search", column("rowid"), column("search_text"))
_SHORTEST_INDEXED = 3
_LIKE = re.compile("[/%_]")
_SOME = _SHOWN.where(product.c.id.in_(bindparam("numbers", expanding=True)))
_BY_KEYS = select(product.c.name_key, product.c.id).where(
    product.c.name_key.in_(bindparam("keys", expanding=True))
)
# SQLite's default bound is 32,766 variables a statement; a read is split well below it.
_KEYS_PER_READ = 500


def next_number(connection: Connection) -> int:
    """Return the number of the next product; the table must be locked."""
    number: int = connection.execute(_NEXT_NUMBER).scalar_one()
    return number


def add(connection: Connection, row: Row, checksum: bytes) -> None:
    """Add a product. Raises IntegrityError when the folded name is taken."""
    add_all(connection, [(row, checksum)])


def add_all(connection: Connection, rows: Sequence[tuple[Row, bytes]]) -> None:
    """Add products, each with its checksum. Raises IntegrityError when a folded name is taken."""
    values = [
        {
            "id": row.number,
            "name": row.name,
            "name_key": row.key,
            "search_text": row.search_text,
            "created_at": row.created_at,
            "checksum": checksum,
        }
        for row, checksum in rows
    ]
    connection.execute(insert(product), values)
    if connection.dialect.name == "sqlite":
        texts = [{"rowid": row.number, "search_text": row.search_text} for row, _checksum in rows]
        connection.execute(insert(_INDEX), texts)


def find(connection: Connection, key: str) -> Product | None:
    """Return the product with a folded name."""
    row = connection.execute(_BY_KEY, {"key": key}).one_or_none()
    return Product(*row) if row else None


def get(database: Database, number: int) -> Product | None:
    """Return the product with a number."""
    rows = database.rows(_BY_NUMBER, {"number": number})
    return Product(*rows[0]) if rows else None


def names(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    """Return the names of those of some numbers that belong to a product."""
    return {
        row.id: row.name
        for start in range(0, len(numbers), _KEYS_PER_READ)
        for row in connection.execute(_SOME, {"numbers": numbers[start : start + _KEYS_PER_READ]})
    }


def numbers(connection: Connection, keys: Sequence[str]) -> dict[str, int]:
    """Return the numbers of the products that have one of some folded names, by it."""
    return {
        row.name_key: row.id
        for start in range(0, len(keys), _KEYS_PER_READ)
        for row in connection.execute(_BY_KEYS, {"keys": keys[start : start + _KEYS_PER_READ]})
    }


def page(database: Database, after: int, how_many: int) -> list[Product]:
    """Return the next products after a number, in order of creation."""
    return list(map(Product._make, database.rows(_PAGE, {"after": after, "how_many": how_many})))


def beginning_with(database: Database, text: str, how_many: int) -> list[Found]:
    """Return products whose search form begins with a text, in its order."""
    values = {"first": text, "last": text + _BEHIND_EVERYTHING, "how_many": how_many}
    return list(map(Found._make, database.rows(_BEGINNING, values)))


def containing(database: Database, words: Sequence[str], how_many: int) -> list[Found]:
    """Return products whose search form has every word (or part of a word), in no order that matters."""
    indexed = [word for word in words if len(word) >= _SHORTEST_INDEXED] if database.is_sqlite else []
    others = [word for word in words if word not in indexed]
    values: dict[str, object] = {"how_many": how_many}
    if indexed:
        values["phrases"] = " AND ".join('"' + word.replace('"', '""') + '"' for word in indexed)
    for number, word in enumerate(others):
        values[f"part{number}"] = word if database.is_sqlite else f"%{_LIKE.sub(_escaped, word)}%"
    question = _containing(is_sqlite=database.is_sqlite, indexed=bool(indexed), others=len(others))
    return list(map(Found._make, database.rows(question, values)))


@lru_cache
def _containing(*, is_sqlite: bool, indexed: bool, others: int) -> Prepared:
    parts: list[BindParameter[str]] = [bindparam(f"part{number}") for number in range(others)]
    statement = _FOUND.limit(bindparam("how_many"))
    if is_sqlite:
        # Faster than LIKE, and without its signs.
        statement = statement.where(*(func.instr(product.c.search_text, part) > 0 for part in parts))
    else:
        statement = statement.where(*(product.c.search_text.like(part, escape="/") for part in parts))
    if indexed:
        # An index of three letters each; its rows come in order of creation, and it stops at the limit.
        match = text("product_search MATCH :phrases")
        statement = statement.select_from(_INDEX.join(product, _INDEX.c.rowid == product.c.id)).where(match)
    return Prepared(statement)


def _escaped(sign: re.Match[str]) -> str:
    return f"/{sign[0]}"


def rows(connection: Connection) -> Iterator[tuple[Row, bytes]]:
    """Yield every product as it is written, with its checksum, in order of creation. Raises UnreadableRow."""
    for page in in_order(connection, _ROWS):
        for row in page:
            yield Row._make(row[:-1]), row[-1]
