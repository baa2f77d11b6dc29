"""The move to another database as the person at the terminal sees it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from almoxarife.storage import schema
from almoxarife.storage.database import Database
from tests.databases import only_sqlite
from tests.server.filling import fill
from tests.server.running import START_LIMIT_S, clean_environment

from .terminal import Terminal

pytestmark = only_sqlite
ENTRIES = 30_000


def test_a_shop_moves_and_the_new_database_proves_right(
    terminal: Terminal, database_url: str, tmp_path: Path
) -> None:
    fill(database_url, products=2, entries=12)
    new = f"sqlite:///{(tmp_path / 'nova.db').as_posix()}"
    seen = terminal("migrar-banco", "--de", database_url, "--para", new)
    assert seen.status == 0
    assert seen.output.startswith("Mudado e comparado: 12 movimentos, iguais dos dois lados. Último recibo: ")
    assert "o que ainda for gravado nele não passa para o novo" in seen.output
    assert terminal("verificar", "--banco", new).status == 0
    again = terminal("migrar-banco", "--de", database_url, "--para", new)
    assert (again.status, again.line) == (
        1,
        "almoxarife: O banco de dados de destino já está em uso: há linhas em “account”. Nada foi mudado.",
    )
    same = terminal("migrar-banco", "--de", new, "--para", new)
    assert (same.status, same.line) == (1, "almoxarife: --de e --para levam ao mesmo banco de dados.")


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_killed_move_leaves_a_closed_database_and_goes_on(
    terminal: Terminal, database_url: str, tmp_path: Path
) -> None:
    fill(database_url, products=2, entries=ENTRIES)
    path = tmp_path / "nova.db"
    new = f"sqlite:///{path.as_posix()}"
    command = [sys.executable, "-m", "almoxarife", "migrar-banco", "--de", database_url, "--para", new]
    moving = subprocess.Popen(command, env=clean_environment(), stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + START_LIMIT_S
    while not has_movements(path) and time.monotonic() < deadline:
        time.sleep(0.01)
    moving.send_signal(signal.SIGKILL)
    moving.wait()

    closed = terminal("verificar", "--banco", new)
    assert (closed.status, closed.line) == (
        1,
        "almoxarife: Uma mudança de outro banco de dados para este não chegou ao fim. Continue com: almoxarife "
        "migrar-banco",
    )
    assert terminal("migrar-banco", "--de", database_url, "--para", new).status == 0
    assert "30.000 movimentos" in terminal("verificar", "--banco", new).output


def has_movements(path: Path) -> bool:
    """Tell whether a move has come to the ledger."""
    database = Database(f"sqlite:///{path.as_posix()}")
    try:
        schema.check(database)
    except schema.MoveUnfinished:
        with database.snapshot() as connection:
            return connection.exec_driver_sql("SELECT 1 FROM movement LIMIT 1").first() is not None
    except (schema.NotOurDatabase, schema.SchemaOutdated):
        pass
    finally:
        database.close()
    return False
