"""Tables of alerts. Quantities: 1/10,000. Instants: microseconds since the epoch, UTC."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, LargeBinary, SmallInteger, Table, Text

from almoxarife.storage.metadata import RowNumber, index_of_some, metadata

# `cause` tells what it is about (rules.Cause.key); at most one of a cause is not resolved. `movement`: the last of
# `occurrences` that a rule was about.
alert = Table(
    "alert",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=False),
    Column("revision", BigInteger, nullable=False, unique=True),
    Column("cause", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("product_id", BigInteger, ForeignKey("product.id"), nullable=False),
    Column("location_id", BigInteger, ForeignKey("location.id")),
    Column("lot_id", BigInteger, ForeignKey("lot.id")),
    Column("rule_id", BigInteger, ForeignKey("alert_rule.id")),
    Column("movement", BigInteger),
    Column("account_id", BigInteger, ForeignKey("account.id")),
    Column("quantity", BigInteger, nullable=False),
    Column("threshold", BigInteger),
    Column("occurrences", BigInteger, nullable=False),
    Column("raised_at", BigInteger, nullable=False),
    Column("acknowledged_at", BigInteger),
    Column("acknowledged_by", BigInteger, ForeignKey("account.id")),
    Column("note", Text),
    Column("resolved_at", BigInteger),
    Index(None, "product_id", "id"),
    Index(None, "kind", "id"),
)
index_of_some(
    "uq_alert_standing",
    alert.c.cause,
    unique=True,
    where=alert.c.resolved_at.is_(None),
)

# Conditions under which a movement raises an alert. `checksum`: ledger.rules, of the row.
alert_rule = Table(
    "alert_rule",
    metadata,
    Column("id", RowNumber, primary_key=True, autoincrement=False),
    Column("uuid", LargeBinary(16), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("movement_kind", SmallInteger),
    Column("product_id", BigInteger, ForeignKey("product.id")),
    Column("quantity", BigInteger),
    Column("factor", BigInteger),
    Column("begins", SmallInteger),
    Column("ends", SmallInteger),
    Column("weekdays", SmallInteger),
    Column("active", SmallInteger, nullable=False),
    Column("account_id", BigInteger, ForeignKey("account.id"), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("checksum", LargeBinary(32), nullable=False),
)

# One row: up to which movement alerts were worked out, and the last revision of any alert. Whoever writes alerts holds
# this row's lock.
alert_state = Table(
    "alert_state",
    metadata,
    Column("id", SmallInteger, primary_key=True, autoincrement=False),
    Column("sequence", BigInteger, nullable=False),
    Column("revision", BigInteger, nullable=False),
)
