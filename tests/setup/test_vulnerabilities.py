"""The command that asks about known vulnerabilities: what it asks about, and what it makes of the answer."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from preparo import vulnerabilities


class Programs:
    """Stands in for the programs that are started."""

    def __init__(self, status: int = 0, *, broken: str = "") -> None:
        self.status = status
        self.broken = broken
        self.started: list[list[str]] = []

    def run(self, command: list[str], *, check: bool) -> subprocess.CompletedProcess[str]:
        self.started.append(command)
        if self.broken and self.broken in command:
            raise subprocess.CalledProcessError(1, command)
        return subprocess.CompletedProcess(command, self.status if "pip_audit" in command else 0)


def ask(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, programs: Programs) -> int:
    monkeypatch.setattr(vulnerabilities, "VENV", str(tmp_path / "auditoria"))
    monkeypatch.setattr(vulnerabilities.subprocess, "run", programs.run)  # type: ignore[attr-defined]
    return vulnerabilities.main(["--format", "json"])


def test_every_pinned_library_is_asked_about(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    programs = Programs()
    assert ask(monkeypatch, tmp_path, programs) == 0
    made, installed, asked = programs.started
    assert "venv" in made
    assert {"--require-hashes", vulnerabilities.TOOL} <= set(installed)
    assert {"--strict", "--require-hashes", vulnerabilities.AUDITED, "json"} <= set(asked)
    assert Path(vulnerabilities.AUDITED).exists()
    assert "\npip-audit==" in Path(vulnerabilities.TOOL).read_text(encoding="utf-8")


def test_what_is_found_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(monkeypatch, tmp_path, Programs(1)) == 1
    assert "falhas conhecidas" in capsys.readouterr().err


def test_without_internet_it_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(monkeypatch, tmp_path, Programs(broken="pip")) == 1
    assert "internet" in capsys.readouterr().err
