"""The SQL of alerts. What is written takes the lock of ``alert_state``."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, func, insert, select, text, update

from almoxarife.features.alerts.rules import Alert, AlertKind, Cause, Filter, Situation
from almoxarife.features.alerts.tables import alert, alert_state
from almoxarife.storage.keys import reads

# A number of our own among PostgreSQL's advisory locks: "aler" in ASCII.
_LEAD = 0x616C6572
_STATE = select(alert_state.c.sequence, alert_state.c.revision)
_LOCKED_STATE = _STATE.with_for_update()
_NEXT_NUMBER = select(func.coalesce(func.max(alert.c.id), 0) + 1)
_ALL = select(alert)
_STANDING = alert.c.resolved_at.is_(None)
_OF_PRODUCTS = _ALL.where(_STANDING, alert.c.product_id.in_(bindparam("products", expanding=True)))
_OF_CAUSES = _ALL.where(_STANDING, alert.c.cause.in_(bindparam("causes", expanding=True)))
_CHANGED = (
    _ALL.where(alert.c.revision > bindparam("after")).order_by(alert.c.revision).limit(bindparam("how_many"))
)
_SITUATIONS: dict[Situation, tuple[ColumnElement[bool], ...]] = {
    Situation.OPEN: (_STANDING, alert.c.acknowledged_at.is_(None)),
    Situation.ACKNOWLEDGED: (_STANDING, alert.c.acknowledged_at.is_not(None)),
    Situation.RESOLVED: (alert.c.resolved_at.is_not(None),),
}


class State(NamedTuple):
    """Up to which movement alerts were worked out, and the last revision of any alert."""

    sequence: int
    revision: int


def may_lead(connection: Connection) -> bool:
    """Tell whether nobody else works alerts out; until the transaction ends nobody else will.

    SQLite's file has one server.
    """
    if connection.dialect.name == "sqlite":
        return True
    return bool(connection.execute(text(f"SELECT pg_try_advisory_xact_lock({_LEAD})")).scalar())


def state(connection: Connection) -> State:
    """Return how far alerts are."""
    return State._make(connection.execute(_STATE).one())


def lock(connection: Connection) -> State:
    """Return how far alerts are; nobody else writes any until the transaction ends."""
    return State._make(connection.execute(_LOCKED_STATE).one())


def keep(connection: Connection, state: State) -> None:
    """Write down how far alerts are."""
    connection.execute(update(alert_state).values(state._asdict()))


def next_number(connection: Connection) -> int:
    """Return the number of the next alert."""
    number: int = connection.execute(_NEXT_NUMBER).scalar_one()
    return number


def add(connection: Connection, rows: Sequence[Alert]) -> None:
    """Add alerts. Raises IntegrityError when one of the same cause is not resolved."""
    if rows:
        connection.execute(insert(alert), [_values(row) for row in rows])


def replace(connection: Connection, rows: Sequence[Alert]) -> None:
    """Write alerts anew."""
    for row in rows:
        connection.execute(update(alert).where(alert.c.id == row.number).values(_values(row)))


def get(connection: Connection, number: int) -> Alert | None:
    """Return the alert with a number."""
    row = connection.execute(_ALL.where(alert.c.id == number)).one_or_none()
    return _alert(row) if row else None


def standing(connection: Connection, products: Collection[int] | None = None) -> list[Alert]:
    """Return the alerts that are not resolved, of some products or of all."""
    if products is None:
        return [_alert(row) for row in connection.execute(_ALL.where(_STANDING))]
    return _some(connection, _OF_PRODUCTS, "products", sorted(products))


def of_causes(connection: Connection, causes: Collection[str]) -> dict[str, Alert]:
    """Return those alerts that are not resolved of some causes, by cause."""
    return {one.cause.key: one for one in _some(connection, _OF_CAUSES, "causes", sorted(causes))}


def changed(connection: Connection, after: int, how_many: int) -> list[Alert]:
    """Return the alerts as they are that have changed after a revision, in order of their last change."""
    return [_alert(row) for row in connection.execute(_CHANGED, {"after": after, "how_many": how_many})]


def page(connection: Connection, wanted: Filter, how_many: int) -> list[Alert]:
    """Return alerts, the newest first."""
    statement = _ALL.order_by(alert.c.id.desc()).limit(how_many)
    if wanted.situation is not None:
        statement = statement.where(*_SITUATIONS[wanted.situation])
    if wanted.kind is not None:
        statement = statement.where(alert.c.kind == wanted.kind.value)
    if wanted.product is not None:
        statement = statement.where(alert.c.product_id == wanted.product)
    if wanted.places is not None:
        statement = statement.where(alert.c.location_id.in_(wanted.places))
    if wanted.before is not None:
        statement = statement.where(alert.c.id < wanted.before)
    return [_alert(row) for row in connection.execute(statement)]


def count(connection: Connection, situation: Situation) -> int:
    """Return how many alerts there are in a situation."""
    statement = select(func.count()).select_from(alert).where(*_SITUATIONS[situation])
    return int(connection.execute(statement).scalar_one())


def _some(connection: Connection, statement: Any, name: str, keys: Sequence[object]) -> list[Alert]:
    return [_alert(row) for part in reads(keys) for row in connection.execute(statement, {name: part})]


def _alert(row: Any) -> Alert:
    cause = Cause(
        row.cause,
        AlertKind(row.kind),
        row.product_id,
        row.location_id,
        row.lot_id,
        row.rule_id,
        row.movement,
        row.account_id,
        row.quantity,
        row.threshold,
    )
    return Alert(
        row.id,
        row.revision,
        cause,
        row.occurrences,
        row.raised_at,
        row.acknowledged_at,
        row.acknowledged_by,
        row.note,
        row.resolved_at,
    )


def _values(row: Alert) -> dict[str, object]:
    cause = row.cause
    return {
        "id": row.number,
        "revision": row.revision,
        "cause": cause.key,
        "kind": cause.kind.value,
        "product_id": cause.product_id,
        "location_id": cause.place,
        "lot_id": cause.lot_id,
        "rule_id": cause.rule,
        "movement": cause.movement,
        "account_id": cause.account_id,
        "quantity": cause.quantity,
        "threshold": cause.threshold,
        "occurrences": row.occurrences,
        "raised_at": row.raised_at,
        "acknowledged_at": row.acknowledged_at,
        "acknowledged_by": row.acknowledged_by,
        "note": row.note,
        "resolved_at": row.resolved_at,
    }
