"""Guessing passwords and tokens, and how long a log-in takes, at a real server with the real clock."""

from __future__ import annotations

import http.client
import random
import sys
from pathlib import Path

from soak.guessing import (
    OTHER,
    OWNER,
    PASSWORD,
    besiege,
    most_evaluated,
    returns,
    time_log_ins,
)
from soak.line import Outcome, Tell
from soak.unguarded import no_decoy, no_pauses, without
from tests.server.running import ApiServer, free_port

TITLE = "guessing passwords and tokens, and the time of a log-in"
TIMES = 10_000
LIMIT_S = 0.003
_TRIES = 300
_CONTROL_GUESSES, _CONTROL_TRIES = 200, 20


def run(dice: random.Random, times: int, folder: Path, tell: Tell) -> Outcome:
    """Guess so many times, then compare the times of log-ins."""
    folder.mkdir(parents=True)
    server = ApiServer(folder / "dados", free_port())
    try:
        found = guessed(server, dice, times)
        tell(f"{times} guesses, {found.wrong} wrong")
        is_alike = timed(server, dice, min(times, _TRIES))
    finally:
        server.kill()
    return found._replace(wrong=found.wrong + (not is_alike))


def control(dice: random.Random, folder: Path) -> Outcome:
    """Guess at a server without pauses, and time one that looks at no password of an unknown user; both are seen."""
    folder.mkdir(parents=True)
    without_pauses = without(no_pauses)(folder / "pauses", free_port())
    try:
        found = guessed(without_pauses, dice, _CONTROL_GUESSES)
    finally:
        without_pauses.kill()
    without_decoy = without(no_decoy)(folder / "decoy", free_port())
    try:
        is_alike = timed(without_decoy, dice, _CONTROL_TRIES)
    finally:
        without_decoy.kill()
    return found._replace(wrong=0 if is_alike else found.wrong)


def guessed(server: ApiServer, dice: random.Random, guesses: int) -> Outcome:
    """Guess at the owner's password and at tokens; what is wrong is said, and counted."""
    for name in (OWNER, OTHER):
        server.log_in(name, PASSWORD, register=True)
    siege = besiege(server, dice, guesses)
    problems = siege.problems
    evaluated, most = siege.statuses[http.client.UNAUTHORIZED], most_evaluated(siege.seconds)
    if evaluated > most:
        problems.append(f"{evaluated} guesses were looked at in {siege.seconds:.0f} s, {most} may be")
    problems += [f"a guess was answered with {status}" for status in siege.statuses.keys() - {0, 401, 429}]
    waited_s, is_in = returns(server)
    if not is_in:
        problems.append("the owner was not let in from a new place when the guessing had ended")
    print(
        f"  {evaluated} of {siege.statuses.total() - siege.statuses[0]} guesses at a password looked at in "
        f"{siege.seconds:.0f} s; the owner, at a new place, in after {waited_s:.0f} s",
        *problems,
        sep="\n  ",
        file=sys.stderr,
    )
    return Outcome(siege.statuses.total(), 0, 0, 0, len(problems))


def timed(server: ApiServer, dice: random.Random, tries: int) -> bool:
    """Tell whether nobody can see by the time whether a user exists."""
    times = time_log_ins(server, dice, tries)
    print(
        f"  medians of {tries}: existing user {times.known_s * 1_000:.1f} ms, unknown "
        f"{times.unknown_s * 1_000:.1f} ms; of the differences {times.difference_s * 1_000:+.1f} ms",
        file=sys.stderr,
    )
    return abs(times.difference_s) < LIMIT_S and abs(times.known_s - times.unknown_s) < LIMIT_S
