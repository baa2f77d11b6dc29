"""The SQL of levels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from almoxarife.features.levels.rules import Level
from almoxarife.features.levels.tables import stock_level
from almoxarife.storage.keys import reads
from almoxarife.storage.prepared import Prepared
from almoxarife.storage.reading import in_order

_COLUMNS = [column for column in stock_level.c if column.name != "checksum"]
_ALL = select(*_COLUMNS)
_NEXT_NUMBER = select(func.coalesce(func.max(stock_level.c.id), 0) + 1)
_OF_PRODUCTS = _ALL.where(stock_level.c.product_id.in_(bindparam("products", expanding=True))).order_by(
    stock_level.c.product_id, stock_level.c.id
)
_EVERYTHING = _ALL.order_by(stock_level.c.product_id, stock_level.c.id).execution_options(yield_per=1_000)
_ROWS = Prepared(
    select(*_COLUMNS, stock_level.c.checksum)
    .where(stock_level.c.id > bindparam("after"))
    .order_by(stock_level.c.id)
    .limit(bindparam("how_many"))
)


def next_number(connection: Connection) -> int:
    """Return the number of the next level; the table must be locked."""
    number: int = connection.execute(_NEXT_NUMBER).scalar_one()
    return number


def add(connection: Connection, row: Level, checksum: bytes) -> None:
    """Add a level."""
    connection.execute(insert(stock_level), _values(row, checksum))


def replace(connection: Connection, row: Level, checksum: bytes) -> None:
    """Write a level anew."""
    connection.execute(
        update(stock_level).where(stock_level.c.id == row.number).values(_values(row, checksum))
    )


def remove(connection: Connection, number: int) -> None:
    """Remove a level."""
    connection.execute(delete(stock_level).where(stock_level.c.id == number))


def find(connection: Connection, product: int, place: int | None) -> Level | None:
    """Return the level of a product at a place, or in the whole shop (None)."""
    row = connection.execute(
        _ALL.where(stock_level.c.product_id == product, stock_level.c.location_id.is_not_distinct_from(place))
    ).one_or_none()
    return Level._make(row) if row else None


def of_products(connection: Connection, products: Sequence[int]) -> list[Level]:
    """Return the levels of some products, those of a product together."""
    return [
        Level._make(row)
        for part in reads(products)
        for row in connection.execute(_OF_PRODUCTS, {"products": part})
    ]


def everything(connection: Connection) -> Iterator[Level]:
    """Yield all levels, those of a product together, in order of the products."""
    for row in connection.execute(_EVERYTHING):
        yield Level._make(row)


def page(
    connection: Connection, *, product: int | None, place: int | None, after: int, how_many: int
) -> list[Level]:
    """Return levels after a number, of a product or at a place, where these are said."""
    statement = _ALL.where(stock_level.c.id > after).order_by(stock_level.c.id).limit(how_many)
    if product is not None:
        statement = statement.where(stock_level.c.product_id == product)
    if place is not None:
        statement = statement.where(stock_level.c.location_id == place)
    return [Level._make(row) for row in connection.execute(statement)]


def rows(connection: Connection) -> Iterator[tuple[Level, bytes]]:
    """Yield every level as it is written, with its checksum. Raises UnreadableRow."""
    for found in in_order(connection, _ROWS):
        for row in found:
            yield Level._make(row[:-1]), row[-1]


def _values(row: Level, checksum: bytes) -> dict[str, object]:
    names = [column.name for column in _COLUMNS]
    return {**dict(zip(names, row, strict=True)), "checksum": checksum}
