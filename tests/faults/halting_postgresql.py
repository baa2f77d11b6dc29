"""A PostgreSQL server of a test's own that goes away and comes back on the same port."""

from __future__ import annotations

import signal
import subprocess
import sys

from tests import databases
from tests.databases import PostgresqlServer


class HaltingPostgresql(PostgresqlServer):
    """Like the server that all tests share, but it may be halted."""

    def halt(self) -> None:
        """End the server as a crash does: nobody connected is told why."""
        self._process.send_signal(signal.SIGTERM if sys.platform == "win32" else signal.SIGQUIT)
        self._process.wait(60)

    def resume(self) -> None:
        """Start the server again where it was."""
        settings = [word for name, value in databases._SETTINGS.items() for word in ("-c", f"{name}={value}")]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", self._data, "-p", str(self.port), *settings],
                stdout=log,
                stderr=log,
                cwd=self._folder,
                start_new_session=True,
                **self._as_user,
            )
        assert databases._answers(self._process, self.port)
