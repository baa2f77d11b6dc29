"""Search of products by any part of their names, without reading all of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

# SQLite's full text index of every three letters; it reads the texts themselves from the table of products, which
# never change or go away. A new product is added to it by the program: a trigger may not, because such tables are
# not trusted in triggers.
_SQLITE = (
    "CREATE VIRTUAL TABLE product_search USING fts5("
    "search_text, content='product', content_rowid='id', tokenize='trigram', columnsize=0)",
    "INSERT INTO product_search (product_search) VALUES ('rebuild')",
)
# The same by an extension that comes with PostgreSQL but is not everywhere installed, or allowed.
_TRIGRAMS = """
DO $$ BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    CREATE INDEX ix_product_search_trigrams ON product USING gin (search_text gin_trgm_ops);
EXCEPTION WHEN OTHERS THEN
    RAISE NOTICE 'search of products without pg_trgm: %', SQLERRM;
END $$
"""


def upgrade() -> None:
    """Index the search form of products: by its beginning, and by each three letters."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if not is_sqlite:
        # Beginnings are found by byte order, whatever the database's own language.
        op.alter_column("product", "search_text", type_=sa.Text(collation="C"))
    op.create_index("ix_product_search_text", "product", ["search_text"])
    for statement in _SQLITE if is_sqlite else (_TRIGRAMS,):
        op.execute(statement)
