"""Units, categories, what there is to know of a product, its changes and its picture, and partners."""

from __future__ import annotations

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_UNITS = (
    ("UN", "Unidade", 0),
    ("CX", "Caixa", 0),
    ("PC", "Peça", 0),
    ("KG", "Quilograma", 3),
    ("G", "Grama", 0),
    ("L", "Litro", 3),
    ("ML", "Mililitro", 0),
    ("M", "Metro", 2),
)
# In place: SQLite would else build the table anew, to which the ledger and the index of letters point.
_PRODUCT_COLUMNS = (
    "unit TEXT DEFAULT 'UN' NOT NULL CONSTRAINT fk_product_unit REFERENCES unit (code)",
    "decimals SMALLINT DEFAULT 0 NOT NULL",
    "tracking TEXT DEFAULT 'nenhum' NOT NULL",
    "category_id BIGINT CONSTRAINT fk_product_category_id REFERENCES category (id)",
    "notes TEXT DEFAULT '' NOT NULL",
    "fields TEXT DEFAULT '{}' NOT NULL",
    "active SMALLINT DEFAULT 1 NOT NULL",
    "merged_into BIGINT CONSTRAINT fk_product_merged_into REFERENCES product (id)",
    "version BIGINT DEFAULT 1 NOT NULL",
)
_NEW_VALUES = ("UN", 0, "nenhum", None, "", "{}", 1, None, 1)
_ROWS_AT_ONCE = 5_000
_APPEND_ONLY_SQLITE = (
    "CREATE TRIGGER product_change_keeps_rows BEFORE DELETE ON product_change "
    "BEGIN SELECT RAISE(ABORT, 'product_change is append-only'); END",
    "CREATE TRIGGER product_change_keeps_values BEFORE UPDATE ON product_change "
    "BEGIN SELECT RAISE(ABORT, 'product_change is append-only'); END",
)
_APPEND_ONLY_POSTGRESQL = (
    "CREATE FUNCTION product_change_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "RAISE EXCEPTION 'product_change is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER product_change_keeps_rows BEFORE UPDATE OR DELETE ON product_change "
    "FOR EACH ROW EXECUTE FUNCTION product_change_is_append_only()",
    # TRUNCATE asks no row.
    "CREATE TRIGGER product_change_is_not_truncated BEFORE TRUNCATE ON product_change "
    "FOR EACH STATEMENT EXECUTE FUNCTION product_change_is_append_only()",
)


def upgrade() -> None:
    """Create the tables of the catalogue and give every product that there is the usual values."""
    _units()
    _categories()
    for column in _PRODUCT_COLUMNS:
        op.execute(f"ALTER TABLE product ADD COLUMN {column}")
    op.create_index("ix_product_category_id", "product", ["category_id"])
    op.create_index("ix_product_merged_into", "product", ["merged_into"])
    _sum_products_anew()
    _beside_products()
    _partners()


def _checksum(*values: int | str | None) -> bytes:
    # Written out, not imported: a migration must do the same for ever, whatever becomes of the rules.
    text = json.dumps(values, separators=(",", ":"), default=repr)
    return hashlib.sha256(text.encode("ascii")).digest()


def _units() -> None:
    unit = op.create_table(
        "unit",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("decimals", sa.SmallInteger, nullable=False),
        sa.Column("checksum", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_unit"),
    )
    op.bulk_insert(
        unit,
        [
            {"code": code, "name": name, "decimals": decimals, "checksum": _checksum(code, name, decimals)}
            for code, name, decimals in _UNITS
        ],
    )


def _categories() -> None:
    op.create_table(
        "category",
        sa.Column("id", _ROW_NUMBER, nullable=False, autoincrement=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("name_key", sa.Text, nullable=False),
        sa.Column("parent_id", sa.BigInteger, nullable=True),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("checksum", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_category"),
        sa.ForeignKeyConstraint(["parent_id"], ["category.id"], name="fk_category_parent_id"),
    )


def _sum_products_anew() -> None:
    """Let each product's checksum cover its new values, too; of a row that was changed it stays wrong."""
    product = sa.table(
        "product",
        sa.column("id", sa.BigInteger),
        sa.column("name", sa.Text),
        sa.column("name_key", sa.Text),
        sa.column("search_text", sa.Text),
        sa.column("created_at", sa.BigInteger),
        sa.column("checksum", sa.LargeBinary(32)),
    )
    connection = op.get_bind()
    some = sa.select(product).order_by(product.c.id).limit(_ROWS_AT_ONCE)
    change = (
        sa.update(product)
        .where(product.c.id == sa.bindparam("number"))
        .values(checksum=sa.bindparam("new", type_=sa.LargeBinary(32)))
    )
    after = 0
    while rows := connection.execute(some.where(product.c.id > after)).all():
        sums = [
            {"number": row[0], "new": _checksum(*row[:5], *_NEW_VALUES)}
            for row in rows
            if _checksum(*row[:5]) == row[5]
        ]
        if sums:
            connection.execute(change, sums)
        after = rows[-1][0]


def _beside_products() -> None:
    op.create_table(
        "product_unit",
        sa.Column("product_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("factor", sa.BigInteger, nullable=False),
        sa.Column("checksum", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("product_id", "unit", name="pk_product_unit"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_product_unit_product_id"),
        sa.ForeignKeyConstraint(["unit"], ["unit.code"], name="fk_product_unit_unit"),
    )
    op.create_table(
        "product_picture",
        sa.Column("product_id", _ROW_NUMBER, nullable=False, autoincrement=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("digest", sa.LargeBinary(32), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("product_id", name="pk_product_picture"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_product_picture_product_id"),
    )
    op.create_table(
        "product_change",
        sa.Column("id", _ROW_NUMBER, nullable=False, autoincrement=False),
        sa.Column("product_id", sa.BigInteger, nullable=False),
        sa.Column("account_id", sa.BigInteger, nullable=False),
        sa.Column("username", sa.Text, nullable=False),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_product_change"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_product_change_product_id"),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_product_change_account_id"),
    )
    op.create_index("ix_product_change_product_id_id", "product_change", ["product_id", "id"])
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _APPEND_ONLY_SQLITE if is_sqlite else _APPEND_ONLY_POSTGRESQL:
        op.execute(statement)


def _partners() -> None:
    op.create_table(
        "partner",
        sa.Column("id", _ROW_NUMBER, nullable=False, autoincrement=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("search_text", sa.Text, nullable=False),
        sa.Column("document", sa.Text, nullable=True),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("phone", sa.Text, nullable=False),
        sa.Column("notes", sa.Text, nullable=False),
        sa.Column("active", sa.SmallInteger, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("checksum", sa.LargeBinary(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_partner"),
        sa.UniqueConstraint("document", name="uq_partner_document"),
    )
