"""Ask whether a pinned library has a vulnerability that is known: ``python -m preparo.vulnerabilities``.

Apart from the checks, because it asks the internet, and because what it says changes without a change here. The
program that asks, pip-audit, is pinned like everything else and gets an environment of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys

from preparo import stamp

VENV = os.path.join(stamp.ROOT, ".venv-auditoria")
TOOL = os.path.join(stamp.ROOT, "requirements", "auditoria.txt")
# It includes what the others pin.
AUDITED = stamp.requirements(stamp.PURPOSES[-1])
# What could not be asked about is no good news.
OPTIONS = ("--strict", "--require-hashes", "--disable-pip", "--progress-spinner", "off")


def main(arguments: list[str]) -> int:
    """Ask, with further options of pip-audit; return 0 when nothing is known against any library."""
    python = os.path.join(VENV, os.path.relpath(stamp.PYTHON, stamp.VENV))
    try:
        if not os.path.exists(python):
            subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
        install = [
            "install",
            "--quiet",
            "--require-hashes",
            "--no-deps",
            "--only-binary",
            ":all:",
            "-r",
            TOOL,
        ]
        subprocess.run([python, "-m", "pip", *install], check=True)
    except (OSError, subprocess.CalledProcessError):
        print("O pip-audit não pôde ser instalado; é preciso ter internet.", file=sys.stderr)
        return 1
    asked = [python, "-m", "pip_audit", *OPTIONS, "-r", AUDITED, *arguments]
    status = subprocess.run(asked, check=False).returncode
    if status != 0:
        print("Há bibliotecas com falhas conhecidas, ou que não puderam ser consultadas.", file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
