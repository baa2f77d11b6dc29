"""What can be done: save what a damaged SQLite file still holds into a new file, and tell what is lost."""

from __future__ import annotations

import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from almoxarife.clock import now_us
from almoxarife.features.audit import service as audit
from almoxarife.features.products import service as products
from almoxarife.features.salvage import rules
from almoxarife.features.salvage.rules import Apart, Receipt, TableOutcome, Watch
from almoxarife.features.salvage.setting_apart import SetApart
from almoxarife.features.salvage.store import Rescue
from almoxarife.features.verification.service import rebuild_balances, verify_everything
from almoxarife.ledger.store import hash_at
from almoxarife.ledger.verify import Report, proved_part
from almoxarife.ownership import hand_over
from almoxarife.storage import schema
from almoxarife.storage.copying import (
    flush_folder,
    is_open_elsewhere,
    let_go_of_log,
    replace_sqlite,
    stamp,
    unused,
)
from almoxarife.storage.database import Database
from almoxarife.storage.salvage.filling import Values, filling
from almoxarife.storage.salvage.image import Image
from almoxarife.storage.salvage.tables import Table
from almoxarife.storage.salvage.trees import Trees

_HASH = 10
# For each the chain is followed anew; a file with more of them has another trouble.
_MOST_MENDED = 50


@dataclass(frozen=True)
class Outcome:
    """What became of a file.

    ``end`` is the last movement that is proved, recorded at ``ended_at`` (microseconds since the epoch, None: there is
    none); ``known_end`` the largest of which anything tells. ``mended``: movements of which one flipped bit was put
    right. ``apart`` is the folder with what was set apart, if anything was. ``report`` is what `verificar` says of the
    new file.
    """

    path: Path
    tables: dict[str, TableOutcome]
    end: int
    ended_at: int | None
    known_end: int
    mended: list[int]
    stray_rows: int
    damaged_frames: int
    apart: Path | None
    receipt: Receipt | None
    report: Report

    @property
    def is_whole(self) -> bool:
        """Whether nothing is missing or wrong, as far as can be told."""
        whole = all(outcome.is_whole for outcome in self.tables.values())
        return whole and not (
            self.end < self.known_end
            or self.stray_rows
            or self.report.findings
            or self.receipt in {Receipt.APART, Receipt.NOWHERE}
        )


def source_of(database_url: str) -> Path:
    """Return the file of a database. Raises OnlySqlite, ConfigError."""
    with closing(Database(database_url)) as database:
        path = database.sqlite_path()
    if path is None:
        raise rules.OnlySqlite()
    return path


def salvage(
    source: Path,
    target: Path | None,
    watch: Watch,
    reasons: Callable[[Apart], str],
    receipt: tuple[int, bytes] | None = None,
    now: Callable[[], int] = now_us,
) -> Outcome:
    """Save what a damaged file holds into a new one; the damaged file and its log are only read.

    ``target``: the new file, by default one beside the damaged one. ``receipt``: sequence and hash of a movement that
    is looked for. The new ledger ends with the last movement that its chain proves; what comes after a break, and
    what else cannot be in it, is set apart in a folder beside it. Balances are made of the movements. The new file
    gets its name when all is done. Raises NoFile, TargetTaken, NothingToSave, SourceChanged, SchemaTooNew,
    Unavailable, OSError.
    """
    if not source.exists():
        raise rules.NoFile(name=str(source))
    if target is None:
        target = unused(source.parent, f"{source.stem}.salvo-em-{stamp(now())}", ".db")
    folder = target.with_name(f"{target.stem}.apartadas")
    for taken in (target, folder):
        if taken.exists():
            raise rules.TargetTaken(name=str(taken))
    before = _state(source)
    place = Path(tempfile.mkdtemp(prefix=".salvamento-", dir=target.parent))
    try:
        with SetApart(place / "apartadas", reasons) as apart:
            outcome = _saved(source, place / "salvo.db", apart, watch, receipt)
        if _state(source) != before:
            raise rules.SourceChanged(name=str(source))
        shutil.copymode(source, outcome.path)
        hand_over(outcome.path, source)
        if outcome.apart is not None:
            hand_over(outcome.apart, source)
            outcome.apart.rename(folder)
        outcome.path.rename(target)
        flush_folder(target.parent)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return _named(outcome, target, folder)


def require_unused(damaged: Path) -> None:
    """Refuse a file that another program has open: it would go on writing to it under its other name.

    Raises SourceInUse, OSError.
    """
    if damaged.exists() and is_open_elsewhere(damaged):
        raise rules.SourceInUse(name=str(damaged))


