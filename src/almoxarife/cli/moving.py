"""The move to another database, with its progress."""

from __future__ import annotations

import click

from almoxarife.cli.owners import private_files
from almoxarife.cli.progress import Meter
from almoxarife.config import Settings
from almoxarife.features.moving.service import move as move_everything
from almoxarife.i18n import N_, _, format_quantity

_STAGES = {
    "verify": N_("Proving every movement"),
    "copy": N_("Moving rows"),
    "compare": N_("Comparing rows"),
}


class _Shown:
    """Shows the work on a meter."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self._done = 0

    def begin(self, stage: str, rows: int) -> None:
        self._done = 0
        self._meter.begin(_(_STAGES[stage]), rows)

    def step(self, rows: int) -> None:
        self._done += rows
        self._meter.step(rows, self._done)


@private_files()
def move(settings: Settings, target_url: str) -> int:
    """Move everything to another database; return 0 when both sides are the same."""
    with Meter() as meter:
        report = move_everything(settings.database_url, target_url, _Shown(meter))
    click.echo(
        _("Moved and compared: {rows} movements, the same on both sides. Last receipt: {receipt}").format(
            rows=format_quantity(report.rows), receipt=report.last_hash.hex()
        )
    )
    click.echo(
        _(
            "From now on start the system with --banco and the new address. The old database is as it was; what is "
            "still written to it does not come along."
        )
    )
    return 0
