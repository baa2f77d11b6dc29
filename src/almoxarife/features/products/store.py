"""The SQL of products."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, column, func, insert, select, table, text, update

from almoxarife.features.products.rules import NO_TRACKING
from almoxarife.features.products.tables import product
from almoxarife.ledger.rules import LocationKind
from almoxarife.ledger.store import hold
from almoxarife.ledger.tables import balance, location
from almoxarife.storage.database import Database
from almoxarife.storage.keys import ByKeys, reads
from almoxarife.storage.prepared import Prepared, driver_cursor
from almoxarife.storage.reading import in_order
from almoxarife.storage.trips import Ready


class Product(NamedTuple):
    """A product as lists show it; ``number`` is the n of its id ``pn``."""

    number: int
    name: str


class Row(NamedTuple):
    """What is written of a product, but for its checksum; ``created_at`` in microseconds since the epoch.

    ``fields``: a JSON object of texts. ``active``: 0 or 1.
    """

    number: int
    name: str
    key: str
    search_text: str
    created_at: int
    unit: str = "UN"
    decimals: int = 0
    tracking: str = NO_TRACKING
    category_id: int | None = None
    notes: str = ""
    fields: str = "{}"
    active: int = 1
    merged_into: int | None = None
    version: int = 1


# Name of a column → name in a Row, where they differ.
_NAMES = {"id": "number", "name_key": "key"}
_COLUMNS = [
    product.c.id,
    product.c.name,
    product.c.name_key,
    product.c.search_text,
    product.c.created_at,
    product.c.unit,
    product.c.decimals,
    product.c.tracking,
    product.c.category_id,
    product.c.notes,
    product.c.fields,
    product.c.active,
    product.c.merged_into,
    product.c.version,
]
_SHOWN = select(product.c.id, product.c.name)
_PAGE = Prepared(
    _SHOWN.where(product.c.id > bindparam("after")).order_by(product.c.id).limit(bindparam("how_many"))
)
_BY_KEY = _SHOWN.where(product.c.name_key == bindparam("key"))
_NEXT_NUMBER = select(func.coalesce(func.max(product.c.id), 0) + 1)
_ROWS = Prepared(
    select(*_COLUMNS, product.c.checksum)
    .where(product.c.id > bindparam("after"))
    .order_by(product.c.id)
    .limit(bindparam("how_many"))
)
_SOME_ROWS = select(*_COLUMNS).where(product.c.id.in_(bindparam("numbers", expanding=True)))
_PLAIN = select(product.c.id).where(
    product.c.id.in_(bindparam("numbers", expanding=True)),
    product.c.active == 1,
    product.c.merged_into.is_(None),
    product.c.tracking == NO_TRACKING,
)
_MERGED_INTO = (
    select(*_COLUMNS).where(product.c.merged_into.in_(bindparam("numbers", expanding=True))).order_by("id")
)
_REPLACE = update(product).where(product.c.id == bindparam("number"))
_BY_KEYS = select(product.c.name_key, product.c.id).where(
    product.c.name_key.in_(bindparam("keys", expanding=True))
)
# A number that changes with every change of any product.
STATE = Ready("almoxarife_product_state", (), "SELECT coalesce(max(id), 0) FROM product_change")
_STOCK = (
    select(func.sum(func.abs(balance.c.quantity)))
    .join_from(balance, location, balance.c.location_id == location.c.id)
    .where(balance.c.product_id == bindparam("number"), location.c.kind == LocationKind.INTERNAL)
)
_INDEX = table("product_search", column("rowid"), column("search_text"))
# An index that keeps no texts of its own must be told what it is to forget (https://sqlite.org/fts5.html, §6.8).
_FORGET = text(
    "INSERT INTO product_search (product_search, rowid, search_text) VALUES ('delete', :number, :old_text)"
)
_INDEX_ANEW = text("INSERT INTO product_search (product_search) VALUES ('rebuild')")
# A batch of entries of as many products that nobody asked for lately asks these.
_FACTS = ByKeys("SELECT id, name, unit, decimals, tracking, active, merged_into FROM product WHERE id")
_FACTORS = ByKeys("SELECT product_id, unit, factor FROM product_unit WHERE product_id")


def next_number(connection: Connection) -> int:
    """Return the number of the next product; the table must be locked."""
    number: int = connection.execute(_NEXT_NUMBER).scalar_one()
    return number


def add(connection: Connection, row: Row, checksum: bytes) -> None:
    """Add a product. Raises IntegrityError when the folded name is taken."""
    add_all(connection, [(row, checksum)])


def add_all(connection: Connection, rows: Sequence[tuple[Row, bytes]]) -> None:
    """Add products, each with its checksum. Raises IntegrityError when a folded name is taken."""
    connection.execute(insert(product), [_values(row, checksum) for row, checksum in rows])
    if connection.dialect.name == "sqlite":
        texts = [{"rowid": row.number, "search_text": row.search_text} for row, _checksum in rows]
        connection.execute(insert(_INDEX), texts)


def replace(connection: Connection, old: Row, new: Row, checksum: bytes) -> None:
    """Write a product anew. Raises IntegrityError when the folded name is taken."""
    values = _values(new, checksum)
    del values["id"]
    connection.execute(_REPLACE.values(values), {"number": new.number})
    if connection.dialect.name == "sqlite" and new.search_text != old.search_text:
        connection.execute(_FORGET, {"number": old.number, "old_text": old.search_text})
        connection.execute(insert(_INDEX), [{"rowid": new.number, "search_text": new.search_text}])


def index_anew(connection: Connection) -> None:
    """Make SQLite's index of letters anew from the products; PostgreSQL keeps its own."""
    if connection.dialect.name == "sqlite":
        connection.execute(_INDEX_ANEW)


