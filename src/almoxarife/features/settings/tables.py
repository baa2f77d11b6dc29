"""The table of the shop's settings."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text

from almoxarife.storage.metadata import metadata

# Only what somebody has set; `value` is JSON.
setting = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
