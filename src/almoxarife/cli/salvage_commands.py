"""The command that saves what a damaged file still holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from almoxarife.cli.help import TranslatedCommand
from almoxarife.cli.options import COPIES, DATA, DATABASE
from almoxarife.config import Settings
from almoxarife.i18n import _


@click.command(
    "salvar",
    cls=TranslatedCommand,
    help=_("""Save what a damaged database file (SQLite) still holds into a new file, and tell what is lost.

End the system first. The damaged file is only read. Without FILE it is that of the system; the new one is put beside
it. The ledger of the new file ends with the last movement that can be proved; what comes after that is set apart in a
folder beside the new file. Where there is a copy that was proved good, see first how far that one goes: almoxarife
copias."""),
)
@click.argument("arquivo", required=False, metavar=_("FILE"), type=click.Path(path_type=Path))
@click.option(
    "--para",
    "target",
    metavar=_("FILE"),
    type=click.Path(path_type=Path, dir_okay=False),
    help=_("The new file (beside the damaged one)."),
)
@click.option(
    "--recibo",
    "receipt",
    metavar=_("RECEIPT"),
    help=_("Also tell whether this receipt was saved: number and hash, such as 128:9f3a…"),
)
@click.option(
    "--no-lugar",
    "in_place",
    is_flag=True,
    help=_("At the end give the new file the damaged one's name; that one is kept beside it under another."),
)
@DATA
@DATABASE
@COPIES
def salvage(
    arquivo: Path | None, target: Path | None, receipt: str | None, *, in_place: bool, **values: Any
) -> int:
    """Save what can be saved."""
    from almoxarife.cli.salvage import run

    return run(Settings.from_environment(**values), arquivo, target, receipt, in_place=in_place)
