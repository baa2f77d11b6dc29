"""Commands about the database itself; each runs beside a running server as well as alone."""

from __future__ import annotations

import re

import click

from almoxarife.cli.owners import private_files
from almoxarife.config import ConfigError, Settings
from almoxarife.features.verification.service import contains_receipt, rebuild_balances, verify_everything
from almoxarife.i18n import N_, _, format_quantity, ngettext
from almoxarife.ledger.second_process import SecondProcess
from almoxarife.ledger.verify import Fault, Finding, Report
from almoxarife.storage import schema
from almoxarife.storage.database import Database

FAULTS = {
    Fault.GAP: N_("Movement No. {row} is missing."),
    Fault.CHANGED_ROW: N_("Movement No. {row} was changed, or one before it was taken out."),
    Fault.WRONG_HEAD: N_("The ledger's end does not fit its last movement, No. {row}."),
    Fault.WRONG_BALANCE: N_("The balance of {detail} is not the sum of its movements."),
    Fault.WRONG_LOT_BALANCE: N_("The balance of the lot {detail} is not the sum of its movements."),
    Fault.STRAY_DETAIL: N_("There are details of movements that are not there; the last one is No. {row}."),
    Fault.DAMAGED_FILE: N_("The file of the database is damaged: {detail}"),
    Fault.CHANGED_NAME: N_("The name of {detail} was changed outside the system."),
    Fault.CHANGED_AUDIT: N_("Row {row} of the audit list was changed, or one before it was taken out."),
}
SHOWN = 20
_SHOWN_CHARACTERS = 80
# A sequence of up to 18 digits, and the hash of a movement.
_RECEIPT = re.compile("([0-9]{1,18}):([0-9a-f]{64})")
_CONTAINED = N_("The ledger contains the receipt No. {row}.")
_NOT_CONTAINED = N_(
    "PROBLEM: the ledger does not contain the receipt No. {row}: it lost its end, or it is another one."
)


@private_files()
def migrate(settings: Settings) -> int:
    """Bring the database to this version; return 0."""
    database = Database(settings.database_url)
    try:
        changed = schema.migrate(database)
    finally:
        database.close()
    click.echo(_("The database is now of this version.") if changed else _("The database was up to date."))
    return 0


def verify(settings: Settings, receipt: str | None = None, second: SecondProcess | None = None) -> int:
    """Verify the ledger; return 0 when everything is right and 1 when something is not.

    ``receipt``: ``number:hash`` of a movement that the ledger must contain, too. ``second``: a process that has begun
    already to look at the database's file.
    """
    given = read_receipt(receipt) if receipt is not None else None
    database = Database(settings.database_url)
    try:
        report = verify_everything(database, second)
        contained = given is None or contains_receipt(database, *given)
    finally:
        database.close()
    status = _tell(report)
    if given is not None:
        sentence_of = _CONTAINED if contained else _NOT_CONTAINED
        click.echo(_(sentence_of).format(row=format_quantity(given[0])))
    return status if contained else 1


def read_receipt(text: str) -> tuple[int, bytes]:
    """Return sequence and hash of a receipt as people type it. Raises ConfigError."""
    found = _RECEIPT.fullmatch(text.strip().lower())
    if found is None:
        raise ConfigError(setting="recibo", value=text[:_SHOWN_CHARACTERS], reason="receipt")
    return int(found[1]), bytes.fromhex(found[2])


def _tell(report: Report) -> int:
    for finding in report.findings[:SHOWN]:
        click.echo(sentence(finding))
    if Fault.DAMAGED_FILE in {finding.fault for finding in report.findings}:
        click.echo(_("What a damaged file still holds is saved into a new one by: almoxarife salvar"))
    count = len(report.findings)
    rows = format_quantity(report.rows)
    if count:
        click.echo(
            ngettext(
                "PROBLEM: {count} fault found; the ledger is right up to movement No. {rows}.",
                "PROBLEM: {count} faults found; the ledger is right up to movement No. {rows}.",
                count,
            ).format(count=format_quantity(count), rows=rows)
        )
        return 1
    click.echo(
        _("All right: {rows} movements, chain and balances are whole. Last receipt: {receipt}").format(
            rows=rows, receipt=report.last_hash.hex()
        )
    )
    return 0


def rebuild(settings: Settings) -> int:
    """Make every balance the sum of its movements; return 0, or 1 when the movements themselves are not right."""
    database = Database(settings.database_url)
    try:
        faults = {finding.fault for finding in verify_everything(database).findings}
        if faults - {Fault.WRONG_BALANCE, Fault.WRONG_LOT_BALANCE}:
            click.echo(
                _("PROBLEM: the balances were left as they are, because more is wrong. See: verificar")
            )
            return 1
        rebuild_balances(database)
    finally:
        database.close()
    click.echo(_("Every balance is the sum of its movements."))
    return 0


def sentence(finding: Finding) -> str:
    """Return what is wrong, for the person at the terminal."""
    return _(FAULTS[finding.fault]).format(row=format_quantity(finding.row), detail=finding.detail)
