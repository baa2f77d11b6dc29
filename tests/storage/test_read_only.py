"""A database that may only be read for a while, or whose whole disk may: why is told, and it passes."""

from __future__ import annotations

import errno
import os
import tempfile

import pytest

from almoxarife.cli import errors
from almoxarife.errors import Unavailable
from almoxarife.features.products.service import Products
from almoxarife.server.refusals import answer_to
from almoxarife.storage import schema
from almoxarife.storage.database import Database
from tests.databases import only_sqlite

from .appending import prepare_shop
from .test_broken import fail_with

pytestmark = only_sqlite


def refused(database: Database) -> Unavailable:
    with pytest.raises(Unavailable) as refusal:
        Products(database).create("Arruela")
    return refusal.value


@pytest.mark.parametrize(
    "name", ["SQLITE_READONLY", pytest.param("SQLITE_IOERR_WRITE", marks=pytest.mark.logs_errors)]
)
@pytest.mark.parametrize(("fault", "of_disk"), [(errno.EROFS, True), (errno.EACCES, False), (None, False)])
def test_a_disk_that_takes_nothing_is_told_from_a_file_that_does_not(
    database: Database, monkeypatch: pytest.MonkeyPatch, name: str, fault: int | None, of_disk: bool
) -> None:
    prepare_shop(database)
    fail_with(database, name, when="INSERT INTO product")

    def open_file(**_where: object) -> object:
        if fault is not None:
            raise OSError(fault, os.strerror(fault))
        return tempfile.SpooledTemporaryFile()

    monkeypatch.setattr(tempfile, "TemporaryFile", open_file)
    refusal = refused(database)
    other = "read_only" if name == "SQLITE_READONLY" else "disk"
    assert refusal.parameters["reason"] == ("read_only_disk" if of_disk else other)
    assert database.trouble == refusal.parameters["reason"]
    if of_disk:
        assert "O disco do servidor só pode ser lido, como depois de um erro" in answer_to(refusal).text
        assert "verifique-o (fsck), monte-o de novo e inicie." in errors.sentence(refusal)


def test_who_was_opened_meanwhile_does_not_only_read_for_ever(database: Database) -> None:
    prepare_shop(database)
    path = database.sqlite_path()
    assert path is not None
    database._writer.close()
    connections = [database.engine.connect() for _number in range(3)]
    for connection in connections:
        # As if it had been opened while the file might not be written.
        connection.exec_driver_sql("PRAGMA query_only=ON")
        connection.close()
    assert refused(database).parameters["reason"] == database.trouble == "read_only"
    assert Products(database).create("Arruela").number == 2
    assert database.trouble is None


def test_a_start_tells_of_a_disk_that_takes_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite alone finds nothing: it opens the file, and a transaction without rows writes none."""

    def open_file(**_where: object) -> object:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(tempfile, "TemporaryFile", open_file)
    with pytest.raises(Unavailable) as refusal:
        schema.prepare(database)
    assert errors.sentence(refusal.value).startswith(
        "O banco de dados não pôde ser aberto: [Errno 30] Read-only file system. O disco só pode ser lido"
    )
