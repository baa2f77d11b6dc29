"""The outbox of webhooks: what is to be told is written down first, and stays until it has arrived.

Alerts are written down in the transaction that raises, acknowledges or resolves them. Movements are in the ledger
already, which loses nothing: up to which one they were taken from it is written in the same transaction as the
deliveries that tell of them. Owns the transactions.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from almoxarife.clock import MICROSECONDS, now_us, to_rfc3339
from almoxarife.contract.movements import encode_row
from almoxarife.features.alerts.service import Listed
from almoxarife.features.movements.service import Listing
from almoxarife.features.webhooks import rules, store
from almoxarife.features.webhooks.rules import Delivery, Outcome, Topic, Webhook
from almoxarife.features.webhooks.sending import EXCHANGE_LIMIT_S
from almoxarife.storage.database import Database

# A sender that died lets go of a webhook after this.
_CLAIM_US = int(2 * EXCHANGE_LIMIT_S) * MICROSECONDS


class Due(NamedTuple):
    """A delivery that is to be sent now."""

    webhook: Webhook
    delivery: Delivery
    body: bytes


class Outbox:
    """Each webhook is told in order: what does not arrive is tried again before what comes after it."""

    def __init__(self, database: Database, listing: Listing, text_of: Callable[[Listed], str]) -> None:
        """``text_of``: the JSON of an alert as every list shows it."""
        self._database = database
        self._listing = listing
        self._text_of = text_of

    def tell(self, connection: Connection, alerts: list[Listed]) -> None:
        """Write down what became of alerts, within the transaction that writes it."""
        now = now_us()
        for row in store.locked(connection):
            if row.wants(Topic.ALERTS):
                told = [_delivery(Topic.ALERTS, f'"alerta":{self._text_of(one)}', now) for one in alerts]
                store.add_deliveries(connection, row.number, told)

    def fill(self) -> None:
        """Write down the movements that have come since the last time. Raises Unavailable."""
        with self._database.snapshot() as connection:
            rows = [row for row in store.everything(connection) if row.active and row.wants(Topic.MOVEMENTS)]
        for row in rows:
            records = self._listing.following(row.sequence, rules.MOVEMENTS_AT_ONCE * rules.MOST_WAITING)
            if not records:
                continue
            with self._database.unit_of_work() as connection:
                (here,) = (one for one in store.locked(connection) if one.number == row.number)
                room = rules.MOST_WAITING - store.waiting(connection, row.number)
                taken = records[: max(room, 0) * rules.MOVEMENTS_AT_ONCE]
                if here.sequence != row.sequence or not taken:
                    # Another server was quicker, or the receiver is: the ledger keeps the rest.
                    continue
                texts = [
                    f'"movimentos":[{",".join(map(encode_row, taken[start : start + rules.MOVEMENTS_AT_ONCE]))}]'
                    for start in range(0, len(taken), rules.MOVEMENTS_AT_ONCE)
                ]
                now = now_us()
                store.add_deliveries(
                    connection, row.number, [_delivery(Topic.MOVEMENTS, text, now) for text in texts]
                )
                store.replace(connection, here._replace(sequence=taken[-1].sequence))

    def claim(self) -> list[Due]:
        """Take what is to be sent now, at most one delivery of each webhook; nobody else will. Raises Unavailable."""
        now = now_us()
        with self._database.snapshot() as connection:
            rows = [row for row in store.everything(connection) if _may_send(row, now)]
            if not any(store.first_waiting(connection, row.number) for row in rows):
                return []
        due = []
        with self._database.unit_of_work() as connection:
            for row in store.locked(connection):
                delivery = store.first_waiting(connection, row.number) if _may_send(row, now) else None
                if delivery is not None and delivery.body is not None:
                    claimed = row._replace(claimed_until=now + _CLAIM_US)
                    store.replace(connection, claimed)
                    due.append(Due(claimed, delivery, _body(claimed, delivery)))
        return due

    def record(self, due: Due, outcome: Outcome) -> None:
        """Write down what became of an attempt. Raises Unavailable."""
        now = now_us()
        with self._database.unit_of_work() as connection:
            row = next(one for one in store.locked(connection) if one.number == due.webhook.number)
            delivery = store.delivery(connection, row.number, due.delivery.number)
            if delivery is None or delivery.delivered_at is not None:
                return
            arrived = outcome.arrived
            delivery = delivery._replace(
                attempts=delivery.attempts + 1,
                tried_at=now,
                status=outcome.status,
                trouble=outcome.trouble,
                delivered_at=now if arrived else None,
                body=None if arrived else delivery.body,
            )
            store.replace_delivery(connection, delivery)
            failures = 0 if arrived else row.failures + 1
            row = row._replace(
                claimed_until=0,
                next_at=0 if arrived else now + rules.pause_after(failures),
                failures=failures,
                trouble=None if arrived else outcome.trouble or str(outcome.status),
            )
            store.replace(connection, row)
            if arrived:
                store.forget_before(connection, row.number, delivery.number - rules.MOST_DELIVERED)


def _may_send(row: Webhook, now: int) -> bool:
    return bool(row.active) and row.claimed_until <= now and row.next_at <= now


def _delivery(topic: Topic, text: str, now: int) -> Delivery:
    return Delivery(0, 0, topic.value, text, now)


def _body(webhook: Webhook, delivery: Delivery) -> bytes:
    """Return what is sent: which delivery it is, and what was written down."""
    about: Sequence[tuple[str, str]] = (
        ("entrega", rules.delivery_id(webhook, delivery.number)),
        ("evento", delivery.topic),
        ("criado_em", to_rfc3339(delivery.created_at)),
    )
    head = ",".join(f'"{key}":{json.dumps(value)}' for key, value in about)
    return f"{{{head},{delivery.body}}}".encode()
