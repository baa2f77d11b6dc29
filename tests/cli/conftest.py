"""Fixtures of the command line's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from almoxarife.storage.database import Database
from tests.server.fixtures import start_server

from .importing import Shop
from .terminal import Terminal

__all__ = ["start_server"]


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal without settings of this machine's own."""
    for setting in ("HOST", "PORTA", "DADOS", "BANCO", "SERVIDOR", "SERVIDOR_HTTP", "REGISTRO", "IDIOMA"):
        monkeypatch.delenv(f"ALMOXARIFE_{setting}", raising=False)
    # On a busy machine a command takes long enough to say how far it has come.
    monkeypatch.setattr("almoxarife.cli.progress._LINE_EVERY_S", 600.0)
    return Terminal(capsys)


@pytest.fixture
def shop(database: Database, tmp_path: Path, terminal: Terminal) -> Shop:
    return Shop(database, tmp_path, terminal)
