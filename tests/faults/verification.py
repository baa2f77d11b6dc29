"""The command ``verificar``, and damage that it must find."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import text

from almoxarife.storage.database import Database
from tests.server.running import almoxarife

GREEN = "Tudo certo: {rows} movimentos, cadeia e saldos íntegros. Último recibo: "


def verify(database_url: str, folder: Path) -> tuple[int, list[str]]:
    """Run the command; return its status and its lines."""
    done = almoxarife("verificar", "--banco", database_url, "--dados", str(folder))
    assert done.stderr == ""
    return done.returncode, done.stdout.splitlines()


def assert_green(database_url: str, folder: Path, rows: str | None = None) -> None:
    """Fail unless the command says that all is right, with so many rows in the Brazilian form."""
    status, lines = verify(database_url, folder)
    assert status == 0, lines
    beginning, end = GREEN.split("{rows}")
    assert lines[-1].startswith(beginning if rows is None else f"{beginning}{rows}{end}"), lines


def assert_red(database_url: str, folder: Path, row: str) -> None:
    """Fail unless the command names the row that was changed, in the Brazilian form."""
    status, lines = verify(database_url, folder)
    assert status == 1, lines
    assert any(f"nº {row}" in line for line in lines[:-1]), lines
    assert lines[-1].startswith("PROBLEMA"), lines


def change_one_byte(database_url: str, row: int) -> None:
    """Change one byte of a row's stored hash, in the file itself or past the database's triggers."""
    if database_url.startswith("sqlite"):
        path = Path(database_url.removeprefix("sqlite:///"))
        with closing(sqlite3.connect(path)) as connection:
            # What is still in the log alone would be read in place of the file.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (found,) = connection.execute("SELECT hash FROM movement WHERE sequence = ?", (row,)).fetchone()
        content = bytearray(path.read_bytes())
        assert content.count(found) == 1
        content[content.find(found) + 7] ^= 1
        path.write_bytes(content)
        return
    database = Database(database_url)
    with database.unit_of_work() as connection:
        connection.execute(text("ALTER TABLE movement DISABLE TRIGGER USER"))
        connection.execute(
            text("UPDATE movement SET hash = set_byte(hash, 7, get_byte(hash, 7) # 1) WHERE sequence = :row"),
            {"row": row},
        )
        connection.execute(text("ALTER TABLE movement ENABLE TRIGGER USER"))
    database.close()
