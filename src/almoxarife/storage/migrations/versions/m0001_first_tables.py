"""Accounts, products and the ledger with its two first locations."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")

_APPEND_ONLY_SQLITE = (
    "CREATE TRIGGER movement_keeps_rows BEFORE DELETE ON movement "
    "BEGIN SELECT RAISE(ABORT, 'movement is append-only'); END",
    "CREATE TRIGGER movement_keeps_values BEFORE UPDATE ON movement "
    "BEGIN SELECT RAISE(ABORT, 'movement is append-only'); END",
)
_APPEND_ONLY_POSTGRESQL = (
    "CREATE FUNCTION movement_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "RAISE EXCEPTION 'movement is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER movement_keeps_rows BEFORE UPDATE OR DELETE ON movement "
    "FOR EACH ROW EXECUTE FUNCTION movement_is_append_only()",
    # TRUNCATE asks no row.
    "CREATE TRIGGER movement_is_not_truncated BEFORE TRUNCATE ON movement "
    "FOR EACH STATEMENT EXECUTE FUNCTION movement_is_append_only()",
)


def upgrade() -> None:
    """Create every table, refuse changes of movements, and begin the ledger."""
    _accounts()
    _products()
    _ledger()
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _APPEND_ONLY_SQLITE if is_sqlite else _APPEND_ONLY_POSTGRESQL:
        op.execute(statement)
    _begin_ledger()


def _accounts() -> None:
    op.create_table(
        "account",
        sa.Column("id", _ROW_NUMBER, nullable=False, autoincrement=False),
        sa.Column("username", sa.Text, nullable=False),
        sa.Column("username_key", sa.Text, nullable=False),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("weak_password", sa.Boolean, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("checksum", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("username_key", name="uq_account_username_key"),
    )
    op.create_table(
        "access_token",
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("account_id", sa.BigInteger, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("used_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_access_token"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_access_token_account_id"),
    )
    op.create_index("ix_access_token_account_id", "access_token", ["account_id"])


def _products() -> None:
    op.create_table(
        "product",
        sa.Column("id", _ROW_NUMBER, nullable=False, autoincrement=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_key", sa.Text, nullable=False),
        sa.Column("search_text", sa.Text, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("checksum", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_product"),
        sa.UniqueConstraint("name_key", name="uq_product_name_key"),
    )


def _ledger() -> None:
    op.create_table(
        "location",
        sa.Column("id", _ROW_NUMBER, nullable=False, autoincrement=False),
        sa.Column("kind", sa.SmallInteger, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_location"),
    )
    op.create_table(
        "movement",
        sa.Column("sequence", _ROW_NUMBER, nullable=False, autoincrement=False),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("kind", sa.SmallInteger, nullable=False),
        sa.Column("product_id", sa.BigInteger, nullable=False),
        sa.Column("from_location", sa.BigInteger, nullable=False),
        sa.Column("to_location", sa.BigInteger, nullable=False),
        sa.Column("quantity", sa.BigInteger, nullable=False),
        sa.Column("effective_at", sa.BigInteger, nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.Column("account_id", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_movement"),
        sa.UniqueConstraint("id", name="uq_movement_id"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_movement_product_id"),
        sa.ForeignKeyConstraint(["from_location"], ["location.id"], name="fk_movement_from_location"),
        sa.ForeignKeyConstraint(["to_location"], ["location.id"], name="fk_movement_to_location"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_movement_account_id"),
    )
    op.create_index("ix_movement_account_id_sequence", "movement", ["account_id", "sequence"])
    op.create_index("ix_movement_recorded_at", "movement", ["recorded_at"])
    op.create_table(
        "balance",
        sa.Column("product_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("location_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("quantity", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("product_id", "location_id", name="pk_balance"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_balance_product_id"),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name="fk_balance_location_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ledger_head",
        sa.Column("id", sa.SmallInteger, nullable=False, autoincrement=False),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ledger_head"),
    )


def _begin_ledger() -> None:
    # Written out, not imported: a migration must do the same for ever, whatever becomes of the rules.
    op.execute("INSERT INTO location (id, kind, name) VALUES (1, 1, 'Fornecedor'), (2, 2, 'Estoque')")
    head = sa.table(
        "ledger_head", sa.column("id"), sa.column("sequence"), sa.column("hash", sa.LargeBinary(32))
    )
    op.bulk_insert(head, [{"id": 1, "sequence": 0, "hash": bytes(32)}])
