"""What the person at the terminal reads when a command cannot do its work."""

from __future__ import annotations

import errno
import json

from almoxarife.cli.postgresql_words import translated
from almoxarife.config import ConfigError
from almoxarife.errors import DomainError, Unavailable
from almoxarife.features.accounts.rules import AccountNotFound
from almoxarife.features.backups.rules import (
    DatabaseInUse,
    NotACopy,
    ReceiptMissing,
    ToolFailed,
    ToolMissing,
    ToolTooOld,
)
from almoxarife.features.imports.rules import NobodyRegistered, OtherUser
from almoxarife.features.moving import rules as moving
from almoxarife.features.salvage import rules as salvage
from almoxarife.file_lock import StillLocked
from almoxarife.i18n import N_, _
from almoxarife.ledger.rules import BalanceOutOfBounds, IdConflict
from almoxarife.storage.schema import MoveUnfinished, SchemaOutdated, SchemaTooNew

_SETTINGS = {
    "port": N_("The port “{value}” cannot be used: it must be a number from 1 to 65535."),
    "same_port": N_("The live feed cannot use the API's port {value}; choose another with --porta-eventos."),
    "choice": N_("“{value}” is no choice for --{setting}; the choices are: {choices}."),
    "zone": N_("There is no time zone “{value}”; an example for ALMOXARIFE_FUSO: America/Manaus"),
    "hours": N_("“{value}” is no number of hours for --{setting}: 24, for example, or 0 for never."),
    "tls_half": N_("“{value}” alone is not enough: a certificate needs its key; also give --{setting}."),
    "tls_server": N_(
        "waitress does not encrypt, and other computers would reach it. Use granian, or say that it may be so with "
        "--inseguro."
    ),
    "tls_files": N_(
        "Certificate and key cannot be used ({value}): both in PEM, of each other, the key without password."
    ),
    "milliseconds": N_("“{value}” is no number of milliseconds for --{setting}: 1000, for example."),
    "receipt": N_("“{value}” is no receipt: the number, a colon and the 64 characters of the hash."),
    "url": N_("The server's address “{value}” cannot be used; an example: http://127.0.0.1:5000"),
    "database_url": N_(
        "The database's address cannot be used; examples: sqlite:////folder/almoxarife.db and "
        "postgresql+psycopg://user:password@server/database"
    ),
    "no_database": N_(
        "There is no database at {value}. The system makes it when it starts; --dados and --banco name another place."
    ),
    "not_ours": N_(
        "What was found is no database of Almoxarife; --dados and --banco name another place to look for one."
    ),
    "no_sqlite": N_(
        "What was found is no database of Almoxarife; --dados and --banco name another place to look for one. If it "
        "was one and is damaged, save what it still holds: almoxarife salvar"
    ),
    "no_driver": N_("PostgreSQL needs its driver: install the extra “postgres” (psycopg)."),
}
_COPIES = {
    "not_there": N_("There is no file {name}."),
    "no_note": N_("Beside {name} its note, {name}.json, is missing; a copy is restored together with it."),
    "bad_note": N_("The note beside {name} cannot be read."),
    "other_kind": N_("{name} is a copy of the other kind of database (SQLite, PostgreSQL)."),
    "changed": N_("{name} is not as it was written: it was changed or damaged. Nothing was restored."),
    "other_end": N_("{name} does not end where its note says. Nothing was restored."),
}
_LOCKED = N_(
    "Another program has held “{path}” for more than {seconds} s. It may hang: end it, then start again."
)
_LOCKED_BY = N_(
    "Another program, process {pid}, has held “{path}” for more than {seconds} s. It may hang: end it, then start "
    "again."
)
# The system's own words for these are English.
_REASONS = {
    errno.EACCES: N_("this user may not do that"),
    errno.EPERM: N_("this user may not do that"),
    errno.EEXIST: N_("it is no folder"),
    errno.ENOTDIR: N_("it is no folder"),
    errno.ENOENT: N_("it does not exist and cannot be made"),
    errno.ENOSPC: N_("no room is left on the disk"),
    errno.EROFS: N_("it can only be read"),
}
# What can be done when the database cannot be opened, or does not take what is written.
_REMEDIES = {
    "full": N_("No room is left on its disk: make some, then start again."),
    "read_only": N_(
        "It can only be read: let this user write to the file and its folder, or name another with --dados."
    ),
    "read_only_disk": N_(
        "Its disk can only be read, as after an error: see the system's log. Unmount it, check it (fsck), mount it "
        "again, then start."
    ),
    "locked": N_("Another program is writing to it: wait for that, or end it."),
    "disk": N_("Its disk failed: look at the disk, then start again."),
    "damaged": N_(
        "The file is damaged: put a copy in its place (almoxarife restaurar), or save what it still holds "
        "(almoxarife salvar)."
    ),
}
_ERRORS: dict[type[DomainError], str] = {
    Unavailable: N_("The database cannot be opened: {reason}"),
    SchemaOutdated: N_("The database is of an older version. Run once: almoxarife migrar"),
    AccountNotFound: N_("There is no account “{username}”."),
    NobodyRegistered: N_("There is no account yet. Register the first one in the register program."),
    OtherUser: N_(
        "{username} has imported this file, or a part of it. To go on, use --usuario {username}; "
        "when it is complete, --de-novo imports it once more."
    ),
    IdConflict: N_("The id of an entry was used by somebody else meanwhile. Check the file once more."),
    BalanceOutOfBounds: N_("The stock of a product would become larger than the system can hold."),
    ReceiptMissing: N_(
        "PROBLEM: the ledger does not contain movement No. {sequence} any more with which the copy {name} ended: an "
        "older database was put in its place, or its end was lost. No copy was made, the earlier ones are untouched."
    ),
    DatabaseInUse: N_("The database is open in another program. End the system first, then restore."),
    ToolMissing: N_("The program {tool} of PostgreSQL was not found; install PostgreSQL's client programs."),
    ToolTooOld: N_(
        "The program {tool} of PostgreSQL is of release {own}, the server of release {server}. Install PostgreSQL's "
        "client programs of release {server}; where they are there, put their folder first in PATH."
    ),
    ToolFailed: N_("The program {tool} of PostgreSQL gave up: {words}"),
    MoveUnfinished: N_(
        "Everything is being moved to this database from another one, and that has not come to its end. Go on with: "
        "almoxarife migrar-banco"
    ),
    moving.SameDatabase: N_("--de and --para lead to the same database."),
    moving.TargetNotEmpty: N_(
        "The database to move to is in use already: it has rows in “{table}”. Nothing was moved."
    ),
    moving.SourceNotRight: N_(
        "PROBLEM: the database to move from is not right. See: almoxarife verificar. Nothing was moved."
    ),
    moving.SourceGrows: N_(
        "The database was written to all the time. End the system, then give the command again."
    ),
    moving.SidesDiffer: N_(
        "PROBLEM: “{table}” is not the same on both sides. The database to move to stays closed; delete it and "
        "begin anew."
    ),
    salvage.NoFile: N_("There is no file {name}."),
    salvage.TargetTaken: N_(
        "There is {name} already, and nothing is written over. Choose another name with --para."
    ),
    salvage.NothingToSave: N_(
        "PROBLEM: nothing of Almoxarife's could be found in {name}. Put a copy in its place: almoxarife copias"
    ),
    salvage.SourceChanged: N_(
        "{name} was written to meanwhile. End the system, then give the command again."
    ),
    salvage.SourceInUse: N_(
        "{name} is open in another program. End the system, then give the command again."
    ),
    salvage.OnlySqlite: N_(
        "Only SQLite files can be saved so; the database of --banco is PostgreSQL's. See: almoxarife restaurar"
    ),
    SchemaTooNew: N_("The database is of a newer version than this program. Update the program."),
}


