"""The process that serves dies again and again: it is started again, unless it never came to listen."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from almoxarife.server import worker_keeper
from almoxarife.server.worker_keeper import Listening, NeverListened, keep, pause_after

from .fixtures import StartServer
from .running import ApiServer, answers, clean_environment, free_port, wait_until

KILLS = 2
RETURN_LIMIT_S = 20.0


class Granian:
    """What is seen of granian's server, and what becomes of the processes that it starts."""

    def __init__(self, *lives: Callable[[Granian], None]) -> None:
        self.interrupt_signal = False
        self.interrupt_children: list[int] = []
        self.main_loop_interrupt = threading.Event()
        self.listening = Listening()
        self.started = 0
        self._lives = lives

    def serve(self) -> None:
        assert (self.interrupt_children, self.main_loop_interrupt.is_set()) == ([], False)
        self.started += 1
        life = self._lives[min(self.started, len(self._lives)) - 1]
        life(self)
        self.main_loop_interrupt.set()
        if not self.interrupt_signal:
            self.interrupt_children.append(0)
            raise SystemExit(1)


def fails(_server: Granian) -> None:
    """End before it listens."""


def listens(server: Granian) -> None:
    server.listening.note()


def is_asked_to_end(server: Granian) -> None:
    server.interrupt_signal = True


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_keeper, "SHORTEST_PAUSE_S", 0.01)
    monkeypatch.setattr(worker_keeper, "LONGEST_PAUSE_S", 0.01)


@pytest.mark.logs_errors
@pytest.mark.parametrize(
    ("lives", "started"),
    [
        ([is_asked_to_end], 1),
        ([listens, listens, listens, listens, is_asked_to_end], 5),
        # Once it has served, its database may be away for as long as it likes.
        ([fails, fails, listens, fails, fails, fails, fails, is_asked_to_end], 8),
    ],
)
def test_it_is_started_again_until_a_signal_asks_for_the_end(
    lives: list[Callable[[Granian], None]], started: int
) -> None:
    server = Granian(*lives)
    keep(server, server.serve, server.listening)
    assert server.started == started


@pytest.mark.logs_errors
def test_what_never_listens_is_given_up() -> None:
    server = Granian(fails)
    with pytest.raises(NeverListened):
        keep(server, server.serve, server.listening)
    assert server.started == worker_keeper.MOST_FAILED_STARTS


@pytest.mark.logs_errors
def test_a_pause_ends_with_the_signal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_keeper, "SHORTEST_PAUSE_S", 60.0)
    server = Granian(listens)

    def ask() -> None:
        server.interrupt_signal = True
        server.main_loop_interrupt.set()

    timer = threading.Timer(0.1, ask)
    timer.start()
    keep(server, server.serve, server.listening)
    timer.join()
    assert server.started == 1


@pytest.mark.parametrize(
    ("lasted_s", "failed", "pause_s"),
    [(None, 1, 1), (None, 2, 2), (None, 5, 16), (None, 6, 30), (None, 5_000, 30), (0.5, 0, 1), (5.0, 0, 0)],
)
def test_pauses_grow_while_it_does_not_listen(
    monkeypatch: pytest.MonkeyPatch, lasted_s: float | None, failed: int, pause_s: float
) -> None:
    monkeypatch.undo()
    assert pause_after(lasted_s, failed) == pause_s


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_a_bare_api_survives_kill_after_kill(start_server: StartServer) -> None:
    server = start_server()
    open_files = psutil.Process(server.process.pid).num_fds()
    for _number in range(KILLS):
        killed = server.serving_process()
        killed.kill()
        wait_until(lambda: answers(server.port), RETURN_LIMIT_S)
        assert server.serving_process() != killed
    # Not one more for each process that died.
    assert psutil.Process(server.process.pid).num_fds() < open_files + KILLS
    assert server.stop() == 0
    assert "Traceback" not in server.output, server.output


_NEVER_LOOKS = """
from almoxarife.__main__ import main
from almoxarife.server import granian_server, worker_keeper

granian_server.LISTEN_PAUSE_S = 3_600
worker_keeper.SHORTEST_PAUSE_S = worker_keeper.LONGEST_PAUSE_S = 0.01
main()
"""


class NeverLooks(ApiServer):
    """An API whose serving process does not see for itself that it listens, as one that dies too early."""

    def _program(self) -> list[str]:
        return ["-c", _NEVER_LOOKS]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_what_has_answered_has_listened(tmp_path: Path) -> None:
    server = NeverLooks(tmp_path / "server", free_port(), "--copiar-a-cada", "0")
    try:
        for _number in range(worker_keeper.MOST_FAILED_STARTS):
            (worker,) = server.workers()
            worker.kill()
            wait_until(lambda: answers(server.port) or server.process.poll() is not None, RETURN_LIMIT_S)
        assert server.process.poll() is None, server.output
    finally:
        server.kill()


_BROKEN = """
from almoxarife.__main__ import main
from almoxarife.server import run, worker_keeper

def load(settings):
    raise RuntimeError("nothing can be loaded")

run.loading = lambda settings, feed_port: load
worker_keeper.SHORTEST_PAUSE_S = 0.01
main()
"""


def test_an_api_that_cannot_start_says_so_and_ends(tmp_path: Path) -> None:
    program = [sys.executable, "-c", _BROKEN, "api", "--porta", str(free_port()), "--dados", str(tmp_path)]
    ended = subprocess.run(
        program,
        check=False,
        capture_output=True,
        encoding="utf-8",
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
        timeout=60,
    )
    assert ended.returncode == 1
    assert "RuntimeError: nothing can be loaded" in ended.stderr
    assert ended.stderr.splitlines()[-1] == (
        "PROBLEMA: o processo que atende terminou 3 vezes antes de poder atender; o que está acima diz por quê."
    )
