"""The SQL of units of measure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, insert, select

from almoxarife.features.units.tables import unit


class Unit(NamedTuple):
    """A unit of measure; ``decimals``: how many a quantity in it may have."""

    code: str
    name: str
    decimals: int


_ALL = select(unit.c.code, unit.c.name, unit.c.decimals).order_by(unit.c.code)
_SOME = select(unit.c.code, unit.c.name, unit.c.decimals).where(
    unit.c.code.in_(bindparam("codes", expanding=True))
)
_ROWS = select(unit.c.code, unit.c.name, unit.c.decimals, unit.c.checksum).order_by(unit.c.code)


def listing(connection: Connection) -> list[Unit]:
    """Return every unit, by code."""
    return [Unit(*row) for row in connection.execute(_ALL)]


def some(connection: Connection, codes: Sequence[str]) -> dict[str, Unit]:
    """Return those of some units that there are, by code."""
    return {row.code: Unit(*row) for row in connection.execute(_SOME, {"codes": list(codes)})}


def add(connection: Connection, new: Unit, checksum: bytes) -> None:
    """Add a unit. Raises IntegrityError when its code is taken."""
    connection.execute(insert(unit), {**new._asdict(), "checksum": checksum})


def rows(connection: Connection) -> Iterator[tuple[Unit, bytes]]:
    """Yield every unit as it is written, with its checksum."""
    for row in connection.execute(_ROWS):
        yield Unit(*row[:-1]), row[-1]
