"""Starting the API: who holds its port, another Python, a folder that is not there yet."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.server.fixtures import StartServer
from tests.server.running import almoxarife, answers, clean_environment, free_port, wait_until

from .terminal import Terminal

ROOT = Path(__file__).parents[2]
START_LIMIT_S = 60.0


@pytest.fixture
def holder() -> Iterator[subprocess.Popen[str]]:
    """Another program that listens on a port, which it writes to its output."""
    program = "import socket, time; s = socket.create_server(('127.0.0.1', 0)); print(s.getsockname()[1], flush=True)"
    with subprocess.Popen(
        [sys.executable, "-c", f"{program}; time.sleep(600)"], stdout=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


def test_who_holds_the_port_is_named(
    terminal: Terminal, holder: subprocess.Popen[str], tmp_path: Path
) -> None:
    assert holder.stdout is not None
    port = holder.stdout.readline().strip()

    seen = terminal("api", "--porta", port, "--dados", str(tmp_path))

    assert seen.status == 1
    assert f"A porta {port} está em uso" in seen.line
    assert f"processo {holder.pid}" in seen.line
    assert "--porta" in seen.line
    assert list(tmp_path.iterdir()) == [], "it began before it knew that it cannot listen"


@pytest.mark.parametrize("http_server", ["granian", "waitress"])
def test_an_api_that_runs_already_is_recognised(
    terminal: Terminal, start_server: StartServer, tmp_path: Path, http_server: str
) -> None:
    server = start_server()
    words = (
        "api",
        "--porta",
        str(server.port),
        "--dados",
        str(tmp_path / "outra"),
        "--servidor-http",
        http_server,
    )

    seen = terminal(*words)

    assert seen.status == 1
    assert f"O almoxarife já está em funcionamento em http://127.0.0.1:{server.port}" in seen.line
    assert answers(server.port)


def test_a_port_of_connections_that_are_still_closing_can_be_used(start_server: StartServer) -> None:
    server = start_server()
    for _ in range(5):
        client = server.connect()
        client.get("/saude")
        client.close()
    assert server.stop() == 0
    server.restart()
    assert answers(server.port)


def test_any_python_starts_it_from_anywhere(tmp_path: Path) -> None:
    """The Python below the environment has none of our libraries; ``.venv`` takes over."""
    other_python: str = sys._base_executable  # type: ignore[attr-defined]
    assert Path(other_python).resolve().exists()
    port = free_port()
    with subprocess.Popen(
        [other_python, str(ROOT / "api.py"), "--porta", str(port), "--dados", str(tmp_path / "dados")],
        cwd=tmp_path,
        env=clean_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            wait_until(lambda: process.poll() is not None or answers(port), START_LIMIT_S)
            assert process.poll() is None
            command = psutil.Process(process.pid).cmdline()
            assert Path(command[0]).is_relative_to(ROOT / ".venv")
        finally:
            process.terminate()
            written, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert written == f"A API atende em http://127.0.0.1:{port}; Ctrl-C encerra.\n"


def test_a_time_zone_that_there_is_not(tmp_path: Path) -> None:
    words = ("api", "--porta", str(free_port()), "--dados", str(tmp_path))
    done = almoxarife(*words, ALMOXARIFE_FUSO="America/Sao Paulo")
    assert done.returncode == 1
    (line,) = (done.stdout + done.stderr).splitlines()
    assert "“America/Sao Paulo”" in line
    assert list(tmp_path.iterdir()) == []
