"""Files and functions stay small: one that grows past the bound has two things living in it."""

from __future__ import annotations

import ast
import subprocess
import sys

from .sources import ROOT, Source, bench_sources, package_sources, planted, set_up_sources, tracked_files

MOST_LINES_OF_A_FILE = 300
MOST_LINES_OF_A_FUNCTION = 50


def too_long(source: Source) -> list[str]:
    """Return what in a file is longer than it may be."""
    found = []
    lines = len(source.text.splitlines())
    if lines > MOST_LINES_OF_A_FILE:
        found.append(f"{source.where}: {lines} lines")
    for node in ast.walk(source.tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > MOST_LINES_OF_A_FUNCTION:
                found.append(f"{source.where}:{node.lineno}: {node.name} has {lines} lines")
    return found


def test_no_file_and_no_function_has_outgrown_its_bound() -> None:
    sources = package_sources() + set_up_sources() + bench_sources()
    assert len(sources) > 100
    assert [line for source in sources for line in too_long(source)] == []


def test_no_file_of_the_tests_has_outgrown_its_bound() -> None:
    files = [path for path in tracked_files() if path.suffix == ".py"]
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert {path: lines for path, lines in lengths.items() if lines > MOST_LINES_OF_A_FILE} == {}


def test_what_is_too_long_is_found() -> None:
    body = "    pass\n" * MOST_LINES_OF_A_FUNCTION
    assert too_long(planted(f"def long() -> None:\n{body}")) == ["planted.py:1: long has 51 lines"]
    assert too_long(planted("x = 1\n" * 301)) == ["planted.py: 301 lines"]


def test_public_names_without_a_docstring_are_refused() -> None:
    """The rule is ruff's; here it is only seen to be switched on for the package."""
    undocumented = "class Thing:\n    def act(self) -> None:\n        pass\n\n\ndef do() -> None:\n    pass\n"
    ruff = [sys.executable, "-m", "ruff", "check", "--quiet", "--output-format", "concise"]
    answer = subprocess.run(
        [*ruff, "--stdin-filename", "src/almoxarife/planted.py", "-"],
        input=undocumented,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert [rule for rule in ("D100", "D101", "D102", "D103") if rule not in answer.stdout] == []
