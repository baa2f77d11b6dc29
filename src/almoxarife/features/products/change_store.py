"""The SQL of what stands beside products: the log of their changes, and the units that they are typed in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from almoxarife.features.products.tables import product_change, product_unit
from almoxarife.storage.keys import reads


class Change(NamedTuple):
    """Who changed what of a product, and when; ``before`` and ``after`` are JSON objects."""

    number: int
    product: int
    account_id: int
    username: str
    changed_at: int
    action: str
    before: str
    after: str


class Conversion(NamedTuple):
    """``factor`` of the stock unit (in 1/10,000) are in one of ``unit``."""

    product: int
    unit: str
    factor: int


_NEXT_CHANGE = select(func.coalesce(func.max(product_change.c.id), 0) + 1)
_CHANGES = (
    select(
        product_change.c.id,
        product_change.c.product_id,
        product_change.c.account_id,
        product_change.c.username,
        product_change.c.changed_at,
        product_change.c.action,
        product_change.c.before,
        product_change.c.after,
    )
    .where(product_change.c.product_id == bindparam("product"), product_change.c.id > bindparam("after_id"))
    .order_by(product_change.c.id)
    .limit(bindparam("how_many"))
)
_UNIT_COLUMNS = (product_unit.c.product_id, product_unit.c.unit, product_unit.c.factor)
_CONVERSIONS = (
    select(*_UNIT_COLUMNS)
    .where(product_unit.c.product_id.in_(bindparam("numbers", expanding=True)))
    .order_by(product_unit.c.product_id, product_unit.c.unit)
)
_CONVERSION_ROWS = select(*_UNIT_COLUMNS, product_unit.c.checksum).order_by(*_UNIT_COLUMNS[:2])
_END = select(func.coalesce(func.max(product_change.c.id), 0))
_CHANGED_AFTER = (
    select(product_change.c.product_id).where(product_change.c.id > bindparam("after")).distinct()
)


def end(connection: Connection) -> int:
    """Return the number of the last change of any product."""
    number: int = connection.execute(_END).scalar_one()
    return number


def changed_after(connection: Connection, after: int) -> set[int]:
    """Return the products that were changed after a change."""
    return set(connection.execute(_CHANGED_AFTER, {"after": after}).scalars())


def log(connection: Connection, changes: Sequence[Change]) -> None:
    """Write down one or more changes, numbered anew; the table of products must be locked.

    So numbers come in order of commit.
    """
    first = connection.execute(_NEXT_CHANGE).scalar_one()
    connection.execute(
        insert(product_change),
        [
            {
                "id": number,
                "product_id": one.product,
                "account_id": one.account_id,
                "username": one.username,
                "changed_at": one.changed_at,
                "action": one.action,
                "before": one.before,
                "after": one.after,
            }
            for number, one in enumerate(changes, first)
        ],
    )


def changes(connection: Connection, product: int, after: int, how_many: int) -> list[Change]:
    """Return the changes of a product that come after a number, oldest first."""
    values = {"product": product, "after_id": after, "how_many": how_many}
    return [Change(*row) for row in connection.execute(_CHANGES, values)]


def conversions(connection: Connection, numbers: Sequence[int]) -> dict[int, list[Conversion]]:
    """Return the conversions of those of some products that have any, by unit."""
    found: dict[int, list[Conversion]] = {}
    for part in reads(numbers):
        for row in connection.execute(_CONVERSIONS, {"numbers": part}):
            found.setdefault(row[0], []).append(Conversion(*row))
    return found


def replace_conversions(connection: Connection, product: int, new: Mapping[Conversion, bytes]) -> None:
    """Let these, each with its checksum, be all conversions of a product."""
    connection.execute(delete(product_unit).where(product_unit.c.product_id == product))
    if new:
        connection.execute(
            insert(product_unit),
            [
                {"product_id": one.product, "unit": one.unit, "factor": one.factor, "checksum": checksum}
                for one, checksum in new.items()
            ],
        )


def conversion_rows(connection: Connection) -> Iterator[tuple[Conversion, bytes]]:
    """Yield every conversion as it is written, with its checksum."""
    for row in connection.execute(_CONVERSION_ROWS):
        yield Conversion(*row[:-1]), row[-1]
