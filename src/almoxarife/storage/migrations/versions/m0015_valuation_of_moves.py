"""Beside what a movement cost, what it was: so that sums over a product's movements need one walk, without a join."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Create the cache of valued movements anew, empty: it is filled when it is next asked for."""
    op.drop_table("valuation")
    op.create_table(
        "valuation",
        sa.Column("product_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("effective_at", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("sequence", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("kind", sa.SmallInteger, nullable=False),
        sa.Column("from_location", sa.BigInteger, nullable=False),
        sa.Column("to_location", sa.BigInteger, nullable=False),
        sa.Column("quantity", sa.BigInteger, nullable=False),
        sa.Column("quantity_after", sa.BigInteger, nullable=False),
        sa.Column("value_after", sa.Text, nullable=False),
        sa.Column("cost", sa.Text, nullable=False),
        sa.Column("correction", sa.Text, nullable=False),
        sa.Column("basis", sa.SmallInteger, nullable=False),
        sa.PrimaryKeyConstraint("product_id", "effective_at", "sequence", name="pk_valuation"),
        sqlite_with_rowid=False,
    )
    op.execute("DELETE FROM valuation_state WHERE product_id <> 0")
    op.execute("UPDATE valuation_state SET valued_to = 0, state = ''")
