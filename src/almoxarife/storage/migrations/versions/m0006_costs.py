"""What the ledger's movements cost: a cache, filled when it is first asked for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Create the cache of valued movements, empty: valued by no method, up to nothing."""
    op.create_table(
        "valuation",
        sa.Column("product_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("effective_at", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("sequence", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("quantity_after", sa.BigInteger, nullable=False),
        sa.Column("value_after", sa.Text, nullable=False),
        sa.Column("cost", sa.Text, nullable=False),
        sa.Column("correction", sa.Text, nullable=False),
        sa.Column("basis", sa.SmallInteger, nullable=False),
        sa.PrimaryKeyConstraint("product_id", "effective_at", "sequence", name="pk_valuation"),
        sqlite_with_rowid=False,
    )
    state = op.create_table(
        "valuation_state",
        sa.Column("product_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("valued_to", sa.BigInteger, nullable=False),
        sa.Column("effective_at", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("product_id", name="pk_valuation_state"),
    )
    op.bulk_insert(state, [{"product_id": 0, "valued_to": 0, "effective_at": 0, "state": ""}])
