"""A shop whose database is copied and put back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from almoxarife.features.backups.service import Backups
from tests.databases import postgresql_programs

from .shop import Shop


@pytest.fixture
def shop(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shop:
    """Two products and ten entries. PostgreSQL's own programs are those of the server that the tests started."""
    monkeypatch.setenv("PATH", f"{postgresql_programs()}{os.pathsep}{os.environ['PATH']}")
    return Shop(database_url, tmp_path / "copias")


@pytest.fixture
def backups(shop: Shop) -> Backups:
    return shop.backups
