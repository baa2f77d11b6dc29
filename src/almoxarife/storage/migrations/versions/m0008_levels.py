"""How much of a product there should be, in the whole shop or at a place."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Create the table of levels, empty."""
    op.create_table(
        "stock_level",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("product_id", sa.BigInteger, nullable=False),
        sa.Column("location_id", sa.BigInteger),
        sa.Column("minimum", sa.BigInteger, nullable=False),
        sa.Column("target", sa.BigInteger),
        sa.Column("maximum", sa.BigInteger),
        sa.Column("checksum", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_stock_level"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_stock_level_product_id"),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name="fk_stock_level_location_id"),
        sa.CheckConstraint(
            "minimum >= 0 AND (target IS NULL OR target >= minimum)"
            " AND (maximum IS NULL OR (maximum >= minimum AND (target IS NULL OR maximum >= target)))",
            name="ck_stock_level_order",
        ),
    )
    op.create_index(
        "ix_stock_level_product_id_location_id", "stock_level", ["product_id", "location_id"], unique=True
    )
    whole_shop = sa.text("location_id IS NULL")
    op.create_index(
        "uq_stock_level_whole_shop",
        "stock_level",
        ["product_id"],
        unique=True,
        sqlite_where=whole_shop,
        postgresql_where=whole_shop,
    )
