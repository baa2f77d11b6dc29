"""How each kind of database is copied, unpacked and put in place: all that knows SQLite from PostgreSQL here."""

from __future__ import annotations

import gzip
import sqlite3
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, Protocol

from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from almoxarife.clock import MICROSECONDS
from almoxarife.errors import Unavailable
from almoxarife.features.backups import rules
from almoxarife.features.backups.rules import Watch
from almoxarife.ownership import make_folder
from almoxarife.storage import copying, schema
from almoxarife.storage import copying_postgresql as postgresql
from almoxarife.storage.database import Database

# Nobody works on one copy for longer; what is older was left behind.
LONGEST_WORK_US = 86_400 * MICROSECONDS
_PIECE = 1 << 20
# A ledger is mostly hashes, which nothing makes smaller; more effort gains little.
_EFFORT = 3
_RETRY_AFTER_S = 2


class Kind(Protocol):
    """One kind of database."""

    name: str
    ending: str

    def copy(self, target: Path, place: Path, watch: Watch) -> None:
        """Write the database, packed, to a new file; ``place`` is a folder for what is needed on the way."""

    def unpacked(self, packed: Path, place: Path, watch: Watch) -> AbstractContextManager[str]:
        """Unpack a copy to somewhere else for a while; gives the URL of the database there."""

    def beside(self) -> AbstractContextManager[Path]:
        """Make a folder beside the database for a while."""

    def put_in_place(self, url: str, now: int) -> str:
        """Put an unpacked copy in the place of the database; return where that one is now, or an empty text."""


def of(database_url: str) -> Kind:
    """Return the kind of a database's URL. Raises ConfigError when it is none."""
    database = Database(database_url)
    path = database.sqlite_path()
    database.close()
    return _Sqlite(database_url, path) if path is not None else _Postgresql(database_url)


class _Sqlite:
    name, ending = "sqlite", ".db.gz"

    def __init__(self, url: str, path: Path) -> None:
        self._url = url
        self._path = path

    def copy(self, target: Path, place: Path, watch: Watch) -> None:
        _check(self._url)
        whole = place / "inteira.db"
        watch.begin("copy")
        try:
            copying.copy_sqlite(self._path, whole, watch.step)
        except sqlite3.Error as fault:
            raise Unavailable(retry_after_s=_RETRY_AFTER_S) from fault
        watch.begin("compress")
        with whole.open("rb") as source, gzip.open(target, "wb", compresslevel=_EFFORT) as packed:
            _pour(source, packed, whole.stat().st_size, watch.step)
        whole.unlink()
        copying.flush(target)

    @contextmanager
    def unpacked(self, packed: Path, place: Path, watch: Watch) -> Iterator[str]:
        target = place / "conferida.db"
        watch.begin("unpack")
        try:
            with gzip.open(packed, "rb") as source, target.open("wb") as whole:
                _pour(source, whole, 0, watch.step)
        except (EOFError, gzip.BadGzipFile, zlib.error) as fault:
            raise rules.NotACopy(name=packed.name, reason="changed") from fault
        copying.flush(target)
        yield f"sqlite:///{target.as_posix()}"

    @contextmanager
    def beside(self) -> Iterator[Path]:
        make_folder(self._path.parent)
        with tempfile.TemporaryDirectory(
            prefix=".restauracao-", dir=self._path.parent, ignore_cleanup_errors=True
        ) as place:
            yield Path(place)

    def put_in_place(self, url: str, now: int) -> str:
        new = Path(str(make_url(url).database))
        try:
            copying.let_go_of_log(new)
            copying.let_go_of_log(self._path)
        except copying.InUse as fault:
            raise rules.DatabaseInUse() from fault
        there_was = self._path.exists()
        aside = self._path.with_name(
            f"{self._path.stem}.substituido-em-{copying.stamp(now)}{self._path.suffix}"
        )
        copying.replace_sqlite(self._path, new, aside)
        return str(aside) if there_was else ""


class _Postgresql:
    name, ending = "postgresql", ".dump"

    def __init__(self, url: str) -> None:
        self._text = url
        self._url = make_url(url)

    def copy(self, target: Path, place: Path, watch: Watch) -> None:  # noqa: ARG002 - it is packed as it is written
        _check(self._text)
        watch.begin("copy")
        database = Database(self._text)
        try:
            with _tools(), postgresql.exported_snapshot(database) as snapshot:
                postgresql.dump(self._url, target, snapshot)
        finally:
            database.close()

    @contextmanager
    def unpacked(self, packed: Path, place: Path, watch: Watch) -> Iterator[str]:  # noqa: ARG002 - on the server
        watch.begin("unpack")
        with _tools(), postgresql.temporary_database(self._url) as url:
            postgresql.load(url, packed)
            yield url.render_as_string(hide_password=False)

    @contextmanager
    def beside(self) -> Iterator[Path]:
        yield Path()

    def put_in_place(self, url: str, now: int) -> str:
        aside = postgresql.aside_name(self._url, f"_substituido_em_{copying.stamp(now).replace('-', '')}")
        try:
            with _tools():
                postgresql.replace_postgresql(self._url, make_url(url), aside)
        except copying.InUse as fault:
            raise rules.DatabaseInUse() from fault
        return aside


@contextmanager
def _tools() -> Iterator[None]:
    """Turn what PostgreSQL's own programs, or its server, say into refusals."""
    try:
        yield
    except postgresql.NoTool as fault:
        raise rules.ToolMissing(tool=fault.args[0]) from fault
    except postgresql.ToolTooOld as fault:
        tool, own, server = fault.args
        raise rules.ToolTooOld(tool=tool, own=own, server=server) from fault
    except postgresql.ToolGaveUp as fault:
        raise rules.ToolFailed(tool=fault.args[0], words=fault.args[1]) from fault
    except DBAPIError as fault:
        raise Unavailable(retry_after_s=_RETRY_AFTER_S) from fault


def _check(url: str) -> None:
    database = Database(url)
    try:
        schema.check(database)
    finally:
        database.close()


def _pour(
    source: IO[bytes] | gzip.GzipFile,
    target: IO[bytes] | gzip.GzipFile,
    total: int,
    step: Callable[[int, int], None],
) -> None:
    done = 0
    while piece := source.read(_PIECE):
        target.write(piece)
        done += len(piece)
        step(done, total)
