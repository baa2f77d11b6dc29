"""What a window's program finds when it starts."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from almoxarife.cli import windows
from almoxarife.config import Settings


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such rights")
def test_the_folder_of_a_program_is_for_its_user_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "import_module", lambda name: SimpleNamespace(run=lambda settings: 0))
    folder = tmp_path / "novo" / "almoxarife"
    assert windows.open_window("program", Settings.from_environment(data_dir=folder)) == 0
    assert folder.stat().st_mode & 0o777 == 0o700
    # One that somebody has made keeps the rights that they gave it, and one that cannot be made stops nothing.
    folder.chmod(0o750)
    (tmp_path / "ficheiro").touch()
    for there in (folder, tmp_path / "ficheiro" / "pasta"):
        assert windows.open_window("program", Settings.from_environment(data_dir=there)) == 0
    assert folder.stat().st_mode & 0o777 == 0o750
