"""The SQL of how products are bought, and of what there is of them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import BigInteger, Connection, bindparam, cast, delete, func, insert, select, update

from almoxarife.features.replenishment.rules.supply import Supply
from almoxarife.features.replenishment.tables import supply
from almoxarife.ledger.rules import OUTSIDE
from almoxarife.ledger.tables import balance
from almoxarife.storage.prepared import Prepared
from almoxarife.storage.reading import in_order

_COLUMNS = [column for column in supply.c if column.name != "checksum"]
_ALL = select(*_COLUMNS).order_by(supply.c.product_id)
_ROWS = Prepared(
    select(*_COLUMNS, supply.c.checksum)
    .where(supply.c.product_id > bindparam("after"))
    .order_by(supply.c.product_id)
    .limit(bindparam("how_many"))
)
_STOCK = (
    select(balance.c.product_id, cast(func.sum(balance.c.quantity), BigInteger))
    .where(balance.c.location_id.not_in(sorted(OUTSIDE)))
    .group_by(balance.c.product_id)
)


def find(connection: Connection, product: int) -> Supply | None:
    """Return how a product is bought."""
    row = connection.execute(_ALL.where(supply.c.product_id == product)).one_or_none()
    return Supply._make(row) if row else None


def add(connection: Connection, row: Supply, checksum: bytes) -> None:
    """Say how a product is bought that nobody has said it of."""
    connection.execute(insert(supply), {**row._asdict(), "checksum": checksum})


def replace(connection: Connection, row: Supply, checksum: bytes) -> None:
    """Say anew how a product is bought."""
    connection.execute(
        update(supply).where(supply.c.product_id == row.product_id).values(**row._asdict(), checksum=checksum)
    )


def remove(connection: Connection, product: int) -> None:
    """Say no more how a product is bought."""
    connection.execute(delete(supply).where(supply.c.product_id == product))


def everything(connection: Connection) -> dict[int, Supply]:
    """Return how every product is bought of which that is said."""
    return {row[0]: Supply._make(row) for row in connection.execute(_ALL)}


def page(
    connection: Connection, *, product: int | None, partner: int | None, after: int, how_many: int
) -> list[Supply]:
    """Return the next rows behind a product, of one product or of one supplier where these are said."""
    statement = _ALL.where(supply.c.product_id > after).limit(how_many)
    if product is not None:
        statement = statement.where(supply.c.product_id == product)
    if partner is not None:
        statement = statement.where(supply.c.partner_id == partner)
    return [Supply._make(row) for row in connection.execute(statement)]


def stock(connection: Connection) -> dict[int, int]:
    """Return how much there is in the shop of each product that ever moved, in 1/10,000."""
    return {row[0]: row[1] for row in connection.execute(_STOCK)}


def rows(connection: Connection) -> Iterator[tuple[Supply, bytes]]:
    """Yield every row as it is written, with its checksum. Raises UnreadableRow."""
    for found in in_order(connection, _ROWS):
        for row in found:
            yield Supply._make(row[:-1]), row[-1]
