"""Where a session was begun, and from which addresses each account logs in."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add to each token where and with which program it was made, and make the list of usual addresses."""
    for name in ("address", "program"):
        op.add_column("access_token", sa.Column(name, sa.Text, nullable=False, server_default=""))
    op.create_table(
        "account_address",
        sa.Column("account_id", sa.BigInteger, nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("used_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("account_id", "address", name="pk_account_address"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_account_address_account_id"),
    )
