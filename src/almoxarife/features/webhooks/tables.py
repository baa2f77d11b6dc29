"""Tables of webhooks. Instants: microseconds since the epoch, UTC."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, LargeBinary, SmallInteger, Table, Text

from almoxarife.storage.metadata import RowNumber, index_of_some, metadata

# The columns are those of rules.Webhook.
webhook = Table(
    "webhook",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=False),
    Column("uuid", LargeBinary(16), nullable=False, unique=True),
    Column("url", Text, nullable=False),
    Column("topics", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("active", SmallInteger, nullable=False),
    Column("account_id", BigInteger, ForeignKey("account.id"), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("claimed_until", BigInteger, nullable=False),
    Column("next_at", BigInteger, nullable=False),
    Column("failures", BigInteger, nullable=False),
    Column("trouble", Text),
)

# What is to be told, in order: the outbox. The columns are those of rules.Delivery.
webhook_delivery = Table(
    "webhook_delivery",
    metadata,
    Column("webhook_id", BigInteger, ForeignKey("webhook.id"), primary_key=True, autoincrement=False),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("topic", Text, nullable=False),
    Column("body", Text),
    Column("created_at", BigInteger, nullable=False),
    Column("attempts", BigInteger, nullable=False),
    Column("tried_at", BigInteger),
    Column("status", BigInteger),
    Column("trouble", Text),
    Column("delivered_at", BigInteger),
)
index_of_some(
    "ix_webhook_delivery_waiting",
    webhook_delivery.c.webhook_id,
    webhook_delivery.c.number,
    where=webhook_delivery.c.delivered_at.is_(None),
)
