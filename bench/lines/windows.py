"""The register program with many products, on a screen that nobody sees."""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys

from almoxarife.names import search_form
from bench.commands import Failed
from bench.ground import Ground
from bench.names import product_names
from bench.results import Measured, Missing
from bench.servers import ROOT, module
from preparo.checks import display

_LIMIT_S = 300
_LONGEST_TEXT = 8


def register_program(ground: Ground) -> Measured:
    """Measure log-ins, and keystrokes until the matches are shown."""
    if sys.platform != "linux":
        raise Missing("Xvfb (Linux)")
    texts = _texts(ground.sizes.products, ground.sizes.keystrokes)
    usable, medians, slow = [], [], []
    data = ground.data(ground.sizes.few_movements, ground.sizes.products)
    with ground.api(data) as api, display() as screen:
        for turn in range(ground.sizes.repeats):
            ground.say(f"{turn + 1}/{ground.sizes.repeats}")
            done = subprocess.run(
                module("bench.programs.window", api.server.address, json.dumps(texts)),
                cwd=ROOT,
                env={**os.environ, **screen},
                capture_output=True,
                text=True,
                timeout=_LIMIT_S,
                check=False,
            )
            if done.returncode != 0:
                raise Failed(done.stderr.strip()[-300:])
            said = json.loads(done.stdout)
            usable.append(said["usable_ms"])
            medians.append(statistics.median(said["shown_ms"]))
            slow.append(sorted(said["shown_ms"])[int(len(texts) * 0.95)])
    measured = Measured()
    measured.add("usable_after_log_in_ms", *usable)
    measured.add("keystroke_to_matches_ms", *medians)
    measured.add("keystroke_to_matches_p95_ms", *slow)
    return measured


def _texts(products: int, how_many: int) -> list[str]:
    """Return beginnings of names, of letters alone: a made-up key press cannot be any other character."""
    choose = random.Random(5)
    names = [search_form(name) for name in product_names(products)]
    texts: list[str] = []
    while len(texts) < how_many:
        text = choose.choice(names)[: choose.randint(1, _LONGEST_TEXT)].strip()
        if all(letter in "abcdefghijklmnopqrstuvwxyz " for letter in text) and text:
            texts.append(text)
    return texts
