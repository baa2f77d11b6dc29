"""Counts: what was seen on the shelves, by whom, and what came of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_APPEND_ONLY = ("count_line", "count_review", "count_adjustment")


def upgrade() -> None:
    """Create the tables of counts, and refuse to change what was counted or what has ended."""
    _counts()
    _lines()
    _reviews()
    _what_came_of_it()
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _sqlite_triggers() if is_sqlite else _postgresql_triggers():
        op.execute(statement)


def _counts() -> None:
    op.create_table(
        "stock_count",
        sa.Column("id", _ROW_NUMBER, nullable=False, autoincrement=False),
        sa.Column("client_id", sa.LargeBinary(16), nullable=False),
        sa.Column("state", sa.SmallInteger, nullable=False),
        sa.Column("location_id", sa.BigInteger),
        sa.Column("category_id", sa.BigInteger),
        sa.Column("abc", sa.Text),
        sa.Column("listed", sa.Boolean, nullable=False),
        sa.Column("blind", sa.Boolean, nullable=False),
        sa.Column("note", sa.Text),
        sa.Column("account_id", sa.BigInteger, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("closed_at", sa.BigInteger),
        sa.Column("closed_at_sequence", sa.BigInteger),
        sa.Column("ended_by", sa.BigInteger),
        sa.Column("ended_at", sa.BigInteger),
        sa.Column("decision_id", sa.LargeBinary(16)),
        sa.Column("decision", sa.Text),
        sa.Column("result", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_stock_count"),
        sa.UniqueConstraint("client_id", name="uq_stock_count_client_id"),
        sa.UniqueConstraint("decision_id", name="uq_stock_count_decision_id"),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name="fk_stock_count_location_id"),
        sa.ForeignKeyConstraint(["category_id"], ["category.id"], name="fk_stock_count_category_id"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_stock_count_account_id"),
        sa.ForeignKeyConstraint(["ended_by"], ["account.id"], name="fk_stock_count_ended_by"),
        sa.CheckConstraint("state BETWEEN 1 AND 4", name="ck_stock_count_state"),
    )
    op.create_index("ix_stock_count_state_id", "stock_count", ["state", "id"])
    op.create_table(
        "count_product",
        sa.Column("count_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("product_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("count_id", "product_id", name="pk_count_product"),
        sa.ForeignKeyConstraint(["count_id"], ["stock_count.id"], name="fk_count_product_count_id"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_count_product_product_id"),
        sqlite_with_rowid=False,
    )


def _lines() -> None:
    op.create_table(
        "count_line",
        sa.Column("count_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("number", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("product_id", sa.BigInteger),
        sa.Column("text", sa.Text),
        sa.Column("location_id", sa.BigInteger, nullable=False),
        sa.Column("lot", sa.Text),
        sa.Column("quantity", sa.BigInteger, nullable=False),
        sa.Column("account_id", sa.BigInteger, nullable=False),
        sa.Column("counted_at", sa.BigInteger, nullable=False),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.Column("expected", sa.BigInteger, nullable=False),
        sa.Column("round", sa.BigInteger, nullable=False),
        sa.Column("replaces", sa.BigInteger),
        sa.Column("checksum", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("count_id", "number", name="pk_count_line"),
        sa.UniqueConstraint("id", name="uq_count_line_id"),
        sa.ForeignKeyConstraint(["count_id"], ["stock_count.id"], name="fk_count_line_count_id"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_count_line_product_id"),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name="fk_count_line_location_id"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_count_line_account_id"),
        sa.ForeignKeyConstraint(
            ["count_id", "replaces"],
            ["count_line.count_id", "count_line.number"],
            name="fk_count_line_count_id_replaces",
        ),
        sa.CheckConstraint("quantity >= 0", name="ck_count_line_quantity"),
        sa.CheckConstraint("(product_id IS NULL) <> (text IS NULL)", name="ck_count_line_product_or_text"),
    )
    op.create_index("ix_count_line_count_id_replaces", "count_line", ["count_id", "replaces"], unique=True)
    op.create_index("ix_count_line_count_id_product_id", "count_line", ["count_id", "product_id"])


def _reviews() -> None:
    op.create_table(
        "count_review",
        sa.Column("count_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("number", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("product_id", sa.BigInteger, nullable=False),
        sa.Column("location_id", sa.BigInteger, nullable=False),
        sa.Column("lot", sa.Text),
        sa.Column("decision", sa.SmallInteger, nullable=False),
        sa.Column("round", sa.BigInteger, nullable=False),
        sa.Column("account_id", sa.BigInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("count_id", "number", name="pk_count_review"),
        sa.ForeignKeyConstraint(["count_id"], ["stock_count.id"], name="fk_count_review_count_id"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_count_review_product_id"),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name="fk_count_review_location_id"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_count_review_account_id"),
    )


def _what_came_of_it() -> None:
    op.create_table(
        "count_adjustment",
        sa.Column("count_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("sequence", sa.BigInteger, nullable=False, autoincrement=False),
        sa.PrimaryKeyConstraint("count_id", "sequence", name="pk_count_adjustment"),
        sa.UniqueConstraint("sequence", name="uq_count_adjustment_sequence"),
        sa.ForeignKeyConstraint(["count_id"], ["stock_count.id"], name="fk_count_adjustment_count_id"),
        sa.ForeignKeyConstraint(["sequence"], ["movement.sequence"], name="fk_count_adjustment_sequence"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "last_count",
        sa.Column("product_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("location_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("counted_at", sa.BigInteger, nullable=False),
        sa.Column("count_id", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("product_id", "location_id", name="pk_last_count"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_last_count_product_id"),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name="fk_last_count_location_id"),
        sa.ForeignKeyConstraint(["count_id"], ["stock_count.id"], name="fk_last_count_count_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "count_interval",
        sa.Column("abc", sa.Text, nullable=False),
        sa.Column("days", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("abc", name="pk_count_interval"),
    )


def _sqlite_triggers() -> list[str]:
    statements = []
    for name in _APPEND_ONLY:
        refuse = f"BEGIN SELECT RAISE(ABORT, '{name} is append-only'); END"
        statements += [
            f"CREATE TRIGGER {name}_keeps_rows BEFORE DELETE ON {name} {refuse}",
            f"CREATE TRIGGER {name}_keeps_values BEFORE UPDATE ON {name} {refuse}",
        ]
    refuse = "BEGIN SELECT RAISE(ABORT, 'a count that has ended stays as it is'); END"
    return [
        *statements,
        f"CREATE TRIGGER stock_count_keeps_rows BEFORE DELETE ON stock_count {refuse}",
        f"CREATE TRIGGER stock_count_stays_ended BEFORE UPDATE ON stock_count WHEN OLD.state >= 3 {refuse}",
    ]


def _postgresql_triggers() -> list[str]:
    statements = [
        "CREATE FUNCTION count_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; "
        "END $$"
    ]
    for name in _APPEND_ONLY:
        statements += [
            f"CREATE TRIGGER {name}_keeps_rows BEFORE UPDATE OR DELETE ON {name} "
            "FOR EACH ROW EXECUTE FUNCTION count_is_append_only()",
            # TRUNCATE asks no row.
            f"CREATE TRIGGER {name}_is_not_truncated BEFORE TRUNCATE ON {name} "
            "FOR EACH STATEMENT EXECUTE FUNCTION count_is_append_only()",
        ]
    return [
        *statements,
        "CREATE TRIGGER stock_count_keeps_rows BEFORE DELETE ON stock_count "
        "FOR EACH ROW EXECUTE FUNCTION count_is_append_only()",
        "CREATE TRIGGER stock_count_stays_ended BEFORE UPDATE ON stock_count "
        "FOR EACH ROW WHEN (OLD.state >= 3) EXECUTE FUNCTION count_is_append_only()",
    ]
