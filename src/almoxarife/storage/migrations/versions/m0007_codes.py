"""Codes of products, and what one scan of each stands for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_NOT_RETIRED = sa.text("retired_at IS NULL")

_KEEPS_SQLITE = (
    "CREATE TRIGGER code_keeps_rows BEFORE DELETE ON code "
    "BEGIN SELECT RAISE(ABORT, 'a code is only taken away'); END",
    "CREATE TRIGGER code_keeps_values BEFORE UPDATE OF id, code_id, kind, owner, text, key, account_id, created_at "
    "ON code BEGIN SELECT RAISE(ABORT, 'a code is only taken away'); END",
    "CREATE TRIGGER code_stays_away BEFORE UPDATE OF retired_at ON code WHEN OLD.retired_at IS NOT NULL "
    "BEGIN SELECT RAISE(ABORT, 'a code is taken away once'); END",
    "CREATE TRIGGER code_line_keeps_rows BEFORE DELETE ON code_line "
    "BEGIN SELECT RAISE(ABORT, 'code_line is append-only'); END",
    "CREATE TRIGGER code_line_keeps_values BEFORE UPDATE ON code_line "
    "BEGIN SELECT RAISE(ABORT, 'code_line is append-only'); END",
)
_KEEPS_POSTGRESQL = (
    "CREATE FUNCTION code_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "RAISE EXCEPTION 'a code is only taken away' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER code_keeps_rows BEFORE DELETE ON code "
    "FOR EACH ROW EXECUTE FUNCTION code_is_append_only()",
    "CREATE TRIGGER code_keeps_values "
    "BEFORE UPDATE OF id, code_id, kind, owner, text, key, account_id, created_at ON code "
    "FOR EACH ROW EXECUTE FUNCTION code_is_append_only()",
    "CREATE TRIGGER code_stays_away BEFORE UPDATE OF retired_at ON code "
    "FOR EACH ROW WHEN (OLD.retired_at IS NOT NULL) EXECUTE FUNCTION code_is_append_only()",
    "CREATE TRIGGER code_line_keeps_rows BEFORE UPDATE OR DELETE ON code_line "
    "FOR EACH ROW EXECUTE FUNCTION code_is_append_only()",
    # TRUNCATE asks no row.
    "CREATE TRIGGER code_is_not_truncated BEFORE TRUNCATE ON code "
    "FOR EACH STATEMENT EXECUTE FUNCTION code_is_append_only()",
    "CREATE TRIGGER code_line_is_not_truncated BEFORE TRUNCATE ON code_line "
    "FOR EACH STATEMENT EXECUTE FUNCTION code_is_append_only()",
)


def upgrade() -> None:
    """Create codes and their lines; whoever has one keeps it but for its being taken away, once."""
    op.create_table(
        "code",
        sa.Column("id", _ROW_NUMBER, nullable=False, autoincrement=False),
        sa.Column("code_id", sa.LargeBinary(16), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("owner", sa.BigInteger, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("account_id", sa.BigInteger, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("retired_at", sa.BigInteger),
        sa.Column("checksum", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_code"),
        sa.UniqueConstraint("code_id", name="uq_code_code_id"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_code_account_id"),
    )
    op.create_index("ix_code_key", "code", ["key"])
    op.create_index(
        "ux_code_owner_key",
        "code",
        ["owner", "key"],
        unique=True,
        sqlite_where=_NOT_RETIRED,
        postgresql_where=_NOT_RETIRED,
    )
    op.create_table(
        "code_line",
        sa.Column("code", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("place", sa.SmallInteger, nullable=False, autoincrement=False),
        sa.Column("product_id", sa.BigInteger, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("quantity", sa.BigInteger, nullable=False),
        sa.Column("checksum", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("code", "place", name="pk_code_line"),
        sa.ForeignKeyConstraint(["code"], ["code.id"], name="fk_code_line_code"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_code_line_product_id"),
        sa.ForeignKeyConstraint(["unit"], ["unit.code"], name="fk_code_line_unit"),
        sa.CheckConstraint("quantity > 0", name="ck_code_line_quantity"),
    )
    op.create_index("ix_code_line_product_id", "code_line", ["product_id"])
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _KEEPS_SQLITE if is_sqlite else _KEEPS_POSTGRESQL:
        op.execute(statement)
