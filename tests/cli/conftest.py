"""Fixtures of the command line's tests."""

from __future__ import annotations

import pytest

from tests.server.fixtures import start_server

from .terminal import Terminal

__all__ = ["start_server"]


@pytest.fixture
def terminal(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal without settings of this machine's own."""
    for setting in ("HOST", "PORTA", "DADOS", "BANCO", "SERVIDOR", "SERVIDOR_HTTP", "REGISTRO", "IDIOMA"):
        monkeypatch.delenv(f"ALMOXARIFE_{setting}", raising=False)
    return Terminal(capsys)
