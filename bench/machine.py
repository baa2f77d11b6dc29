"""The machine on which something is measured, and the versions of what takes part."""

from __future__ import annotations

import os
import platform
import re
import shutil
import sqlite3
import statistics
import subprocess
import tempfile
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psutil

from bench.names import origin
from bench.servers import ROOT

_LIBRARIES = ("almoxarife", "flask", "granian", "sqlalchemy", "psycopg", "pydantic")
_SYNCS = 100
_BLOCK = b"x" * 4_096


def describe(folder: Path) -> dict[str, object]:
    """Return what a figure depends on; ``folder`` is where the databases lie."""
    folder.mkdir(parents=True, exist_ok=True)
    return {
        "measured_at": f"{datetime.now(UTC):%Y-%m-%dT%H:%MZ}",
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9, 1),
        "filesystem": _filesystem(folder),
        "sync_of_4_kib_ms": round(_sync_ms(folder), 3),
        "system": _system(),
        "kernel": platform.release(),
        "load_before": round(os.getloadavg()[0], 2),
        "product_names": origin(),
    }


def versions() -> dict[str, str]:
    """Return the versions of Python, libraries and tools, and the commit."""
    found = {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    found |= {name: version(name) for name in _LIBRARIES}
    found["wrk"] = _first_match(r"wrk (?:debian/)?([\w.-]+)", "wrk", "--version")
    found["sqlite3_command_line"] = _first_match(r"([\d.]+)", "sqlite3", "--version")
    found["commit"] = _first_match(r"(\S+)", "git", "describe", "--always", "--dirty")
    return found


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*:\s*(.+)", told.read_text(encoding="utf-8")) if told.exists() else None
    return found[1] if found else platform.processor() or platform.machine()


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return f"{platform.system()} {platform.version()}"


def _filesystem(folder: Path) -> str:
    mounts = [part for part in psutil.disk_partitions(all=True) if folder.is_relative_to(part.mountpoint)]
    return max(mounts, key=lambda part: len(part.mountpoint)).fstype if mounts else ""


def _sync_ms(folder: Path) -> float:
    """Return how long it takes to have a small write on disk, in the middle: what a commit cannot go below."""
    seen = []
    with tempfile.TemporaryFile(dir=folder) as file:
        for _ in range(_SYNCS):
            begin = time.perf_counter()
            file.write(_BLOCK)
            file.flush()
            os.fsync(file.fileno())
            seen.append((time.perf_counter() - begin) * 1e3)
    return statistics.median(seen)


def _first_match(pattern: str, program: str, *arguments: str) -> str:
    found = shutil.which(program)
    if found is None:
        return ""
    done = subprocess.run([found, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    match = re.search(pattern, done.stdout or done.stderr)
    return match[1] if match else ""
