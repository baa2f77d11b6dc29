"""What root writes by a command belongs to the service's user afterwards, or it is said that it does not."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.databases import only_sqlite
from tests.server.filling import fill

from .terminal import Terminal

pytestmark = [
    only_sqlite,
    pytest.mark.skipif(
        sys.platform == "win32" or os.geteuid() != 0, reason="only root may give files to others"
    ),
]
# Debian's nobody; the group is another one on purpose.
USER, GROUP = 65_534, 12_345


@pytest.fixture
def where(database_url: str, tmp_path: Path) -> tuple[str, ...]:
    """The options that name a service's folder with a database of six movements."""
    fill(database_url, products=2, entries=6)
    _give_all(tmp_path)
    return "--banco", database_url, "--dados", str(tmp_path)


def _give_all(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, USER, GROUP)


def _strangers(folder: Path) -> list[str]:
    """Return the names of what does not belong to the service."""
    return [path.name for path in (folder, *folder.rglob("*")) if path.stat()[4:6] != (USER, GROUP)]


def test_everything_is_the_services(terminal: Terminal, where: tuple[str, ...], tmp_path: Path) -> None:
    assert terminal("copiar", *where).errors == ""
    assert _strangers(tmp_path) == []
    (copy,) = (tmp_path / "copias").glob("*.db.gz")

    assert terminal("restaurar", *where, "--sim", str(copy)).errors == ""
    assert _strangers(tmp_path) == []

    # There is nothing to replace any more: the folder tells whose it is.
    for path in tmp_path.glob("almoxarife*"):
        path.unlink()
    assert terminal("restaurar", *where, "--sim", str(copy)).errors == ""
    assert _strangers(tmp_path) == []

    for words in (("--para", str(tmp_path / "salvo.db")), ("--no-lugar",)):
        assert terminal("salvar", *where, *words).errors == ""
        assert _strangers(tmp_path) == []

    assert terminal("migrar-banco", *where[2:], "--para", f"sqlite:///{tmp_path}/novo/outro.db").errors == ""
    assert _strangers(tmp_path) == []


def test_what_cannot_be_given_is_told(
    terminal: Terminal, where: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal("copiar", *where)
    (copy,) = (tmp_path / "copias").glob("*.db.gz")

    def refuse(*_words: object, **_more: object) -> None:
        raise PermissionError

    monkeypatch.setattr("os.chown", refuse)
    path = tmp_path / "almoxarife.db"
    told = f"ATENÇÃO: {path} pertence a root e não a nobody; o sistema talvez não consiga usá-lo. "
    seen = terminal("restaurar", *where, "--sim", str(copy))
    assert (seen.status, seen.errors) == (0, f"{told}Como administrador: chown nobody {path}\n")
