"""The command that says what to buy."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from almoxarife.cli.help import TranslatedCommand
from almoxarife.cli.options import DATA, DATABASE, TARGET
from almoxarife.config import Settings
from almoxarife.i18n import _


@click.command(
    "compras",
    cls=TranslatedCommand,
    help=_("""Say what to buy, supplier by supplier, and show it or write it into a file.

It is worked out from minimum and target, lead time, what is on order and what was consumed. The ending of the file's
name says what is written: .xlsx, .csv or .txt (a text for each supplier, ready to be sent)."""),
)
@click.option(
    "--dias",
    "days",
    type=click.IntRange(1, 1_095),
    default=90,
    metavar=_("NUMBER"),
    help=_("Measure consumption over so many days (90)."),
)
@click.option(
    "--cobertura",
    "cover_days",
    type=click.IntRange(1, 365),
    default=30,
    metavar=_("NUMBER"),
    help=_("Days that a purchase lasts where there is no target (30)."),
)
@click.option("--fornecedor", "partner_id", metavar="ID", help=_("Only from this supplier, such as t1."))
@TARGET
@DATA
@DATABASE
def purchases(data_dir: str | None, database_url: str | None, target: Path | None, **asked: Any) -> int:
    """Say what to buy."""
    from almoxarife.cli.purchases import run
    from almoxarife.features.replenishment.service import Asked

    settings = Settings.from_environment(data_dir=data_dir, database_url=database_url)
    return run(settings, Asked(**asked), target)
