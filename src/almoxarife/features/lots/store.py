"""The SQL of lots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from almoxarife.features.lots.rules import AtPlace, Lot
from almoxarife.features.lots.tables import lot
from almoxarife.ledger.rules import LocationKind
from almoxarife.ledger.tables import location, lot_balance
from almoxarife.storage.keys import reads
from almoxarife.storage.prepared import Prepared
from almoxarife.storage.reading import in_order

_COLUMNS = (lot.c.id, lot.c.product_id, lot.c.number, lot.c.made_on, lot.c.expires_on, lot.c.created_at)
_SHOWN = select(*_COLUMNS)
_BY_NUMBER = _SHOWN.where(lot.c.product_id == bindparam("product"), lot.c.number == bindparam("text"))
_SOME = _SHOWN.where(lot.c.id.in_(bindparam("numbers", expanding=True)))
_NEXT_NUMBER = select(func.coalesce(func.max(lot.c.id), 0) + 1)
_INSIDE = location.c.kind == LocationKind.INTERNAL
_STOCK = (
    select(*_COLUMNS, lot_balance.c.location_id, lot_balance.c.quantity)
    .select_from(
        lot.join(lot_balance, lot_balance.c.lot_id == lot.c.id).join(
            location, location.c.id == lot_balance.c.location_id
        )
    )
    .where(_INSIDE, lot_balance.c.quantity != 0)
    .order_by(lot.c.id, lot_balance.c.location_id)
)
_OF_PRODUCT = lot.c.product_id == bindparam("product")
_UNTIL = lot.c.expires_on <= bindparam("day")
_EXPIRING = select(lot.c.id, lot.c.product_id, lot.c.expires_on).where(_UNTIL).order_by(lot.c.id)
_EXPIRING_OF = _EXPIRING.where(lot.c.product_id.in_(bindparam("products", expanding=True)))
_PAGE = Prepared(
    select(*_COLUMNS, lot.c.checksum)
    .where(lot.c.id > bindparam("after"))
    .order_by(lot.c.id)
    .limit(bindparam("how_many"))
)
_MOST = 10_000


def find(connection: Connection, product: int, text: str) -> Lot | None:
    """Return the lot of a product with a number on it."""
    row = connection.execute(_BY_NUMBER, {"product": product, "text": text}).one_or_none()
    return Lot(*row) if row else None


def some(connection: Connection, numbers: Sequence[int]) -> dict[int, Lot]:
    """Return those lots that have one of some ids, at most 500, by id."""
    return {row[0]: Lot(*row) for row in connection.execute(_SOME, {"numbers": list(numbers)})}


def next_number(connection: Connection) -> int:
    """Return the id of the next lot; nobody else may make one meanwhile."""
    number: int = connection.execute(_NEXT_NUMBER).scalar_one()
    return number


def add(connection: Connection, row: Lot, checksum: bytes) -> None:
    """Add a lot."""
    values = dict(zip([column.name for column in _COLUMNS], row, strict=True))
    connection.execute(insert(lot), {**values, "checksum": checksum})


def drop(connection: Connection, numbers: Sequence[int]) -> None:
    """Take back lots that no movement names."""
    connection.execute(delete(lot).where(lot.c.id.in_(numbers)))


def of_product(connection: Connection, product: int) -> list[Lot]:
    """Return the lots of a product, oldest first."""
    found = connection.execute(
        _SHOWN.where(_OF_PRODUCT).order_by(lot.c.id).limit(_MOST), {"product": product}
    )
    return [Lot(*row) for row in found]


def stock(connection: Connection, *, product: int | None = None, until: str | None = None) -> list[AtPlace]:
    """Return what of which lot is in which place, of one product, or of what expires up to a day."""
    statement = _STOCK.limit(_MOST)
    if product is not None:
        statement = statement.where(_OF_PRODUCT)
    if until is not None:
        statement = statement.where(_UNTIL)
    rows = connection.execute(statement, {"product": product, "day": until})
    return [AtPlace(Lot(*row[:6]), row[6], row[7]) for row in rows]


def expiring(
    connection: Connection, until: str, products: Sequence[int] | None
) -> list[tuple[int, int, str]]:
    """Return number, product and day of the lots that expire up to a day, of some products or of all (None)."""
    if products is None:
        return [(row[0], row[1], row[2]) for row in connection.execute(_EXPIRING, {"day": until})]
    return [
        (row[0], row[1], row[2])
        for part in reads(products)
        for row in connection.execute(_EXPIRING_OF, {"day": until, "products": part})
    ]


def rows(connection: Connection) -> Iterator[tuple[Lot, bytes]]:
    """Yield every lot with its checksum, in order of creation. Raises UnreadableRow."""
    for page in in_order(connection, _PAGE):
        for row in page:
            yield Lot._make(row[:-1]), row[-1]
