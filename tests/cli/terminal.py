"""A command as somebody at a terminal sees it."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from almoxarife.cli.main import run
from tests.server.running import almoxarife


class Seen(NamedTuple):
    """Exit status, and what was written where."""

    status: int
    output: str
    errors: str

    @property
    def line(self) -> str:
        """The one line that was written."""
        (line,) = (self.output + self.errors).splitlines()
        return line


class Terminal:
    """Runs commands in this process, which is quick; a server, which sets up logging, in one of its own."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: str) -> Seen:
        """Run a command that ends by itself."""
        if "api" in words:
            done = almoxarife(*words)
            return Seen(done.returncode, done.stdout, done.stderr)
        status = run(words)
        return Seen(status, *self._capsys.readouterr())
