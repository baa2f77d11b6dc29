"""What each purpose needs of the system, and by which package each system offers it."""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

import pytest

from preparo import stamp, system

LINUX = ("apt-get", "dnf", "pacman", "zypper")


@pytest.mark.skipif(sys.platform != "linux", reason="the tools are asked for on Linux only")
@pytest.mark.parametrize(
    ("purpose", "tools"),
    [
        ("sistema", set()),
        ("testes", {"xvfb", "xdotool", "cc"}),
        ("bench", {"xvfb", "xdotool", "cc", "wrk", "sqlite3"}),
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


def test_each_purpose_has_the_very_libraries_of_those_before_it() -> None:
    """Installed one after the other, they must not undo each other's versions."""
    pinned = [
        {line for line in Path(stamp.requirements(purpose)).read_text().splitlines() if "==" in line}
        for purpose in stamp.PURPOSES
    ]
    for smaller, larger in pairwise(pinned):
        assert sorted(without_place(smaller) - without_place(larger)) == []


def without_place(lines: set[str]) -> set[str]:
    """Return names and versions without the systems for which they are: a larger purpose may need more of them."""
    return {line.removesuffix(" \\").split(" ; ")[0] for line in lines}
