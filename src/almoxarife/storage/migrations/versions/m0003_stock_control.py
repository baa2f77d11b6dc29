"""Places as a tree, details beside movements, lots, reasons, reservations, and the lock of closed periods."""

from __future__ import annotations

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_LOCATIONS = ((1, 1, "Fornecedor"), (2, 2, "Estoque"), (3, 3, "Cliente"), (4, 4, "Perda"), (5, 5, "Ajuste"))
_REASONS = ("Quebra", "Vencimento", "Furto ou extravio", "Contagem", "Uso interno")

_APPEND_ONLY_SQLITE = (
    "CREATE TRIGGER movement_detail_keeps_rows BEFORE DELETE ON movement_detail "
    "BEGIN SELECT RAISE(ABORT, 'movement_detail is append-only'); END",
    "CREATE TRIGGER movement_detail_keeps_values BEFORE UPDATE ON movement_detail "
    "BEGIN SELECT RAISE(ABORT, 'movement_detail is append-only'); END",
)
_APPEND_ONLY_POSTGRESQL = (
    "CREATE FUNCTION movement_detail_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "RAISE EXCEPTION 'movement_detail is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER movement_detail_keeps_rows BEFORE UPDATE OR DELETE ON movement_detail "
    "FOR EACH ROW EXECUTE FUNCTION movement_detail_is_append_only()",
    # TRUNCATE asks no row.
    "CREATE TRIGGER movement_detail_is_not_truncated BEFORE TRUNCATE ON movement_detail "
    "FOR EACH STATEMENT EXECUTE FUNCTION movement_detail_is_append_only()",
)


def upgrade() -> None:
    """Create what stock control needs beside the ledger's rows, which stay as they are."""
    _locations()
    _reasons()
    _lots()
    _details()
    _reservations()
    _period_lock()
    # Every movement of a product is asked for by its stock card.
    op.create_index("ix_movement_product_id_sequence", "movement", ["product_id", "sequence"])


def _checksum(*values: int | str | None) -> bytes:
    # Written out, not imported: a migration must do the same for ever, whatever becomes of the rules.
    return hashlib.sha256(json.dumps(values, separators=(",", ":")).encode("ascii")).digest()


def _locations() -> None:
    # In place: SQLite would else build the table anew, to which the ledger's rows point.
    op.execute(
        "ALTER TABLE location ADD COLUMN parent_id BIGINT "
        "CONSTRAINT fk_location_parent_id REFERENCES location (id)"
    )
    op.execute("ALTER TABLE location ADD COLUMN active BOOLEAN DEFAULT true NOT NULL")
    # SQLite adds no column that must have a value without saying which.
    binary = "BLOB" if op.get_bind().dialect.name == "sqlite" else "BYTEA"
    op.execute(f"ALTER TABLE location ADD COLUMN checksum {binary} DEFAULT '' NOT NULL")
    location = sa.table(
        "location",
        sa.column("id", sa.BigInteger),
        sa.column("kind", sa.SmallInteger),
        sa.column("name", sa.Text),
        sa.column("active", sa.Boolean),
        sa.column("checksum", sa.LargeBinary(32)),
    )
    sums = {number: _checksum(number, kind, name, None, 1) for number, kind, name in _LOCATIONS}
    for number, _kind, _name in _LOCATIONS[:2]:
        op.execute(location.update().where(location.c.id == number).values(checksum=sums[number]))
    op.bulk_insert(
        location,
        [
            {"id": number, "kind": kind, "name": name, "active": True, "checksum": sums[number]}
            for number, kind, name in _LOCATIONS[2:]
        ],
    )


def _reasons() -> None:
    reason = op.create_table(
        "reason",
        sa.Column("id", _ROW_NUMBER, nullable=False, autoincrement=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_key", sa.Text, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("checksum", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reason"),
        sa.UniqueConstraint("name_key", name="uq_reason_name_key"),
    )
    rows = [(number, name, name.casefold()) for number, name in enumerate(_REASONS, 1)]
    op.bulk_insert(
        reason,
        [
            {"id": row[0], "name": row[1], "name_key": row[2], "active": True, "checksum": _checksum(*row, 1)}
            for row in rows
        ],
    )


