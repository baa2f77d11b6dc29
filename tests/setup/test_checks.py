"""The list of checks that the test command runs."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator

import psutil
import pytest

from preparo import checks


@pytest.fixture(autouse=True)
def _unchanged_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(os.getcwd())
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def screens() -> set[psutil.Process]:
    return {child for child in psutil.Process().children() if child.name() == "Xvfb"}


def test_pytest_is_the_last_check() -> None:
    assert checks.steps("python")[-1][1][:3] == ["python", "-m", "pytest"]


def test_every_check_runs_and_one_failure_fails_all(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    steps = [("Primeira", python("raise SystemExit(3)")), ("Última", python("print('2 passed in 1s')"))]
    monkeypatch.setattr(checks, "steps", lambda python: steps)

    assert checks.run([]) == 1

    captured = capfd.readouterr()
    assert captured.out == "\n=== Primeira ===\n\n=== Última ===\n2 passed in 1s\n"
    assert captured.err == "\nNão passou: Primeira\n"


def test_the_status_of_pytest_is_the_status_of_all(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    no_tests_ran = python("raise SystemExit(5)")
    monkeypatch.setattr(checks, "steps", lambda python: [("Testes", no_tests_ran)])

    assert checks.run([]) == 5


@pytest.mark.skipif(sys.platform != "linux", reason="Xvfb")
def test_the_checks_see_a_screen_of_their_own_that_ends_with_them(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISPLAY", ":60999")
    size = python("import tkinter, os; print(os.environ['DISPLAY'], tkinter.Tk().winfo_screenwidth())")
    monkeypatch.setattr(checks, "steps", lambda python: [("Tela", size)])
    # Other tests have screens of their own.
    before = screens()

    assert checks.run([]) == 0

    display, width = capfd.readouterr().out.splitlines()[-1].split()
    assert display != ":60999"
    assert width == "1600"
    assert screens() == before
