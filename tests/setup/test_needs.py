"""What each purpose needs of the system, and by which package each system offers it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from preparo import stamp, system

LINUX = ("apt-get", "dnf", "pacman", "zypper")


@pytest.mark.skipif(sys.platform != "linux", reason="the tools are asked for on Linux only")
@pytest.mark.parametrize(
    ("purpose", "tools"),
    [
        ("sistema", set()),
        ("testes", {"xvfb", "xdotool"}),
        ("bench", {"xvfb", "xdotool", "wrk", "sqlite3"}),
    ],
)
def test_a_purpose_needs_its_tools(
    purpose: str, tools: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert {need for need, _program in system.TOOLS} & set(system.missing(purpose, sys.executable)) == tools


def test_every_tool_has_a_package_on_every_linux() -> None:
    for manager in LINUX:
        assert {need for need, _program in system.TOOLS} <= system.PACKAGES[manager].keys()


def test_every_purpose_has_its_requirements() -> None:
    assert [purpose for purpose in stamp.PURPOSES if not Path(stamp.requirements(purpose)).is_file()] == []
