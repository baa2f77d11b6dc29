"""Commands that look at the database: whole, empty, damaged, of another version, not there."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from almoxarife.storage.database import Database
from tests.databases import PostgresqlServer
from tests.faults.verification import change_one_byte
from tests.server.filling import fill
from tests.server.running import free_port

from .terminal import Terminal

ALL = ("api", "migrar", "verificar", "refazer-saldos")


def run(terminal: Terminal, command: str, folder: Path, database_url: str | None = None) -> tuple[int, str]:
    """Run a command that must end by itself; return its status and the one line that it says."""
    where = ["--banco", database_url] if database_url else []
    port = ["--porta", str(free_port())] if command == "api" else []
    seen = terminal(command, "--dados", str(folder), *where, *port)
    return seen.status, seen.line


def verify(terminal: Terminal, database_url: str, folder: Path) -> tuple[int, list[str]]:
    """Run the command; return its status and its lines."""
    seen = terminal("verificar", "--banco", database_url, "--dados", str(folder))
    assert seen.errors == ""
    return seen.status, seen.output.splitlines()


def assert_right(terminal: Terminal, database_url: str, folder: Path, rows: str) -> None:
    """Fail unless all is right with so many rows, in the Brazilian form, and the last receipt is told."""
    status, (line,) = verify(terminal, database_url, folder)
    assert status == 0
    receipt = line.removeprefix(f"Tudo certo: {rows} movimentos, cadeia e saldos íntegros. Último recibo: ")
    assert re.fullmatch("[0-9a-f]{64}", receipt), line


def test_an_empty_ledger_is_right(terminal: Terminal, database_url: str, tmp_path: Path) -> None:
    assert_right(terminal, database_url, tmp_path, "0")


def test_a_whole_ledger_is_right_and_a_changed_one_is_not(
    terminal: Terminal, database_url: str, tmp_path: Path
) -> None:
    fill(database_url, products=7, entries=1_500)
    assert_right(terminal, database_url, tmp_path, "1.500")
    change_one_byte(database_url, row=1_234)
    assert verify(terminal, database_url, tmp_path) == (
        1,
        [
            "O movimento nº 1.234 foi alterado, ou um anterior foi retirado.",
            "PROBLEMA: 1 falha encontrada; o livro-razão está certo até o movimento nº 1.233.",
        ],
    )


def test_wrong_balances_are_found_and_made_anew(
    terminal: Terminal, database_url: str, tmp_path: Path
) -> None:
    fill(database_url, products=3, entries=30)
    with closing(Database(database_url)) as database, database.unit_of_work() as connection:
        connection.execute(text("UPDATE balance SET quantity = quantity + 1 WHERE product_id = 2"))
    status, lines = verify(terminal, database_url, tmp_path)
    assert status == 1
    assert "O saldo de p2 não é a soma dos seus movimentos." in lines

    assert run(terminal, "refazer-saldos", tmp_path, database_url)[0] == 0

    assert_right(terminal, database_url, tmp_path, "30")


def test_only_the_first_twenty_of_many_faults_are_told(
    terminal: Terminal, database_url: str, tmp_path: Path
) -> None:
    fill(database_url, products=50, entries=50)
    with closing(Database(database_url)) as database, database.unit_of_work() as connection:
        connection.execute(text("UPDATE balance SET quantity = quantity + 1"))
    status, lines = verify(terminal, database_url, tmp_path)
    assert (status, len(lines)) == (1, 21)
    assert lines[-1].startswith("PROBLEMA: 50 falhas encontradas;")


def test_migration_of_sqlite_is_told(terminal: Terminal, tmp_path: Path) -> None:
    folder = tmp_path / "dados novos ção"
    assert run(terminal, "migrar", folder) == (0, "O banco de dados foi atualizado para esta versão.")
    assert run(terminal, "migrar", folder) == (0, "O banco de dados já estava atualizado.")
    assert_right(terminal, f"sqlite:///{folder / 'almoxarife.db'}", folder, "0")


def test_postgresql_is_migrated_on_command_only(
    terminal: Terminal, postgresql_server: PostgresqlServer, tmp_path: Path
) -> None:
    name = postgresql_server.create_database(template="template0")
    url = postgresql_server.url(name)
    for command in ("api", "verificar", "refazer-saldos"):
        status, line = run(terminal, command, tmp_path, url)
        assert (status, line.endswith("Rode uma vez: almoxarife migrar")) == (1, True), line
    assert run(terminal, "migrar", tmp_path, url) == (0, "O banco de dados foi atualizado para esta versão.")
    assert run(terminal, "migrar", tmp_path, url) == (0, "O banco de dados já estava atualizado.")
    assert_right(terminal, url, tmp_path, "0")
    postgresql_server.drop_database(name)


@pytest.mark.parametrize("command", ALL)
def test_a_newer_database_is_left_alone(
    terminal: Terminal, database_url: str, tmp_path: Path, command: str
) -> None:
    with closing(Database(database_url)) as database, database.unit_of_work() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    status, line = run(terminal, command, tmp_path, database_url)
    assert (status, "mais nova que este programa" in line) == (1, True), line


def nothing(folder: Path) -> str:
    return "Não há banco de dados em"


def words(folder: Path) -> str:
    (folder / "almoxarife.db").write_text(
        "isto não é um banco de dados, é uma carta\n" * 50, encoding="utf-8"
    )
    return "não é um banco de dados do almoxarife"


def tables_of_others(folder: Path) -> str:
    with closing(sqlite3.connect(folder / "almoxarife.db")) as connection:
        connection.execute("CREATE TABLE receitas (nome TEXT)")
        connection.commit()
    return "não é um banco de dados do almoxarife"


def contents(folder: Path) -> list[str]:
    """Return what is in a folder: the statements that would make each database anew, or the text of what is none."""
    lines: list[str] = []
    for path in sorted(folder.iterdir()):
        try:
            with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
                lines += [path.name, *connection.iterdump()]
        except sqlite3.DatabaseError:
            lines += [path.name, path.read_text(encoding="utf-8")]
    return lines


@pytest.mark.parametrize("command", ALL)
@pytest.mark.parametrize("found", [nothing, words, tables_of_others])
def test_what_is_no_database_of_ours_is_left_alone(
    terminal: Terminal, tmp_path: Path, command: str, found: Callable[[Path], str]
) -> None:
    if found is nothing and command in ("api", "migrar"):
        # These make what is not there.
        return
    said = found(tmp_path)
    before = contents(tmp_path)

    status, line = run(terminal, command, tmp_path)

    assert (status, said in line) == (1, True), line
    assert contents(tmp_path) == before


@pytest.mark.parametrize("command", ALL)
def test_a_database_that_cannot_be_reached_is_told(terminal: Terminal, tmp_path: Path, command: str) -> None:
    url = f"postgresql+psycopg://loja:segredo@127.0.0.1:{free_port()}/estoque"
    status, line = run(terminal, command, tmp_path, url)
    assert status == 1
    assert line.startswith("almoxarife: O banco de dados não pôde ser aberto: ")
    assert "segredo" not in line


@pytest.mark.parametrize("command", ["api", "migrar"])
def test_a_data_folder_that_cannot_be_made_is_told(terminal: Terminal, tmp_path: Path, command: str) -> None:
    file = tmp_path / "arquivo"
    file.touch()
    assert run(terminal, command, file) == (1, f"almoxarife: “{file}” não pode ser usado: não é uma pasta.")
    status, line = run(terminal, command, file / "dados")
    assert (status, line.endswith("não é uma pasta.")) == (1, True), line


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.parametrize("command", ["api", "migrar"])
def test_a_data_folder_of_others_is_told(terminal: Terminal, tmp_path: Path, command: str) -> None:
    tmp_path.chmod(0o555)
    try:
        status, line = run(terminal, command, tmp_path / "dados")
        assert (status, line.endswith("este usuário não tem permissão.")) == (1, True), line
        status, line = run(terminal, command, tmp_path)
        assert status == 1
    finally:
        tmp_path.chmod(0o755)
