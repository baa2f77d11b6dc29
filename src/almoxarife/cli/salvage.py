"""Saving what a damaged file still holds, and what is told of it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from almoxarife.cli.database import SHOWN, read_receipt, sentence
from almoxarife.cli.owners import private_files, tell_owner
from almoxarife.cli.progress import Meter
from almoxarife.clock import MICROSECONDS, shop_zone
from almoxarife.config import Settings
from almoxarife.features.backups.service import Backups
from almoxarife.features.salvage.rules import Apart, Receipt, TableOutcome
from almoxarife.features.salvage.service import Outcome, put_in_place, require_unused, salvage, source_of
from almoxarife.i18n import N_, _, format_date_time, format_quantity, ngettext

_STAGES = {
    "tables": N_("Reading the tables"),
    "strays": N_("Looking for rows outside the tables"),
    "verify": N_("Proving every movement"),
}
_REASONS = {
    Apart.NOT_OF_TABLE: N_("damaged: it does not look like a row of this table"),
    Apart.IN_CONFLICT: N_("damaged: it contradicts another row"),
    Apart.NAMES_THE_LOST: N_("it belongs to something that is lost"),
    Apart.AFTER_BREAK: N_("not proved: it comes after the break of the chain"),
}
_RECEIPTS = {
    Receipt.PROVED: N_("The saved ledger contains the receipt No. {row}."),
    Receipt.APART: N_(
        "PROBLEM: the receipt No. {row} is that of a movement that was set apart, after the break of the chain."
    ),
    Receipt.NOWHERE: N_("PROBLEM: nothing that was saved has the receipt No. {row}."),
}


class _Shown:
    """Shows the work on a meter."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self._done = 0

    def begin(self, stage: str) -> None:
        self._done = 0
        self._meter.begin(_(_STAGES[stage]), 0)

    def step(self, rows: int) -> None:
        self._done += rows
        self._meter.step(rows, self._done)


@private_files()
def run(
    settings: Settings, source: Path | None, target: Path | None, receipt: str | None, *, in_place: bool
) -> int:
    """Save what can be saved; return 0 when nothing is missing, 1 when something is."""
    given = read_receipt(receipt) if receipt is not None else None
    if source is None:
        source = source_of(settings.database_url)
    if in_place:
        require_unused(source)
    with Meter() as meter:
        outcome = salvage(source, target, _Shown(meter), lambda reason: _(_REASONS[reason]), given)
    _tell_tables(outcome)
    _tell_ledger(outcome)
    if given is not None and outcome.receipt is not None:
        click.echo(_(_RECEIPTS[outcome.receipt]).format(row=format_quantity(given[0])))
    _tell_copies(settings, outcome)
    path, model = outcome.path, source
    if in_place:
        model = put_in_place(path, source)
        click.echo(_("The damaged file is kept: {path}").format(path=model))
        path = source
    tell_owner(path, model)
    if outcome.is_whole:
        click.echo(_("Nothing is missing. The new file: {path}").format(path=path))
        return 0
    click.echo(_("PROBLEM: not everything could be saved. The new file: {path}").format(path=path))
    return 1


def _tell_tables(outcome: Outcome) -> None:
    nothing = []
    for name, table in outcome.tables.items():
        if not table.saved and table.lost_pages and not (table.apart or table.lost_rows or table.stand_ins):
            nothing.append(name)
        elif not table.is_whole or table.strays:
            click.echo(f"{name}: {', '.join(_parts(table))}.")
    if nothing:
        click.echo(
            _("Nothing of these can be read, if they held something: {names}.").format(
                names=", ".join(nothing)
            )
        )
    if outcome.damaged_frames:
        click.echo(
            ngettext(
                "In the database's log (-wal) {count} page is damaged.",
                "In the database's log (-wal) {count} pages are damaged.",
                outcome.damaged_frames,
            ).format(count=format_quantity(outcome.damaged_frames))
        )
    if outcome.stray_rows:
        click.echo(
            ngettext(
                "{count} row was found of which nobody knows the table; it was left.",
                "{count} rows were found of which nobody knows the table; they were left.",
                outcome.stray_rows,
            ).format(count=format_quantity(outcome.stray_rows))
        )
    if outcome.apart is not None:
        click.echo(_("What was found and cannot be in the new file: {folder}").format(folder=outcome.apart))


def _parts(table: TableOutcome) -> list[str]:
    """Return in words what became of a table."""
    told = (
        (table.saved, ngettext("{count} row saved", "{count} rows saved", table.saved)),
        (
            table.strays,
            ngettext("{count} of it outside the table", "{count} of them outside the table", table.strays),
        ),
        (table.apart, ngettext("{count} set apart", "{count} set apart", table.apart)),
        (table.lost_rows, ngettext("{count} unreadable row", "{count} unreadable rows", table.lost_rows)),
        (table.lost_pages, ngettext("{count} unreadable page", "{count} unreadable pages", table.lost_pages)),
        (
            len(table.stand_ins),
            ngettext(
                "{count} lost row that others name was put in as “(perdido)”",
                "{count} lost rows that others name were put in as “(perdido)”",
                len(table.stand_ins),
            ),
        ),
    )
    return [
        words.format(count=format_quantity(count)) for count, words in told if count or words is told[0][1]
    ]


def _tell_ledger(outcome: Outcome) -> None:
    end, last = format_quantity(outcome.end), outcome.report.last_hash.hex()
    if outcome.ended_at is None:
        click.echo(_("No movement can be proved."))
    else:
        moment = datetime.fromtimestamp(outcome.ended_at // MICROSECONDS, shop_zone())
        click.echo(
            _("The ledger is whole up to movement No. {end}, of {moment}. Last receipt: {receipt}").format(
                end=end, moment=format_date_time(moment), receipt=last
            )
        )
    for sequence in outcome.mended:
        click.echo(
            _("Movement No. {row} had a flipped bit, which was put right; the chain proves it.").format(
                row=format_quantity(sequence)
            )
        )
    missing = outcome.known_end - outcome.end
    if missing > 0:
        apart = outcome.tables["movement"].apart
        click.echo(
            ngettext(
                "There was {count} more movement, which cannot be proved; found and set apart: {apart}.",
                "There were {count} more movements, which cannot be proved; found and set apart: {apart}.",
                missing,
            ).format(count=format_quantity(missing), apart=format_quantity(apart))
        )
    for finding in outcome.report.findings[:SHOWN]:
        click.echo(sentence(finding))


def _tell_copies(settings: Settings, outcome: Outcome) -> None:
    """Say when a copy that was proved good goes further."""
    if outcome.is_whole:
        return
    copies = Backups(settings.database_url, settings.copies_dir).listing()
    furthest = max(copies, key=lambda copy: copy.note.sequence, default=None)
    if furthest is not None and furthest.note.sequence > outcome.end:
        click.echo(
            _("A good copy goes further, up to movement No. {rows}: almoxarife restaurar {path}").format(
                rows=format_quantity(furthest.note.sequence), path=furthest.path
            )
        )
