"""Make ``.venv`` and fill it with the pinned libraries."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from glob import escape, glob
from typing import TextIO

from preparo import stamp
from preparo.causes import explain
from preparo.lock import LOCK
from preparo.progress import Progress, SetupFailed, run_logged

LOG = os.path.join(stamp.VENV, "preparo.log")


def is_healthy() -> bool:
    """Tell whether the environment is not half-made, was made here, and its Python runs and has pip."""
    if os.path.exists(stamp.UNFINISHED) or not os.path.exists(stamp.PYTHON):
        return False
    # A folder that was moved or copied brings an environment whose programs still name the old place.
    with open(os.path.join(stamp.VENV, "pyvenv.cfg"), encoding="utf-8") as file:
        if not any(line.startswith("command") and line.rstrip().endswith(stamp.VENV) for line in file):
            return False
    # A system upgrade can put another version below an environment, which then looks in another folder.
    check = "import sys, pip; sys.exit(not pip.__file__.startswith(sys.argv[1]))"
    command = [stamp.PYTHON, "-I", "-c", check, stamp.VENV]
    try:
        return subprocess.run(command, check=False, capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def create(progress: Progress, log: TextIO) -> None:
    """Make the environment anew with this Python."""
    keep = {os.path.basename(LOCK), os.path.basename(LOG), os.path.basename(stamp.UNFINISHED)}
    for name in sorted(os.listdir(stamp.VENV)):
        path = os.path.join(stamp.VENV, name)
        if name not in keep:
            if os.path.isdir(path) and not os.path.islink(path):
                shutil.rmtree(path)
            else:
                os.remove(path)
    progress.update("criando")
    status = run_logged(
        [sys.executable, "-I", "-m", "venv", stamp.VENV],
        log,
        _environment(),
        lambda line: None,
        lambda: progress.update("criando"),
    )
    if status != 0:
        raise SetupFailed(f"a pasta .venv não pôde ser criada. {explain(LOG)}")


def install_libraries(purpose: str, progress: Progress, log: TextIO) -> None:
    """Install the pinned requirements; every file is checked against its hash."""
    path = stamp.requirements(purpose)
    with open(path, encoding="utf-8") as file:
        total = sum(1 for line in file if re.match(r"[A-Za-z0-9]", line))
    counted = _Counted(total, progress)
    # The list is whole. pip, left to look for what each library needs, takes the name of an extra ("coverage[toml]")
    # for one that is not pinned as soon as there is a newer release.
    options = ["--require-hashes", "--no-deps", "--only-binary", ":all:"]
    _pip([*options, "-r", path], log, counted.heard, counted.idle)


def install_project(progress: Progress, log: TextIO) -> None:
    """Put this folder's own code into the environment, as it is and as it changes."""
    _pip(
        ["--no-deps", "--no-build-isolation", "-e", stamp.ROOT],
        log,
        lambda line: None,
        lambda: progress.update("instalando"),
    )


class _Counted:
    """Counts packages: by pip's words while it looks for them, by folders while it installs them silently."""

    def __init__(self, total: int, progress: Progress) -> None:
        self._total = total
        self._seen: set[str] = set()
        self._progress = progress
        self._installing = False
        self._before = _installed()
        self._text = ""

    def heard(self, line: str) -> None:
        found = re.match(r"(?:Collecting|Requirement already satisfied:|Ignoring) +([A-Za-z0-9._-]+)", line)
        if found:
            self._seen.add(found[1].lower().replace("_", "-"))
            self._text = f"{min(len(self._seen), self._total)} de {self._total} conferidas"
        elif line.startswith("Installing collected packages:"):
            self._installing = True
            self._total = line.count(",") + 1
        elif "Retrying (Retry(" in line:
            self._text = "sem resposta da internet, tentando de novo"
        self.idle()

    def idle(self) -> None:
        if self._installing:
            new = min(max(_installed() - self._before, 0), self._total)
            self._text = f"{new} de {self._total} instaladas"
        if self._text:
            self._progress.update(self._text)


def _installed() -> int:
    libraries = ("Lib",) if os.name == "nt" else ("lib", "python3*")
    return len(glob(os.path.join(escape(stamp.VENV), *libraries, "site-packages", "*.dist-info")))


def _pip(arguments: list[str], log: TextIO, heard: Callable[[str], None], idle: Callable[[], None]) -> None:
    options = ["--no-input", "--progress-bar", "off", "--disable-pip-version-check", "--retries", "3"]
    command = [stamp.PYTHON, "-I", "-m", "pip", "install", *options, *arguments]
    if run_logged(command, log, _environment(), heard, idle) != 0:
        raise SetupFailed(f"as bibliotecas não puderam ser instaladas: {explain(LOG)}")


def _environment() -> dict[str, str]:
    """Return this process's environment without what sends packages elsewhere, and with English messages."""
    unwanted = {
        "PIP_USER",
        "PIP_TARGET",
        "PIP_PREFIX",
        "PIP_ROOT",
        "PIP_REQUIRE_VIRTUALENV",
        "PYTHONHOME",
        "PYTHONPATH",
    }
    kept = {name: value for name, value in os.environ.items() if name not in unwanted}
    return {**kept, "PIP_USER": "0", "LC_MESSAGES": "C"}