def _lots() -> None:
    op.create_table(
        "lot",
        sa.Column("id", _ROW_NUMBER, nullable=False, autoincrement=False),
        sa.Column("product_id", sa.BigInteger, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("made_on", sa.Text, nullable=True),
        sa.Column("expires_on", sa.Text, nullable=True),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("checksum", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_lot"),
        sa.UniqueConstraint("product_id", "number", name="uq_lot_product_id_number"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_lot_product_id"),
    )
    op.create_index("ix_lot_expires_on", "lot", ["expires_on"])
    op.create_table(
        "lot_balance",
        sa.Column("lot_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("location_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("quantity", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("lot_id", "location_id", name="pk_lot_balance"),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name="fk_lot_balance_lot_id"),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name="fk_lot_balance_location_id"),
        sqlite_with_rowid=False,
    )


def _details() -> None:
    op.create_table(
        "movement_detail",
        sa.Column("sequence", _ROW_NUMBER, nullable=False, autoincrement=False),
        sa.Column("lot_id", sa.BigInteger, nullable=True),
        sa.Column("reverses", sa.BigInteger, nullable=True),
        sa.Column("reason_id", sa.BigInteger, nullable=True),
        sa.Column("note", sa.Text, nullable=True),
        sa.Column("partner_id", sa.BigInteger, nullable=True),
        sa.Column("unit", sa.Text, nullable=True),
        sa.Column("typed_quantity", sa.BigInteger, nullable=True),
        sa.Column("unit_cost", sa.BigInteger, nullable=True),
        sa.Column("freight", sa.BigInteger, nullable=True),
        sa.Column("tax", sa.BigInteger, nullable=True),
        sa.Column("discount", sa.BigInteger, nullable=True),
        sa.Column("document", sa.Text, nullable=True),
        sa.Column("returns", sa.BigInteger, nullable=True),
        sa.PrimaryKeyConstraint("sequence", name="pk_movement_detail"),
        sa.UniqueConstraint("reverses", name="uq_movement_detail_reverses"),
        sa.ForeignKeyConstraint(["sequence"], ["movement.sequence"], name="fk_movement_detail_sequence"),
        sa.ForeignKeyConstraint(["lot_id"], ["lot.id"], name="fk_movement_detail_lot_id"),
        sa.ForeignKeyConstraint(["reverses"], ["movement.sequence"], name="fk_movement_detail_reverses"),
        sa.ForeignKeyConstraint(["reason_id"], ["reason.id"], name="fk_movement_detail_reason_id"),
        sa.ForeignKeyConstraint(["returns"], ["movement.sequence"], name="fk_movement_detail_returns"),
    )
    op.create_index("ix_movement_detail_lot_id", "movement_detail", ["lot_id"])
    op.create_index("ix_movement_detail_returns", "movement_detail", ["returns"])
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _APPEND_ONLY_SQLITE if is_sqlite else _APPEND_ONLY_POSTGRESQL:
        op.execute(statement)


def _reservations() -> None:
    op.create_table(
        "reservation",
        sa.Column("id", _ROW_NUMBER, nullable=False, autoincrement=False),
        sa.Column("product_id", sa.BigInteger, nullable=False),
        sa.Column("location_id", sa.BigInteger, nullable=False),
        sa.Column("quantity", sa.BigInteger, nullable=False),
        sa.Column("account_id", sa.BigInteger, nullable=False),
        sa.Column("note", sa.Text, nullable=True),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        # When it was cancelled or used; null while it stands.
        sa.Column("ended_at", sa.BigInteger, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_reservation"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_reservation_product_id"),
        sa.ForeignKeyConstraint(["location_id"], ["location.id"], name="fk_reservation_location_id"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_reservation_account_id"),
    )
    op.create_index("ix_reservation_product_id_expires_at", "reservation", ["product_id", "expires_at"])


def _period_lock() -> None:
    lock = op.create_table(
        "period_lock",
        sa.Column("id", sa.SmallInteger, nullable=False, autoincrement=False),
        sa.Column("closed_until", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_period_lock"),
    )
    # Nothing happened before 1970: nothing is closed.
    op.bulk_insert(lock, [{"id": 1, "closed_until": 0}])
