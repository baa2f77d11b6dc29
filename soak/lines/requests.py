"""Requests generated from our own documents: no fault of the server, and refusals that change nothing."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from flask import Flask

from almoxarife.errors import DomainError
from soak.generated import REQUESTS_A_SHOP, Asking, Wsgi
from soak.line import Outcome, Tell
from tests.server.in_process import Caller

TITLE = "requests generated from our own documents, alone and in walks"
TIMES = 100_000
_CONTROL_REQUESTS = 30
_MOST_WORDS = 1_500


def run(dice: random.Random, times: int, folder: Path, tell: Tell) -> Outcome:
    """Send so many requests, to a new shop after every few thousand."""
    sent = taken = wrong = 0
    while sent < times:
        asking = Asking(folder / str(sent), dice)
        asking.run(min(REQUESTS_A_SHOP, times - sent))
        sent, taken, wrong = sent + asking.sent, taken + asking.taken, wrong + len(asking.problems)
        for problem in asking.problems:
            print(problem[:_MOST_WORDS], file=sys.stderr, flush=True)
        tell(f"{sent} requests, {taken} taken, {wrong} wrong")
    return Outcome(sent, taken, 0, 0, wrong)


def control(dice: random.Random, folder: Path) -> Outcome:
    """Ask an app that does not word its refusals, and one that writes on while it refuses; both must be seen."""
    seen = []
    for spoil in (without_words, writing_when_refusing):
        asking = Asking(folder / spoil.__name__, dice, spoil)
        asking.run(_CONTROL_REQUESTS)
        seen.append(Outcome(asking.sent, asking.taken, 0, 0, len(asking.problems)))
    return min(seen, key=lambda outcome: outcome.wrong)


def without_words(app: Flask, _caller: Caller) -> Wsgi:
    """Let an app take its own refusals for faults."""
    del app.error_handler_spec[None][None][DomainError]
    return app


def writing_when_refusing(app: Flask, caller: Caller) -> Wsgi:
    """Let an app make an entry for each request that it refuses."""

    def asked(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        def notice(status: str, *more: Any) -> Any:
            if status.startswith("4"):
                refused.append(status)
            return start(status, *more)

        refused: list[str] = []
        pieces = list(app(environ, notice))
        if refused:
            caller.post("/inventario", {"produto_id": "p1", "quantidade": 1})
        return pieces

    return asked
