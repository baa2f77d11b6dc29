"""What is said of a file that does not belong to whom it should."""

from __future__ import annotations

from pathlib import Path

import click

from almoxarife.i18n import _
from almoxarife.ownership import is_strange, owner_of


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
