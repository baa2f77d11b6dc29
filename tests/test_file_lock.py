"""A lock that is waited for, but not for ever."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from almoxarife.cli.errors import sentence
from almoxarife.file_lock import StillLocked, locked
from tests.server.running import is_posix

_HOLD = """
import sys
from pathlib import Path
from almoxarife.file_lock import locked

with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@is_posix
def test_who_hangs_is_named(tmp_path: Path) -> None:
    path = tmp_path / "fechado.lock"
    program = [sys.executable, "-c", _HOLD, str(path)]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StillLocked) as refusal, locked(path, limit_s=0.1):
            pass
        holder.communicate()
    assert refusal.value.parameters == {"path": str(path), "pid": holder.pid, "seconds": 0}
    # Whoever comes next finds nothing of it.
    with locked(path, limit_s=0.1):
        assert path.read_text() == str(os.getpid())


def test_who_is_waited_for_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "fechado.lock"
    order: list[str] = []

    def wait() -> None:
        with locked(path):
            order.append("second")

    with locked(path):
        thread = threading.Thread(target=wait)
        thread.start()
        order.append("first")
    thread.join()
    assert order == ["first", "second"]


@pytest.mark.parametrize(
    ("pid", "words"),
    [
        (
            4711,
            "Outro programa, o processo 4711, mantém “/dados/tls/fechado.lock” bloqueado há mais de 30 s. "
            "Pode estar travado: encerre-o e inicie de novo.",
        ),
        (
            None,
            "Outro programa mantém “/dados/tls/fechado.lock” bloqueado há mais de 30 s. "
            "Pode estar travado: encerre-o e inicie de novo.",
        ),
    ],
)
def test_the_refusal_names_the_file(pid: int | None, words: str) -> None:
    assert sentence(StillLocked(path="/dados/tls/fechado.lock", pid=pid, seconds=30)) == words
