"""Programs that are run to their end: how long they take and how much memory they hold at the most."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bench.servers import ROOT


class Failed(Exception):
    """A program that was to be measured did not end well; the text is what it said last."""


class Finished(NamedTuple):
    """How a program went; ``peak_mb`` is the most that it held resident at once."""

    seconds: float
    peak_mb: float
    output: str


def timed(command: Sequence[str], log: Path, *, text: str = "") -> Finished:
    """Run a program, give it a text to read, and wait for its end. Raises Failed."""
    with log.open("w+b") as file:
        begin = time.perf_counter()
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=file, stderr=file)
        assert process.stdin is not None
        with process.stdin:
            process.stdin.write(text.encode())
        _pid, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        file.seek(0)
        output = file.read().decode("utf-8", "replace")
    if process.returncode != 0:
        raise Failed(f"{command[0]} … {command[-1]}: {output.strip()[-300:]}")
    return Finished(seconds, used.ru_maxrss * 1024 / 1e6, output)
