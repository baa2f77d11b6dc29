"""Whom the files belong to that a command writes, and who may read them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import click

from almoxarife.i18n import _
from almoxarife.ownership import is_strange, owner_of


@contextlib.contextmanager
def private_files() -> Iterator[None]:
    """Make files within that their own user alone can read, as the server does: they hold all that a database holds."""
    mask = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(mask)


def tell_owner(path: Path, model: Path) -> None:
    """Say it when a file that was written belongs to another user than what it replaces, or than its folder."""
    if is_strange(path, model):
        click.echo(
            _(
                "WARNING: {path} belongs to {user} and not to {owner}; the system may be unable to use it. As "
                "administrator: chown {owner} {path}"
            ).format(path=path, user=owner_of(path), owner=owner_of(model)),
            err=True,
        )
