"""Hand over to a program of the environment in ``.venv``."""

from __future__ import annotations

import os
import sys

from preparo import stamp


def run_in_environment(command: str, options: list[str]) -> int:
    """Run ``python -m almoxarife <command>`` of ``.venv`` in place of this process or say what is missing."""
    if (
        not os.path.exists(stamp.STAMP)
        or not os.path.exists(stamp.PYTHON)
        or os.path.exists(stamp.UNFINISHED)
    ):
        script = "start_sistema_completo.bat" if os.name == "nt" else "./start_sistema_completo.sh"
        print(f"O ambiente ainda não foi preparado. Rode antes: {script} --preparar", file=sys.stderr)
        return 1
    return replace_process([stamp.PYTHON, "-m", "almoxarife", command, *options])


def replace_process(command: list[str]) -> int:
    """Become another program; on Windows, which cannot, run it and return its exit status."""
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name != "nt":
        os.execv(command[0], command)
    import signal
    import subprocess

    # Ctrl-C reaches every process of the console: the program decides what it means, this one waits for it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return subprocess.call(command)