def _values(row: Row, checksum: bytes) -> dict[str, object]:
    values = row._asdict()
    return {
        **{one.name: values[_NAMES.get(one.name, one.name)] for one in _COLUMNS},
        "checksum": checksum,
    }


def find(connection: Connection, key: str) -> Product | None:
    """Return the product with a folded name."""
    row = connection.execute(_BY_KEY, {"key": key}).one_or_none()
    return Product(*row) if row else None


def some(connection: Connection, numbers: Sequence[int]) -> dict[int, Row]:
    """Return those of some products that there are, by number."""
    return {
        row[0]: Row(*row)
        for part in reads(numbers)
        for row in connection.execute(_SOME_ROWS, {"numbers": part})
    }


def facts(connection: Connection, numbers: Sequence[int]) -> list[tuple[Any, ...]]:
    """Return number, name, unit, decimals, tracking, active, merged into of those of some products that there are."""
    return _FACTS.rows(connection, numbers)


def factors(connection: Connection, numbers: Sequence[int]) -> list[tuple[int, str, int]]:
    """Return number, unit and factor of each conversion that some products have."""
    return [(number, unit, factor) for number, unit, factor in _FACTORS.rows(connection, numbers)]


def plain(connection: Connection, numbers: Sequence[int]) -> set[int]:
    """Return those of some products that are in use themselves and of which neither lots nor pieces are told apart."""
    return {number for part in reads(numbers) for (number,) in connection.execute(_PLAIN, {"numbers": part})}


def merged_into(connection: Connection, numbers: Sequence[int]) -> list[Row]:
    """Return the products whose place was taken by one of some products, in order of creation."""
    return [
        Row(*row) for part in reads(numbers) for row in connection.execute(_MERGED_INTO, {"numbers": part})
    ]


def numbers(connection: Connection, keys: Sequence[str]) -> dict[str, int]:
    """Return the numbers of the products that have one of some folded names, by it."""
    return {
        row.name_key: row.id for part in reads(keys) for row in connection.execute(_BY_KEYS, {"keys": part})
    }


def page(database: Database, after: int, how_many: int) -> list[Product]:
    """Return the next products after a number, in order of creation."""
    return list(map(Product._make, database.rows(_PAGE, {"after": after, "how_many": how_many})))


def state(connection: Connection) -> int:
    """Return a number that changes with every change of any product, as this transaction sees it."""
    with driver_cursor(connection) as cursor:
        number: int = cursor.execute(STATE.text).fetchone()[0]
    return number


def stock(connection: Connection, number: int) -> int:
    """Return how much of a product there is in the shop's own places, in 1/10,000; nothing comes in meanwhile.

    What one place lacks and another has does not cancel out. Holds the ledger to the end of the transaction.
    """
    hold(connection)
    return int(connection.execute(_STOCK, {"number": number}).scalar_one() or 0)


def rows(connection: Connection) -> Iterator[tuple[Row, bytes]]:
    """Yield every product as it is written, with its checksum, in order of creation. Raises UnreadableRow."""
    for page in in_order(connection, _ROWS):
        for row in page:
            yield Row._make(row[:-1]), row[-1]
