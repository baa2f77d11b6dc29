"""What the operating system must offer: installed where possible, else named with the command to type."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TextIO

from preparo.causes import explain
from preparo.progress import Progress, SetupFailed, run_logged

VERSION = f"{sys.version_info[0]}.{sys.version_info[1]}"
SYSTEM_PYTHON = "/usr/bin/python3"

NAMES = {
    "venv": "o venv do Python",
    "tkinter": "o tkinter (janelas)",
    "fontes": "fontes para a tela",
    "cc": "um compilador de C",
}

# need -> package by package manager; the first manager found on the machine counts.
PACKAGES: dict[str, dict[str, list[str]]] = {
    "apt-get": {
        "venv": [f"python{VERSION}-venv"],
        "tkinter": ["python3-tk"],
        "xvfb": ["xvfb"],
        "xdotool": ["xdotool"],
        "cc": ["gcc", "libc6-dev"],
        "wrk": ["wrk"],
        "sqlite3": ["sqlite3"],
        "fontes": ["fonts-dejavu-core"],
    },
    "dnf": {
        "venv": ["python3"],
        "tkinter": ["python3-tkinter"],
        "xvfb": ["xorg-x11-server-Xvfb"],
        "xdotool": ["xdotool"],
        "cc": ["gcc"],
        "wrk": ["wrk"],
        "sqlite3": ["sqlite"],
        "fontes": ["dejavu-sans-fonts"],
    },
    "pacman": {
        "venv": ["python"],
        "tkinter": ["tk"],
        "xvfb": ["xorg-server-xvfb"],
        "xdotool": ["xdotool"],
        "cc": ["gcc"],
        "wrk": ["wrk"],
        "sqlite3": ["sqlite"],
        "fontes": ["ttf-dejavu"],
    },
    "zypper": {
        "venv": ["python3"],
        "tkinter": [f"python{VERSION.replace('.', '')}-tk"],
        "xvfb": ["xorg-x11-server-Xvfb"],
        "xdotool": ["xdotool"],
        "cc": ["gcc"],
        "wrk": ["wrk"],
        "sqlite3": ["sqlite3"],
        "fontes": ["dejavu-fonts"],
    },
    "brew": {"venv": [f"python@{VERSION}"], "tkinter": [f"python-tk@{VERSION}"]},
}
# need -> program; the tests use the first three (a library that lets disks fail is compiled), the measurements all.
TOOLS = (("xvfb", "Xvfb"), ("xdotool", "xdotool"), ("cc", "cc"), ("wrk", "wrk"), ("sqlite3", "sqlite3"))
_OF_TESTS = 3
COMMANDS = {
    "apt-get": "sudo apt-get update && sudo apt-get install",
    "dnf": "sudo dnf install",
    "pacman": "sudo pacman -S",
    "zypper": "sudo zypper install",
    "brew": "brew install",
}
WINDOWS_ADVICE = (
    'abra o instalador do Python em "Aplicativos instalados", escolha "Modificar" e marque a caixa '
    '"tcl/tk and IDLE"'
)


def missing(purpose: str, python: str) -> list[str]:
    """Return what this machine lacks for the purpose and a Python, by the names that ``PACKAGES`` uses."""
    lacking = []
    if not _imports("venv, ensurepip", python):
        lacking.append("venv")
    if not _imports("tkinter", python):
        lacking.append("tkinter")
    if purpose != "sistema" and sys.platform == "linux":
        tools = TOOLS if purpose == "bench" else TOOLS[:_OF_TESTS]
        lacking += [tool for tool, program in tools if not shutil.which(program)]
        if not _has_fonts():
            lacking.append("fontes")
    return lacking


def provide(purpose: str, python: str, progress: Progress, log: TextIO) -> str | None:
    """Install what is missing for a Python; return the path of another Python if that must take over.

    Raises SetupFailed when something is missing without which the purpose cannot be reached. Without tkinter
    the system still starts (its API only), so that is only said.
    """
    lacking = missing(purpose, python)
    if not lacking:
        return None
    # A Python that did not come with the system cannot be completed by its packages: the system's takes over.
    foreign = os.path.dirname(os.path.realpath(python)) != "/usr/bin"
    incomplete = bool({"venv", "tkinter"} & set(lacking))
    failure = ""
    if shutil.which("apt-get") and not (foreign and lacking == ["tkinter"] and _is_complete(SYSTEM_PYTHON)):
        failure = _install(_debian_packages(lacking, foreign and incomplete), progress, log)
        lacking = missing(purpose, python)
    if foreign and incomplete and _is_complete(SYSTEM_PYTHON):
        return SYSTEM_PYTHON
    if not lacking:
        return None
    progress.interrupt()
    names = ", ".join(NAMES.get(need, need) for need in lacking)
    remedy = failure or f"Para instalar: {_advice(lacking, foreign and incomplete)}"
    sentence = f"falta no computador: {names}. {remedy}"
    if lacking == ["tkinter"] and purpose == "sistema":
        print(f"  Por enquanto só a API, sem janelas: {sentence}")
        return None
    raise SetupFailed(f"{sentence}\nDepois, rode este comando outra vez.")


def _is_complete(python: str) -> bool:
    return _imports("tkinter, venv, ensurepip, sys; sys.version_info >= (3, 11) or sys.exit(1)", python)


def _debian_packages(lacking: list[str], system_python: bool) -> list[str]:
    packages = [
        name for need in lacking for name in PACKAGES["apt-get"][need] if need != "venv" or not system_python
    ]
    return ["python3", "python3-venv", *packages] if system_python else packages


def _advice(lacking: list[str], system_python: bool) -> str:
    if os.name == "nt":
        return WINDOWS_ADVICE
    for manager, packages in PACKAGES.items():
        if shutil.which(manager):
            names = [name for need in lacking for name in packages.get(need, [])]
            if manager == "apt-get":
                names = _debian_packages(lacking, system_python)
            return f"{COMMANDS[manager]} {' '.join(names)}"
    if sys.platform == "darwin":
        return "use o Python de https://www.python.org/downloads/macos/, que já traz tudo"
    return "use o gerenciador de pacotes do sistema"


def _install(names: list[str], progress: Progress, log: TextIO) -> str:
    """Install packages with apt-get when this user can; return why that failed, else an empty text."""
    as_root = _as_root(names, progress)
    if as_root is None:
        return ""
    apt_get = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C", "apt-get", "-q", "-y"]
    # Another apt-get may be at work (automatic updates): wait for it instead of failing.
    options = ["-o", "DPkg::Lock::Timeout=300", "-o", "APT::Status-Fd=1"]
    detail = f"instalando {', '.join(names)}"

    def heard(line: str) -> None:
        nonlocal detail
        fields = line.split(":")
        if fields[0] in ("dlstatus", "pmstatus") and len(fields) > 2:
            share = fields[2].split(".")[0]
            detail = (
                f"{'baixando' if fields[0] == 'dlstatus' else 'instalando'} {', '.join(names)}, {share} %"
            )

    def idle() -> None:
        progress.update(detail)

    environment = dict(os.environ)
    run_logged([*apt_get, *options, "update"], log, environment, lambda line: None, idle)
    command = [*apt_get, *options, "install", "--no-install-recommends", *names]
    if run_logged(command, log, environment, heard, idle) == 0:
        return ""
    return f"O apt-get não conseguiu instalar: {explain(log.name)}"


def _as_root(names: list[str], progress: Progress) -> list[str] | None:
    """Return the prefix with which a command runs as root, or None when this user cannot."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    if subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True).returncode == 0:
        return ["sudo", "-n"]
    if not sys.stdin.isatty():
        return None
    progress.interrupt()
    print(f"  Faltam {', '.join(names)}. Para instalar, o sudo pede a sua senha (Ctrl-C desiste).")
    return ["sudo", "-n"] if subprocess.run(["sudo", "-v"], check=False).returncode == 0 else None


def _imports(modules: str, python: str) -> bool:
    try:
        return (
            subprocess.run(
                [python, "-I", "-c", f"import {modules}"], check=False, capture_output=True
            ).returncode
            == 0
        )
    except OSError:
        return False


def _has_fonts() -> bool:
    folders = ("/usr/share/fonts", "/usr/local/share/fonts", os.path.expanduser("~/.fonts"))
    return any(
        name.endswith((".ttf", ".otf"))
        for folder in folders
        for _, _, names in os.walk(folder)
        for name in names
    )
