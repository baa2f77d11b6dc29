"""Copies of the database: made and proved, listed, put back."""

from __future__ import annotations

import os
from contextlib import closing
from datetime import datetime
from pathlib import Path

import click

from almoxarife.cli.asking import agreed
from almoxarife.cli.database import SHOWN, sentence
from almoxarife.cli.owners import private_files, tell_owner
from almoxarife.cli.progress import Meter
from almoxarife.clock import MICROSECONDS, shop_zone
from almoxarife.config import Settings
from almoxarife.features.backups.rules import Note
from almoxarife.features.backups.service import Backups, CopyNotGood, end_of, note_of
from almoxarife.features.backups.service import restore as put_back
from almoxarife.i18n import N_, _, format_date_time, format_quantity, ngettext
from almoxarife.storage.database import Database

_STAGES = {
    "copy": N_("Copying the database"),
    "compress": N_("Compressing the copy"),
    "unpack": N_("Unpacking the copy elsewhere"),
    "verify": N_("Proving every movement of the copy"),
}
_MEGABYTE = 1_000_000
# The least of all priorities is 19.
_MODEST = 10


class _Shown:
    """Shows the work on a meter."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self._done = 0

    def begin(self, stage: str) -> None:
        self._done = 0
        self._meter.begin(_(_STAGES[stage]), 0, rate=_("{rate} MB/s"), amount=_("{rows} MB"))

    def step(self, done: int, total: int) -> None:
        whole = done // _MEGABYTE
        self._meter.expect(total // _MEGABYTE)
        self._meter.step(whole - self._done, whole)
        self._done = whole


@private_files()
def copy(settings: Settings, *, calmly: bool) -> int:
    """Make a copy; return 0 when it is proved good, 1 when the ledger is not right.

    ``calmly``: give way to whoever else wants the processor, where the system knows such a thing.
    """
    if calmly and hasattr(os, "nice"):
        os.nice(_MODEST)
    try:
        with Meter() as meter:
            made = Backups(settings.database_url, settings.copies_dir).make(_Shown(meter))
    except CopyNotGood as refusal:
        return _not_good(refusal)
    click.echo(
        _("Copied and proved: {rows} movements, {size} MB. {path}").format(
            rows=format_quantity(made.note.sequence),
            size=format_quantity(max(1, made.note.size // _MEGABYTE)),
            path=made.path,
        )
    )
    tell_owner(made.path, settings.copies_dir)
    return 0


def copies(settings: Settings) -> int:
    """List the copies, newest first; return 0."""
    found = Backups(settings.database_url, settings.copies_dir).listing()
    if not found:
        click.echo(
            _("There is no copy yet in {folder}. Make one: almoxarife copiar").format(
                folder=settings.copies_dir
            )
        )
    for one in found:
        click.echo(
            _("{made_at}  up to movement No. {rows}  {path}").format(path=one.path, **_words(one.note))
        )
    return 0


@private_files()
def restore(settings: Settings, path: Path, *, sure: bool) -> int:
    """Put a copy back; return 0 when it is in place, 1 when the copy is not good or it was not meant."""
    # What cannot be put back is refused before anything is asked.
    note = note_of(path, settings.database_url)
    present = end_of(settings.database_url)
    if not sure:
        click.echo(_("The copy: the ledger of {made_at}, up to movement No. {rows}.").format(**_words(note)))
        if present is not None:
            rows = format_quantity(present)
            click.echo(
                _("The present database ends with movement No. {rows}. It will be kept beside.").format(
                    rows=rows
                )
            )
        if not agreed(_("Put {name} in its place?").format(name=path.name)):
            click.echo(_("Nothing was changed."))
            return 1
    try:
        with Meter() as meter:
            _note, aside = put_back(path, settings.database_url, _Shown(meter))
    except CopyNotGood as refusal:
        return _not_good(refusal)
    further = Backups(settings.database_url, settings.copies_dir).put_aside(note)
    click.echo(_("Restored: the ledger of {made_at}, up to movement No. {rows}.").format(**_words(note)))
    if aside:
        click.echo(_("What was there before: {place}").format(place=aside))
    _tell_owner(settings.database_url, aside)
    if present is not None and present > note.sequence:
        gone = present - note.sequence
        click.echo(
            ngettext(
                "{count} later movement is only there now.",
                "{count} later movements are only there now.",
                gone,
            ).format(count=format_quantity(gone))
        )
    if further is not None:
        click.echo(_("Later copies were put aside: {place}").format(place=further))
    return 0


def _tell_owner(database_url: str, aside: str) -> None:
    with closing(Database(database_url)) as database:
        path = database.sqlite_path()
    if path is not None:
        tell_owner(path, Path(aside) if aside else path.parent)


def _words(note: Note) -> dict[str, str]:
    moment = datetime.fromtimestamp(note.made_at // MICROSECONDS, shop_zone())
    return {"made_at": format_date_time(moment), "rows": format_quantity(note.sequence)}


def _not_good(refusal: CopyNotGood) -> int:
    findings = refusal.findings
    for finding in findings[:SHOWN]:
        click.echo(sentence(finding))
    click.echo(_("PROBLEM: the copy is not good, and was not kept."))
    return 1
