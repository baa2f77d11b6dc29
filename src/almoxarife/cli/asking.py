"""A question at the terminal, before what cannot be taken back by itself."""

from __future__ import annotations

import click

from almoxarife.i18n import _


def agreed(question: str) -> bool:
    """Return whether the person says yes; Enter alone, and everything else, is no. Raises click.Abort at Ctrl-C."""
    answer: str = click.prompt(
        _("{question} [y/N]").format(question=question), default="", show_default=False
    )
    return answer.strip().casefold() in {_("y"), _("yes")}
