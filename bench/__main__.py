"""Measure: ``python -m bench [options]`` from the project's folder, with any Python: that of ``.venv`` takes over."""

from __future__ import annotations

import os
import sys

from preparo import stamp
from preparo.enter import replace_process


def main() -> int:
    """Measure, or say what is missing; return the exit status."""
    if not stamp.is_current("bench"):
        print(
            "O que as medidas usam ainda não foi instalado. Rode antes: python preparar.py medir --preparar",
            file=sys.stderr,
        )
        return 1
    if os.path.dirname(sys.executable) != os.path.dirname(stamp.PYTHON):
        return replace_process([stamp.PYTHON, "-m", "bench", *sys.argv[1:]])
    from bench.command import measure

    measure(prog_name="python -m bench")
    return 0


if __name__ == "__main__":
    sys.exit(main())
