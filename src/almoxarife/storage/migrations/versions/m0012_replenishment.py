"""How products are bought, purchase orders, and which entries brought what was ordered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0010"

_ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create the tables of replenishment, empty."""
    _supply()
    _orders()


def _supply() -> None:
    op.create_table(
        "supply",
        sa.Column("product_id", _ROW_NUMBER, autoincrement=False, nullable=False),
        sa.Column("partner_id", sa.BigInteger),
        sa.Column("lead_days", sa.SmallInteger, nullable=False),
        sa.Column("pack", sa.BigInteger),
        sa.Column("checksum", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("product_id", name="pk_supply"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_supply_product_id"),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name="fk_supply_partner_id"),
        sa.CheckConstraint("lead_days >= 0 AND (pack IS NULL OR pack > 0)", name="ck_supply_bounds"),
    )
    op.create_index("ix_supply_partner_id", "supply", ["partner_id"])


def _orders() -> None:
    op.create_table(
        "purchase_order",
        sa.Column("id", _ROW_NUMBER, autoincrement=False, nullable=False),
        sa.Column("client_id", sa.Text, nullable=False),
        sa.Column("partner_id", sa.BigInteger),
        sa.Column("account_id", sa.BigInteger, nullable=False),
        sa.Column("ordered_at", sa.BigInteger, nullable=False),
        sa.Column("expected_on", sa.Text),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("cancelled_at", sa.BigInteger),
        sa.Column("checksum", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_purchase_order"),
        sa.UniqueConstraint("client_id", name="uq_purchase_order_client_id"),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name="fk_purchase_order_partner_id"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_purchase_order_account_id"),
    )
    op.create_table(
        "purchase_line",
        sa.Column("order_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("product_id", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("quantity", sa.BigInteger, nullable=False),
        sa.Column("checksum", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("order_id", "product_id", name="pk_purchase_line"),
        sa.ForeignKeyConstraint(["order_id"], ["purchase_order.id"], name="fk_purchase_line_order_id"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_purchase_line_product_id"),
        sa.CheckConstraint("quantity > 0", name="ck_purchase_line_quantity"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "purchase_receipt",
        sa.Column("sequence", _ROW_NUMBER, autoincrement=False, nullable=False),
        sa.Column("order_id", sa.BigInteger, nullable=False),
        sa.Column("product_id", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_purchase_receipt"),
        sa.ForeignKeyConstraint(["sequence"], ["movement.sequence"], name="fk_purchase_receipt_sequence"),
        sa.ForeignKeyConstraint(["order_id"], ["purchase_order.id"], name="fk_purchase_receipt_order_id"),
    )
    op.create_index("ix_purchase_receipt_order_id", "purchase_receipt", ["order_id"])