def sentence(error: DomainError) -> str:
    """Return what happened and what to do."""
    if isinstance(error, NotACopy):
        return _(_COPIES[str(error.parameters["reason"])]).format_map(error.parameters)
    if isinstance(error, StillLocked):
        words = _LOCKED if error.parameters["pid"] is None else _LOCKED_BY
        return _(words).format_map(error.parameters)
    if isinstance(error, ConfigError):
        return _(_SETTINGS[str(error.parameters["reason"])]).format_map(error.parameters)
    if isinstance(error, Unavailable) and error.parameters.get("reason") in _REMEDIES:
        opened = _(_ERRORS[Unavailable]).format(reason=_reason(error).rstrip("."))
        return f"{opened}. {_(_REMEDIES[str(error.parameters['reason'])])}"
    template = next((_ERRORS[kind] for kind in type(error).__mro__ if kind in _ERRORS), None)
    if template is None:
        # What the server would refuse in the same words.
        from almoxarife.server.refusals import answer_to

        message: str = json.loads(answer_to(error).text)["mensagem"]
        return message
    return _(template).format_map({**error.parameters, "reason": _reason(error)})


def file_sentence(error: OSError) -> str:
    """Return which file or folder cannot be used."""
    reason = _REASONS.get(error.errno or 0)
    words = _(reason) if reason is not None else error.strerror
    return _("“{path}” cannot be used: {reason}.").format(path=error.filename, reason=words)


def _reason(error: DomainError) -> str:
    """Return the driver's words in one line; they name files and hosts, never passwords."""
    cause = getattr(error.__cause__, "orig", None) or error.__cause__
    return translated(" ".join(str(cause).split()))
