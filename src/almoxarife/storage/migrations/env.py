"""Runs the migrations on the connection that ``storage.schema`` hands over, inside its transaction."""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    # SQLite can change little of a table in place: a batch builds it anew and copies the rows.
    render_as_batch=True,
)
context.run_migrations()
