"""The SQL of the rules that raise alerts about movements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, bindparam, func, insert, select, update

from almoxarife.features.alerts.condition_rules import Condition
from almoxarife.features.alerts.tables import alert_rule
from almoxarife.storage.keys import reads
from almoxarife.storage.prepared import Prepared
from almoxarife.storage.reading import in_order

_COLUMNS = [column for column in alert_rule.c if column.name != "checksum"]
_ALL = select(*_COLUMNS).order_by(alert_rule.c.id)
_ACTIVE = _ALL.where(alert_rule.c.active == 1)
_SOME = _ALL.where(alert_rule.c.id.in_(bindparam("numbers", expanding=True)))
_NEXT_NUMBER = select(func.coalesce(func.max(alert_rule.c.id), 0) + 1)
_ROWS = Prepared(
    select(*_COLUMNS, alert_rule.c.checksum)
    .where(alert_rule.c.id > bindparam("after"))
    .order_by(alert_rule.c.id)
    .limit(bindparam("how_many"))
)


def next_number(connection: Connection) -> int:
    """Return the number of the next rule; the table must be locked."""
    number: int = connection.execute(_NEXT_NUMBER).scalar_one()
    return number


def add(connection: Connection, row: Condition, checksum: bytes) -> None:
    """Add a rule."""
    connection.execute(insert(alert_rule), _values(row, checksum))


def replace(connection: Connection, row: Condition, checksum: bytes) -> None:
    """Write a rule anew."""
    connection.execute(update(alert_rule).where(alert_rule.c.id == row.number).values(_values(row, checksum)))


def with_id(connection: Connection, uuid: bytes) -> Condition | None:
    """Return the rule with an id."""
    row = connection.execute(_ALL.where(alert_rule.c.uuid == uuid)).one_or_none()
    return _condition(row) if row else None


def everything(connection: Connection) -> list[Condition]:
    """Return every rule, oldest first."""
    return list(map(_condition, connection.execute(_ALL)))


def active(connection: Connection) -> list[Condition]:
    """Return the rules that are looked at, oldest first."""
    return list(map(_condition, connection.execute(_ACTIVE)))


def some(connection: Connection, numbers: Sequence[int]) -> dict[int, Condition]:
    """Return some rules by number."""
    return {
        row[0]: _condition(row)
        for part in reads(numbers)
        for row in connection.execute(_SOME, {"numbers": part})
    }


def rows(connection: Connection) -> Iterator[tuple[Condition, bytes]]:
    """Yield every rule as it is written, with its checksum. Raises UnreadableRow."""
    for page in in_order(connection, _ROWS):
        for row in page:
            yield _condition(row[:-1]), row[-1]


def _condition(row: Sequence[object]) -> Condition:
    number, uuid, *rest = row
    return Condition(number, bytes(uuid), *rest)  # type: ignore[call-overload,arg-type]


def _values(row: Condition, checksum: bytes) -> dict[str, object]:
    names = [column.name for column in _COLUMNS]
    return {**dict(zip(names, row, strict=True)), "checksum": checksum}
