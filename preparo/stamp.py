"""Where the environment is, and whether it is what the pinned requirements ask for.

A start with nothing to do costs only what this module does: it reads three
small files and asks the system about two.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = (
    os.path.join(VENV, "Scripts", "python.exe") if os.name == "nt" else os.path.join(VENV, "bin", "python")
)
STAMP = os.path.join(VENV, "preparo.json")
# What an environment is for, by the names of the requirements; each includes those before it.
PURPOSES = ("sistema", "testes", "bench")
# Present while the environment is being changed: after a power cut or a Ctrl-C it tells that it is half-made.
UNFINISHED = os.path.join(VENV, "preparo.incompleto")


def requirements(purpose: str) -> str:
    """Return the path of the pinned requirements of a purpose."""
    return os.path.join(ROOT, "requirements", f"{purpose}.txt")


def is_current(purpose: str) -> bool:
    """Tell whether the environment is complete for the purpose and what it was made from has not changed."""
    if os.path.exists(UNFINISHED):
        return False
    try:
        return _read().get(purpose) == _fingerprint(purpose)
    except (OSError, ValueError):
        return False


def has_tkinter() -> bool:
    """Tell whether the running Python can open windows."""
    return importlib.util.find_spec("_tkinter") is not None


def write(purpose: str) -> None:
    """Record that the environment is complete for the purpose, and for the smaller ones that it includes."""
    try:
        stamps = _read()
    except (OSError, ValueError):
        stamps = {}
    for served in PURPOSES[: PURPOSES.index(purpose) + 1]:
        stamps[served] = _fingerprint(served)
    with open(STAMP + ".novo", "w", encoding="utf-8") as file:
        json.dump(stamps, file)
    os.replace(STAMP + ".novo", STAMP)


def _read() -> dict[str, str]:
    with open(STAMP, encoding="utf-8") as file:
        stamps = json.load(file)
    if not isinstance(stamps, dict):
        raise ValueError(STAMP)
    return stamps


def _fingerprint(purpose: str) -> str:
    """Hash the requirements, pyproject.toml, the Python below, and the folder: an environment cannot move."""
    digest = hashlib.sha256(VENV.encode("utf-8", "surrogateescape"))
    for path in (requirements(purpose), os.path.join(ROOT, "pyproject.toml")):
        with open(path, "rb") as file:
            digest.update(file.read())
    for path in (PYTHON, _base_python()):
        status = os.stat(path)
        digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()


def _base_python() -> str:
    with open(os.path.join(VENV, "pyvenv.cfg"), encoding="utf-8") as file:
        settings = dict(line.strip().split(" = ", 1) for line in file if " = " in line)
    return settings.get("executable") or PYTHON
