"""Alerts, the rules that raise them about movements, and who outside is told of both."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_STANDING = sa.text("resolved_at IS NULL")


def upgrade() -> None:
    """Create the tables; of what was moved before nobody is warned, only of what there is."""
    _rules()
    _alerts()
    state = op.create_table(
        "alert_state",
        sa.Column("id", sa.SmallInteger, autoincrement=False, nullable=False),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_alert_state"),
    )
    head = op.get_bind().execute(sa.text("SELECT sequence FROM ledger_head")).scalar_one()
    op.bulk_insert(state, [{"id": 1, "sequence": head, "revision": 0}])


def _rules() -> None:
    op.create_table(
        "alert_rule",
        sa.Column("id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("uuid", sa.LargeBinary(16), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("movement_kind", sa.SmallInteger),
        sa.Column("product_id", sa.BigInteger),
        sa.Column("quantity", sa.BigInteger),
        sa.Column("factor", sa.BigInteger),
        sa.Column("begins", sa.SmallInteger),
        sa.Column("ends", sa.SmallInteger),
        sa.Column("weekdays", sa.SmallInteger),
        sa.Column("active", sa.SmallInteger, nullable=False),
        sa.Column("account_id", sa.BigInteger, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("checksum", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_alert_rule"),
        sa.UniqueConstraint("uuid", name="uq_alert_rule_uuid"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_alert_rule_product_id"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_alert_rule_account_id"),
    )


def _alerts() -> None:
    op.create_table(
        "alert",
        sa.Column("id", _NUMBER, autoincrement=False, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("cause", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("product_id", sa.BigInteger, nullable=False),
        sa.Column("location_id", sa.BigInteger),
        sa.Column("lot_id", sa.BigInteger),
        sa.Column("rule_id", sa.BigInteger),
        sa.Column("movement", sa.BigInteger),
        sa.Column("account_id", sa.BigInteger),
        sa.Column("quantity", sa.BigInteger, nullable=False),
        sa.Column("threshold", sa.BigInteger),
        sa.Column("occurrences", sa.BigInteger, nullable=False),
        sa.Column("raised_at", sa.BigInteger, nullable=False),
        sa.Column("acknowledged_at", sa.BigInteger),
        sa.Column("acknowledged_by", sa.BigInteger),
        sa.Column("note", sa.Text),
        sa.Column("resolved_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("id", name="pk_alert"),
        sa.UniqueConstraint("revision", name="uq_alert_revision"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_alert_product_id"),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name="fk_alert_location_id"),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name="fk_alert_lot_id"),
        sa.ForeignKeyConstraint(["rule_id"], ["alert_rule.id"], name="fk_alert_rule_id"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_alert_account_id"),
        sa.ForeignKeyConstraint(["acknowledged_by"], ["account.id"], name="fk_alert_acknowledged_by"),
    )
    op.create_index("ix_alert_product_id_id", "alert", ["product_id", "id"])
    op.create_index("ix_alert_kind_id", "alert", ["kind", "id"])
    op.create_index(
        "uq_alert_standing",
        "alert",
        ["cause"],
        unique=True,
        sqlite_where=_STANDING,
        postgresql_where=_STANDING,
    )
