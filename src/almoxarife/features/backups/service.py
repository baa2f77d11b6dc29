"""What can be done with copies: made and proved, listed, put back."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from almoxarife import __version__
from almoxarife.clock import now_us
from almoxarife.errors import DomainError
from almoxarife.features.backups import rules, store
from almoxarife.features.backups.rules import Copy, Note, Watch
from almoxarife.features.verification.service import verify_everything
from almoxarife.ledger.store import hash_at, read_head
from almoxarife.ledger.verify import Finding, Report
from almoxarife.ownership import hand_over, make_folder
from almoxarife.storage import schema
from almoxarife.storage.copying import flush, flush_folder, unused
from almoxarife.storage.database import Database

# What is not finished yet, or was given up, has names that begin with this.
UNFINISHED = ".parcial-"


class CopyNotGood(DomainError):
    """A copy does not hold what it should: ``findings`` tells what; nothing was kept or changed."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings=findings)
        self.findings = findings


class Backups:
    """The copies of one database, in a folder."""

    def __init__(self, database_url: str, folder: Path, now: Callable[[], int] = now_us) -> None:
        """``now``: microseconds since the epoch."""
        self._url = database_url
        self._folder = folder
        self._now = now

    def make(self, watch: Watch) -> Copy:
        """Copy the database while others write, unpack the copy elsewhere and prove it, and only then keep it.

        Older copies that are not to be kept any longer are deleted after that. Raises CopyNotGood, ReceiptMissing,
        ToolMissing, ToolTooOld, ToolFailed, SchemaOutdated, SchemaTooNew, NotOurDatabase, Unavailable, OSError.
        """
        make_folder(self._folder)
        kind = store.of(self._url)
        with self._workplace() as place:
            packed = place / f"copia{kind.ending}"
            kind.copy(packed, place, watch)
            with kind.unpacked(packed, place, watch) as copy_url, closing(Database(copy_url)) as database:
                report = _proved(database, watch)
                self._require_receipts(database)
            made_at = self._now()
            note = Note(
                made_at,
                report.rows,
                report.last_hash.hex(),
                kind.name,
                schema.HEAD,
                __version__,
                packed.stat().st_size,
                _digest(packed),
            )
            copy = self._keep(packed, note, kind.ending)
        self._thin_out()
        return copy

    def listing(self) -> list[Copy]:
        """Return the copies that were proved good, newest first. A file without a note is none."""
        found = (self._read(path) for path in self._folder.glob("*.json") if not path.name.startswith("."))
        return sorted(
            (one for one in found if one is not None), key=lambda one: one.note.made_at, reverse=True
        )

    def last_made_at(self) -> int | None:
        """Return when the newest good copy was made (microseconds since the epoch), None when there is none."""
        return max((one.note.made_at for one in self.listing()), default=None)

    def put_aside(self, restored: Note) -> Path | None:
        """Move the copies that go further than one which was put back out of the way; return the folder they are in.

        The ledger no longer contains what they end with, and none of its later copies would be believed.
        """
        further = [copy for copy in self.listing() if copy.note.sequence > restored.sequence]
        if not further:
            return None
        folder = self._folder / f"{rules.name_of(self._now(), restored.sequence)}-antes-da-restauracao"
        folder.mkdir()
        hand_over(folder, self._folder)
        for copy in further:
            copy.path.rename(folder / copy.path.name)
            note = rules.note_path(copy.path)
            note.rename(folder / note.name)
        return folder

    def _require_receipts(self, database: Database) -> None:
        """Refuse a ledger that does not contain what the earlier copies ended with. Raises ReceiptMissing."""
        with database.snapshot() as connection:
            for earlier in self.listing():
                found = hash_at(connection, earlier.note.sequence)
                if found is None or found.hex() != earlier.note.receipt:
                    raise rules.ReceiptMissing(sequence=earlier.note.sequence, name=earlier.path.name)

    def _keep(self, packed: Path, note: Note, ending: str) -> Copy:
        target = unused(self._folder, rules.name_of(note.made_at, note.sequence), ending)
        # The note last: only what has one is a copy.
        hand_over(packed, self._folder)
        packed.rename(target)
        written = packed.with_name("nota.json")
        written.write_text(note.to_json(), encoding="utf-8")
        flush(written)
        hand_over(written, self._folder)
        written.rename(rules.note_path(target))
        flush_folder(self._folder)
        return Copy(target, note)

    def _thin_out(self) -> None:
        copies = self.listing()
        keep = rules.kept((copy.note.made_at for copy in copies), self._now())
        for copy in copies:
            if copy.note.made_at not in keep:
                rules.note_path(copy.path).unlink(missing_ok=True)
                copy.path.unlink(missing_ok=True)

    @contextmanager
    def _workplace(self) -> Iterator[Path]:
        """Yield a folder for what is not finished, which nobody else may read; what others left behind goes, too."""
        for left in self._folder.glob(f"{UNFINISHED}*"):
            if self._now() - left.stat().st_mtime_ns // 1_000 > store.LONGEST_WORK_US:
                shutil.rmtree(left, ignore_errors=True)
        place = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=self._folder))
        try:
            yield place
        finally:
            shutil.rmtree(place, ignore_errors=True)

    @staticmethod
    def _read(path: Path) -> Copy | None:
        try:
            note = Note.from_json(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        copy = path.with_name(path.name.removesuffix(".json"))
        return Copy(copy, note) if copy.exists() else None


def restore(path: Path, database_url: str, watch: Watch, now: Callable[[], int] = now_us) -> tuple[Note, str]:
    """Put a copy in the place of a database, which is kept beside it; return the copy's note and where the old one is.

    Everything is proved before anything is touched. An empty text: there was no database. Raises NotACopy,
    CopyNotGood, DatabaseInUse, ToolMissing, ToolTooOld, ToolFailed, Unavailable, OSError.
    """
    note = note_of(path, database_url)
    kind = store.of(database_url)
    if path.stat().st_size != note.size or _digest(path) != note.sha256:
        raise rules.NotACopy(name=path.name, reason="changed")
    with kind.beside() as place, kind.unpacked(path, place, watch) as copy_url:
        with closing(Database(copy_url)) as database:
            # It may be of an earlier version of the program.
            schema.migrate(database)
            report = _proved(database, watch)
        if (report.rows, report.last_hash.hex()) != (note.sequence, note.receipt):
            raise rules.NotACopy(name=path.name, reason="other_end")
        return note, kind.put_in_place(copy_url, now())


def note_of(path: Path, database_url: str) -> Note:
    """Return what the note beside a copy says, which is to be put in a database's place. Raises NotACopy."""
    note = _note_of(path)
    if note.database != store.of(database_url).name:
        raise rules.NotACopy(name=path.name, reason="other_kind")
    return note


def end_of(database_url: str) -> int | None:
    """Return the last sequence of the present ledger; None when there is none that can be read."""
    try:
        with closing(Database(database_url)) as database:
            schema.check(database)
            with database.snapshot() as connection:
                return read_head(connection).sequence
    except DomainError:
        return None


def _proved(database: Database, watch: Watch) -> Report:
    """Return what a copy holds. Raises CopyNotGood."""
    watch.begin("verify")
    report = verify_everything(database)
    if report.findings:
        raise CopyNotGood(report.findings)
    return report


def _note_of(path: Path) -> Note:
    if not path.exists():
        raise rules.NotACopy(name=path.name, reason="not_there")
    try:
        return Note.from_json(rules.note_path(path).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise rules.NotACopy(name=path.name, reason="no_note") from None
    except ValueError:
        raise rules.NotACopy(name=path.name, reason="bad_note") from None


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
