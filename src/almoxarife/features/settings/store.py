"""The SQL of the shop's settings."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, insert, select, update

from almoxarife.features.settings.tables import setting

_ALL = select(setting.c.key, setting.c.value)


def read(connection: Connection) -> dict[str, str]:
    """Return the JSON of everything that was set, by key."""
    return {row.key: row.value for row in connection.execute(_ALL)}


def put(connection: Connection, values: Mapping[str, str]) -> None:
    """Set some keys to some JSON; the table must be locked."""
    for key, value in values.items():
        changed = connection.execute(update(setting).where(setting.c.key == key).values(value=value))
        if changed.rowcount == 0:
            connection.execute(insert(setting), {"key": key, "value": value})
