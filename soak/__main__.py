"""Break things on purpose: ``.venv/bin/python -m soak [LINE …] [--semente N] [--vezes N]``."""

from __future__ import annotations

import argparse
import pkgutil
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import cast

from soak import lines
from soak.line import Line, Outcome, Skipped


def names() -> list[str]:
    """Return the word of every line."""
    return sorted(module.name for module in pkgutil.iter_modules(lines.__path__))


def line_of(name: str) -> Line:
    """Return the line of a word."""
    return cast(Line, import_module(f"soak.lines.{name}"))


def main(words: Sequence[str] | None = None) -> int:
    """Run lines; return 0 when nothing was lost and every negative control was seen to fail."""
    parser = argparse.ArgumentParser(prog="python -m soak", description=__doc__)
    parser.add_argument(
        "line", nargs="*", help=f"what to break: {', '.join(names())}; without one, everything"
    )
    parser.add_argument("--semente", type=int, default=None, help="seed: the same one draws the same faults")
    parser.add_argument(
        "--vezes", type=int, default=None, help="how many faults a line (a full run has more)"
    )
    chosen = parser.parse_args(words)
    unknown = set(chosen.line) - set(names())
    if unknown:
        parser.error(f"no line: {', '.join(sorted(unknown))}")
    seed = chosen.semente if chosen.semente is not None else random.SystemRandom().randrange(2**32)
    print(f"seed {seed}", flush=True)
    all_right = True
    for name in chosen.line or names():
        line = line_of(name)
        with tempfile.TemporaryDirectory(prefix="almoxarife-soak-") as place:
            began = time.monotonic()
            try:
                found = line.run(random.Random(seed), chosen.vezes or line.TIMES, Path(place) / "run", _tell)
            except Skipped as reason:
                print(f"{name}: SKIPPED: {reason}", flush=True)
                continue
            seconds = time.monotonic() - began
            seen = line.control(random.Random(seed), Path(place) / "control")
        all_right &= found.is_right and not seen.is_right
        print(f"{name}: {line.TITLE}\n  {_words(found)}; {seconds:.0f} s", flush=True)
        print(f"  control, which must be wrong: {_words(seen)}", flush=True)
    print("all right" if all_right else "PROBLEM", flush=True)
    return 0 if all_right else 1


def _tell(words: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{words}", end="", file=sys.stderr, flush=True)


def _words(found: Outcome) -> str:
    return (
        f"{found.faults} faults, {found.acknowledged} acknowledged, {found.lost} lost, {found.twice} twice, "
        f"{found.wrong} otherwise wrong" + (f"; {found.figures}" if found.figures else "")
    )


if __name__ == "__main__":
    sys.exit(main())
