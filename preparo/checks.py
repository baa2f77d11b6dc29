"""Everything that the test command runs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from preparo import stamp

# So many processes share the tests, file by file: half of the time of a test is waiting for disks and other programs.
WORKERS = min(os.cpu_count() or 1, 4)
# In their own order: the longest files have few tests and would come last, when the other processes have nothing left.
_SIDE_BY_SIDE = ("-n", str(WORKERS), "--dist", "loadfile", "--no-loadscope-reorder")


def steps(python: str) -> list[tuple[str, list[str]]]:
    """Return name and command of each check; the tests come last so that their summary ends the output."""
    # Its cache does not see that a module which was imported before it existed exists now.
    import_linter = (
        "from importlinter.cli import lint_imports_command as lint; lint(['--no-cache', '--no-logo'])"
    )
    return [
        ("Erros comuns e estilo (ruff check)", [python, "-m", "ruff", "check"]),
        ("Formatação (ruff format)", [python, "-m", "ruff", "format", "--check"]),
        ("Tipos (mypy)", [python, "-m", "mypy"]),
        ("Paredes entre os módulos (import-linter)", [python, "-c", import_linter]),
        # Coverage takes half as long again; who wants to know it asks for it: ./testar.sh --cov.
        ("Testes (pytest)", [python, "-m", "pytest", *_SIDE_BY_SIDE]),
    ]


def run(pytest_arguments: list[str]) -> int:
    """Run every check, or only pytest when it is given arguments; return 0 when all passed."""
    os.chdir(stamp.ROOT)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    environment = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")
    }
    environment["PATH"] = os.path.dirname(stamp.PYTHON) + os.pathsep + environment.get("PATH", "")
    with display() as screen, tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        environment.update(screen)
        # Two runs at the same time would take each other's measurements for their own.
        environment["COVERAGE_FILE"] = os.path.join(folder, "coverage")
        if pytest_arguments:
            return _call([stamp.PYTHON, "-m", "pytest", *pytest_arguments], environment)
        failed: list[str] = []
        status = 0
        for name, command in steps(stamp.PYTHON):
            print(f"\n=== {name} ===", flush=True)
            status = _call(command, environment)
            if status != 0:
                failed.append(name)
    # pytest was the last: its own status tells more than 1.
    if failed:
        print(f"\nNão passou: {'; '.join(failed)}", file=sys.stderr)
        return status or 1
    return 0


def _call(command: list[str], environment: dict[str, str]) -> int:
    process = subprocess.Popen(command, env=environment)
    try:
        return process.wait()
    except KeyboardInterrupt:
        # The terminal has sent Ctrl-C to the check too, which ends by itself and says how far it came.
        process.wait()
        raise
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


@contextmanager
def display() -> Iterator[dict[str, str]]:
    """On Linux, make virtual screens of this run's own; yield the variables that programs need for them.

    One for each process that runs tests: two windows on one screen would take the keyboard from each other.
    ``TELAS`` names them all.
    """
    if sys.platform != "linux":
        yield {}
        return
    with ExitStack() as stack:
        screens = [stack.enter_context(_screen()) for _each in range(WORKERS)]
        yield {"DISPLAY": screens[0], "TELAS": " ".join(screens), "WAYLAND_DISPLAY": ""}


@contextmanager
def _screen() -> Iterator[str]:
    read_end, write_end = os.pipe()
    screen = ["-screen", "0", "1600x1000x24", "-nolisten", "tcp"]
    server = subprocess.Popen(
        # The server picks a free number itself and writes it to the pipe: two runs never collide.
        ["Xvfb", "-displayfd", str(write_end), *screen],
        pass_fds=[write_end],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # Its own group: Ctrl-C must not take the screen away from tests that are cleaning up.
        start_new_session=True,
    )
    os.close(write_end)
    try:
        with os.fdopen(read_end) as pipe:
            number = pipe.readline().strip()
        if not number:
            sys.exit("A tela virtual (Xvfb) não começou; rode no terminal: Xvfb -displayfd 1")
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()
