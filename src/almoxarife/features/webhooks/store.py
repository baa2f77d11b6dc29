"""The SQL of webhooks and of what they are told."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from almoxarife.features.webhooks.rules import Delivery, Webhook
from almoxarife.features.webhooks.tables import webhook, webhook_delivery

_ALL = select(webhook).order_by(webhook.c.id)
_LOCKED = _ALL.with_for_update()
_NEXT_NUMBER = select(func.coalesce(func.max(webhook.c.id), 0) + 1)
_OF = webhook_delivery.c.webhook_id == bindparam("webhook")
_WAITING = webhook_delivery.c.delivered_at.is_(None)
_DELIVERIES = select(webhook_delivery).where(_OF)
_FIRST_WAITING = _DELIVERIES.where(_WAITING).order_by(webhook_delivery.c.number).limit(1)
_COUNT = select(func.count()).select_from(webhook_delivery).where(_OF, _WAITING)
_LAST_NUMBER = select(func.coalesce(func.max(webhook_delivery.c.number), 0)).where(_OF)


def everything(connection: Connection) -> list[Webhook]:
    """Return every webhook, oldest first."""
    return list(map(_webhook, connection.execute(_ALL)))


def locked(connection: Connection) -> list[Webhook]:
    """Return every webhook; nobody else writes to them or their deliveries until the transaction ends."""
    return list(map(_webhook, connection.execute(_LOCKED)))


def next_number(connection: Connection) -> int:
    """Return the number of the next webhook; the table must be locked."""
    number: int = connection.execute(_NEXT_NUMBER).scalar_one()
    return number


def add(connection: Connection, row: Webhook) -> None:
    """Add a webhook."""
    connection.execute(insert(webhook), _values(row))


def replace(connection: Connection, row: Webhook) -> None:
    """Write a webhook anew."""
    connection.execute(update(webhook).where(webhook.c.id == row.number).values(_values(row)))


def waiting(connection: Connection, number: int) -> int:
    """Return how many deliveries of a webhook have not arrived."""
    count: int = connection.execute(_COUNT, {"webhook": number}).scalar_one()
    return count


def first_waiting(connection: Connection, number: int) -> Delivery | None:
    """Return the oldest delivery of a webhook that has not arrived."""
    row = connection.execute(_FIRST_WAITING, {"webhook": number}).one_or_none()
    return Delivery._make(row) if row else None


def delivery(connection: Connection, webhook_number: int, number: int) -> Delivery | None:
    """Return a delivery of a webhook."""
    statement = _DELIVERIES.where(webhook_delivery.c.number == number)
    row = connection.execute(statement, {"webhook": webhook_number}).one_or_none()
    return Delivery._make(row) if row else None


def add_deliveries(connection: Connection, number: int, rows: Sequence[Delivery]) -> None:
    """Add deliveries behind those of a webhook, which must be locked; their own numbers are not looked at."""
    last = connection.execute(_LAST_NUMBER, {"webhook": number}).scalar_one()
    values = [
        row._replace(webhook=number, number=last + place)._asdict() for place, row in enumerate(rows, 1)
    ]
    connection.execute(
        insert(webhook_delivery), [{**value, "webhook_id": value.pop("webhook")} for value in values]
    )


def replace_delivery(connection: Connection, row: Delivery) -> None:
    """Write a delivery anew."""
    values = row._asdict()
    connection.execute(
        update(webhook_delivery)
        .where(
            webhook_delivery.c.webhook_id == values.pop("webhook"), webhook_delivery.c.number == row.number
        )
        .values(values)
    )


def forget_before(connection: Connection, webhook_number: int, number: int) -> None:
    """Delete the deliveries of a webhook before a number, which have arrived."""
    connection.execute(
        delete(webhook_delivery).where(
            webhook_delivery.c.webhook_id == webhook_number,
            webhook_delivery.c.number < number,
            webhook_delivery.c.delivered_at.is_not(None),
        )
    )


def page(
    connection: Connection, webhook_number: int, before: int | None, how_many: int, *, arrived: bool | None
) -> list[Delivery]:
    """Return deliveries of a webhook, the newest first."""
    statement = _DELIVERIES.order_by(webhook_delivery.c.number.desc()).limit(how_many)
    if before is not None:
        statement = statement.where(webhook_delivery.c.number < before)
    if arrived is not None:
        statement = statement.where(~_WAITING if arrived else _WAITING)
    return [Delivery._make(row) for row in connection.execute(statement, {"webhook": webhook_number})]


def _webhook(row: Sequence[object]) -> Webhook:
    number, uuid, *rest = row
    return Webhook(number, bytes(uuid), *rest)  # type: ignore[call-overload,arg-type]


def _values(row: Webhook) -> dict[str, object]:
    return dict(zip(webhook.c.keys(), row, strict=True))
