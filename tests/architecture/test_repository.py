"""What must never be committed: addresses of package registries, paths of one machine, loose requirements."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from .sources import ROOT, tracked_files

TEXT = {".py", ".toml", ".txt", ".md", ".po", ".sh", ".bat", ".json", ".cfg", ".ini", ".yml", ".yaml", ""}
# Put together from pieces, so that this file does not find itself.
REGISTRIES = re.compile(
    "|".join(
        (
            "pypi" + r"\.org/simple",
            "files" + r"\.pythonhosted",
            "--(extra-)?index" + "-url",
            "find" + "-links",
        )
    )
)
# Where builds and checks usually run, and where this run does.
MACHINE_PATHS = re.compile(
    "|".join(
        r"(?<![\w.~:/-])" + path + r"(?![\w-])"
        for path in ("/wo" + "rk", "/ro" + "ot", "/home/run" + "ner", "/build" + "s", re.escape(str(ROOT)))
    )
)
REQUIREMENT = re.compile(
    r"(?P<name>[a-z0-9][a-z0-9._-]*)(\[[a-z0-9,_-]+\])?==(?P<version>[0-9][0-9a-z.!+]*)"
    r"( ; [^#]+?)?(?P<hashes>( --hash=sha256:[0-9a-f]{64})+)"
)


def lines_that_match(pattern: re.Pattern[str], text: str) -> list[str]:
    """Return the lines of a text in which a pattern is found."""
    return [line.strip() for line in text.splitlines() if pattern.search(line)]


def requirements_in(text: str) -> list[str]:
    """Return the requirements of a file, one a line, without comments."""
    joined = re.sub(r"\s*\\\n\s*", " ", text)
    lines = (re.sub(r"\s#.*$|^#.*$", "", line).strip() for line in joined.splitlines())
    return [line for line in lines if line]


def texts() -> list[tuple[str, str]]:
    """Return name and text of every file of text under version control."""
    paths = [path for path in tracked_files() if path.suffix in TEXT]
    return [(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in paths]


@pytest.mark.parametrize("pattern", [REGISTRIES, MACHINE_PATHS], ids=["registries", "machine paths"])
def test_no_file_tells_where_it_was_made(pattern: re.Pattern[str]) -> None:
    found = {name: lines for name, text in texts() if (lines := lines_that_match(pattern, text))}
    assert found == {}


def test_registries_and_machine_paths_are_found() -> None:
    assert lines_that_match(REGISTRIES, "--index" + "-url https://example.invalid/simple")
    assert lines_that_match(MACHINE_PATHS, "see /ro" + "ot/almoxarife")
    assert lines_that_match(MACHINE_PATHS, f"File {ROOT}/api.py")
    assert not lines_that_match(MACHINE_PATHS, "~/.local/share/almoxarife and /home/maria and docs/work/")


def test_the_pinned_requirements_are_whole() -> None:
    """They are installed without looking for what else each library needs."""
    checked = subprocess.run(
        [sys.executable, "-m", "pip", "check"], capture_output=True, text=True, check=False
    )

    assert (checked.returncode, checked.stdout) == (0, "No broken requirements found.\n")


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda path: path.name)
def test_requirements_are_pinned_with_hashes(path: Path) -> None:
    requirements = requirements_in(path.read_text(encoding="utf-8"))
    assert len(requirements) > 10
    assert [line for line in requirements if not REQUIREMENT.fullmatch(line)] == []


def test_a_loose_requirement_is_found() -> None:
    hashed = "flask==3.1.3 \\\n    --hash=sha256:" + "0" * 64 + "\n    # via almoxarife\n"
    assert [bool(REQUIREMENT.fullmatch(line)) for line in requirements_in(hashed)] == [True]
    loose = "flask>=3.1\nflask==3.1.3\n"
    assert not any(REQUIREMENT.fullmatch(line) for line in requirements_in(loose))
