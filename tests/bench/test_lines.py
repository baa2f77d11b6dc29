"""A few lines, measured with hardly anything: that they can be, not how fast it is."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

import bench.__main__
from bench.command import chosen, measure_lines
from bench.results import Row
from bench.servers import ROOT
from bench.sizes import QUICK

TINY = dataclasses.replace(QUICK, repeats=1, movements=2_000, products=50, few_products=50)


def measured(word: str, folder: Path) -> Row:
    """Measure one line."""
    kept: list[int] = []
    run = measure_lines(
        chosen(word)[:1], TINY, folder, Console(quiet=True), lambda run: kept.append(len(run.rows))
    )
    assert kept == [1]
    assert run.machine["cores"]
    assert run.versions["python"]
    return run.rows[0]


@pytest.mark.parametrize("word", ["verificar", "lista"])
def test_a_line_has_figures_for_all_its_goals(word: str, tmp_path: Path) -> None:
    row = measured(word, tmp_path)
    assert (row.missing, row.failure) == ("", "")
    assert None not in [row.reached(goal) for goal in row.goals]
    assert not (tmp_path / "trabalho").exists()


def test_entries_are_measured_beside_bare_flask(tmp_path: Path) -> None:
    row = measured("entrada", tmp_path)
    if shutil.which("wrk") is None:
        assert row.missing.startswith("wrk")
        return
    assert (row.missing, row.failure) == ("", "")
    assert None not in [row.reached(goal) for goal in row.goals]


def test_a_line_that_breaks_is_a_failure_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "bench.lines.whole.module", lambda *words: [sys.executable, "-c", "raise SystemExit('no')"]
    )
    row = measured("verificar", tmp_path)
    assert row.failure.startswith("Failed: ")
    assert row.failure.endswith("no")
    assert (tmp_path / "registros" / "verificar-ours.log").read_text() == "no\n"
    assert not row.figures


def test_a_word_that_no_line_has_is_refused() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from bench.command import measure; measure()", "--linhas", "nada"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "nada" in done.stderr


def test_without_its_libraries_the_command_that_installs_them_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("preparo.stamp.STAMP", "nowhere")
    assert bench.__main__.main() == 1
    assert "python preparar.py medir --preparar" in capsys.readouterr().err
