"""Table of pictures of products."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, LargeBinary, Table, Text

from almoxarife.storage.metadata import RowNumber, metadata

# A table of its own: lists of products must not read past megabytes of pictures. `digest`: SHA-256 of the content.
product_picture = Table(
    "product_picture",
    metadata,
    Column("product_id", RowNumber, ForeignKey("product.id"), primary_key=True, autoincrement=False),
    Column("media_type", Text, nullable=False),
    Column("digest", LargeBinary(32), nullable=False),
    Column("content", LargeBinary, nullable=False),
)