def put_in_place(new: Path, damaged: Path, now: Callable[[], int] = now_us) -> Path:
    """Give the new file the damaged one's name; return where the damaged one is now. Raises SourceInUse, OSError."""
    require_unused(damaged)
    aside = unused(damaged.parent, f"{damaged.stem}.danificado-em-{stamp(now())}", damaged.suffix)
    replace_sqlite(damaged, new, aside)
    return aside


def _saved(
    source: Path, path: Path, apart: SetApart, watch: Watch, receipt: tuple[int, bytes] | None
) -> Outcome:
    outcomes: defaultdict[str, TableOutcome] = defaultdict(TableOutcome)
    with closing(Database(f"sqlite:///{path.as_posix()}", bulk=True)) as database, Image(source) as image:
        trees = Trees(image)
        schema.make_as_of(database, _revision(trees))
        let_go_of_log(path)
        with filling(path) as new:
            rescue = Rescue(new, apart, outcomes)
            watch.begin("tables")
            rescue.from_trees(trees, watch)
            watch.begin("strays")
            rescue.from_strays(trees)
            rescue.put_stand_ins()
            rescue.take_out_orphans()
            known_end = rescue.known_end()
        if not any(
            outcome.saved for name, outcome in outcomes.items() if name in {"account", "product", "movement"}
        ):
            raise rules.NothingToSave(name=str(source))
        watch.begin("verify")
        # The program may have come to a newer version meanwhile.
        schema.migrate(database)
        end, digest, mended = _followed(database, path, apart, outcomes)
        with database.snapshot() as connection:
            audit_end = audit.first_changed_row(connection)
        _let_go(database, path)
        with filling(path) as new:
            rescue = Rescue(new, apart, outcomes)
            gone = rescue.cut(end, digest, audit_end)
            rescue.take_out_orphans()
            ended_at = rescue.recorded_at(end)
        report, found = _finished(database, receipt, gone)
    let_go_of_log(path)
    for name, outcome in outcomes.items():
        outcome.apart = apart.count[name]
    return Outcome(
        path,
        outcomes,
        end,
        ended_at,
        known_end,
        mended,
        trees.stray_rows,
        image.log.damaged,
        apart.folder if apart.count else None,
        found,
        report,
    )


def _followed(
    database: Database, path: Path, apart: SetApart, outcomes: defaultdict[str, TableOutcome]
) -> tuple[int, bytes, list[int]]:
    """Follow the chain as far as it goes, putting flipped bits right; return its end, and which movements had one."""
    mended: list[int] = []
    while True:
        with database.snapshot() as connection:
            end, digest = proved_part(connection)
        _let_go(database, path)
        with filling(path) as new:
            if len(mended) == _MOST_MENDED or not Rescue(new, apart, outcomes).mend(end, digest):
                return end, digest, mended
        mended.append(end + 1)


def _let_go(database: Database, path: Path) -> None:
    """Close the new file and bring all of it into one."""
    database.close()
    let_go_of_log(path)


def _finished(
    database: Database, receipt: tuple[int, bytes] | None, gone: list[Values]
) -> tuple[Report, Receipt | None]:
    """Make what is made of the rows, and look at everything as `verificar` does."""
    rebuild_balances(database)
    with database.unit_of_work() as connection:
        products.index_anew(connection)
    report = verify_everything(database)
    if receipt is None:
        return report, None
    with database.snapshot() as connection:
        if hash_at(connection, receipt[0]) == receipt[1]:
            return report, Receipt.PROVED
    is_apart = any((values[0], values[_HASH]) == receipt for values in gone)
    return report, Receipt.APART if is_apart else Receipt.NOWHERE


def _revision(trees: Trees) -> str | None:
    """Return which version the file's tables are of, None when that cannot be read."""
    told = [row.values for row in trees.rows(Table("alembic_version", (), keyed=False))]
    return str(told[0][0]) if len(told) == 1 and len(told[0]) == 1 else None


def _state(source: Path) -> list[tuple[int, int]]:
    """Return by what a file that was written to can be told."""
    log = source.with_name(source.name + "-wal")
    return [
        (status.st_size, status.st_mtime_ns)
        for status in (path.stat() for path in (source, log) if path.exists())
    ]


def _named(outcome: Outcome, target: Path, folder: Path) -> Outcome:
    return replace(outcome, path=target, apart=folder if outcome.apart is not None else None)
