"""The API in a copy of a process that has imported it already: killing it often does not mean importing it often."""

from __future__ import annotations

import multiprocessing
import os
import sys
from pathlib import Path

from tests.server.running import ApiServer, Running, clean_environment

_MODULES = [
    "almoxarife.cli.main",
    "almoxarife.server.run",
    "almoxarife.storage.schema",
    "almoxarife.feed.run",
    "granian",
    "alembic.command",
]


class PreloadedApi(ApiServer):
    """An API that starts in a third of the time; from its first own line on it is the same program."""

    def _launch(self, arguments: list[str], environment: dict[str, str]) -> Running:
        # There is none on Windows.
        forking = multiprocessing.get_context("forkserver")
        forking.set_forkserver_preload(_MODULES)
        process = forking.Process(target=_become_api, args=(arguments, environment, self._output))
        process.start()
        return _Copy(process)


class _Copy:
    """A copy as ``subprocess`` would show it."""

    def __init__(self, process: multiprocessing.context.ForkServerProcess) -> None:
        assert process.pid is not None
        self.pid = process.pid
        self._process = process

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        status = self._process.exitcode
        if status is None:
            raise TimeoutError
        return status

    def kill(self) -> None:
        self._process.kill()

    def terminate(self) -> None:
        self._process.terminate()


def _become_api(arguments: list[str], environment: dict[str, str], output: Path) -> None:
    from almoxarife.cli.main import run

    with output.open("ab") as file:
        for standard in (sys.stdout, sys.stderr):
            os.dup2(file.fileno(), standard.fileno())
    # As in a program that nobody has copied: what it starts itself is started as usual.
    multiprocessing.set_start_method(None, force=True)
    os.environ.clear()
    os.environ.update({**clean_environment(), **environment})
    sys.exit(run(arguments))
