"""The load: wrk, in C and on one thread, so that two cores are left to what is measured."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from bench.results import Missing
from bench.servers import Server

_SCRIPT = Path(__file__).with_name("load.lua")
_LONGEST_ANSWER_S = 20
_MARGIN_S = 60


class BadAnswers(Exception):
    """The server refused requests or dropped connections under the load."""


class Load(NamedTuple):
    """What the load saw, and what share of a core it took; every request was answered with success."""

    requests: int
    requests_per_second: float
    p50_ms: float
    p99_ms: float
    core_share: float


class Request(NamedTuple):
    """What is asked over and over: path, kind as ``load.lua`` knows them, and what that kind needs."""

    path: str
    kind: str = "get"
    argument: str = ""


def press(server: Server, token: str, request: Request, *, connections: int, seconds: int) -> Load:
    """Send requests as fast as they are answered, for so long. Raises BadAnswers, Missing."""
    wrk = shutil.which("wrk")
    if wrk is None:
        raise Missing("wrk (Debian: apt-get install wrk)")
    options = ["--threads", "1", "--connections", str(connections), "--duration", f"{seconds}s"]
    # A seed of its own for each call: an id that came before would be no new entry.
    words = [request.kind, token or "-", str(secrets.randbits(31)), request.argument]
    cpu_s = _cpu_of_children_s()
    done = subprocess.run(
        [
            *(wrk, *options, "--timeout", f"{_LONGEST_ANSWER_S}s", "--script", str(_SCRIPT)),
            *(f"{server.address}{request.path}", "--", *words),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=seconds + _MARGIN_S,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode != 0 or not lines:
        raise BadAnswers((done.stderr or done.stdout).strip())
    said = json.loads(lines[-1])
    if said["refused"] or said["broken"] or not said["requests"]:
        raise BadAnswers(f"{said['refused']} refused, {said['broken']} broken of {said['requests']}")
    passed_s = said["duration_us"] / 1e6
    return Load(
        said["requests"],
        said["requests"] / passed_s,
        said["p50_us"] / 1e3,
        said["p99_us"] / 1e3,
        (_cpu_of_children_s() - cpu_s) / passed_s,
    )


def _cpu_of_children_s() -> float:
    """Return what the children that have ended took of the processor; servers, which go on, do not count."""
    used = os.times()
    return used.children_user + used.children_system
