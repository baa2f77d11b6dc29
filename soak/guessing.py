"""Who guesses passwords and tokens at a real server, and how its owner, and others, fare meanwhile."""

from __future__ import annotations

import http.client
import random
import threading
import time
from collections import Counter
from statistics import median
from typing import NamedTuple

from tests.server.running import ApiServer, Http

OWNER, OTHER, PASSWORD = "maria", "joão", "segredo-1234"
# From here the owner has logged in before; from the second nobody has.
OWNERS_ADDRESS, NEW_ADDRESS, OTHERS_ADDRESS = "127.0.0.1", "127.5.0.1", "127.5.0.2"
_GUESSERS = 8
# So many accounts are enough for no pause to be met while times are taken.
_TRIES_AN_ACCOUNT = 10
_FREE_ATTEMPTS, _LONGEST_PAUSE_S = 20, 60


class Siege(NamedTuple):
    """What came of guessing: statuses, for how long it went on, what was wrong with how others fared."""

    statuses: Counter[int]
    seconds: float
    problems: list[str]


class From(Http):
    """A client with an address of its own on this machine."""

    def __init__(self, port: int, address: str) -> None:
        super().__init__(port)
        self._connection = http.client.HTTPConnection(
            "127.0.0.1", port, timeout=60, source_address=(address, 0)
        )

    def log_in(self, username: str, password: str) -> int:
        """Try to log in; return the status."""
        return self.post("/login", {"username": username, "password": password}).status


def besiege(server: ApiServer, dice: random.Random, guesses: int) -> Siege:
    """Guess at the owner's password from many addresses as fast as it goes, and at tokens."""
    statuses: Counter[int] = Counter()
    seeds = [dice.randrange(2**32) for _ in range(_GUESSERS)]

    def guess(number: int) -> None:
        own = random.Random(seeds[number])
        client = From(server.port, f"127.4.0.{number + 1}")
        for turn in range(guesses // _GUESSERS):
            if turn % 5:
                status = client.log_in(OWNER, f"palpite {own.getrandbits(64):x}")
            else:
                token = f"{own.getrandbits(256):064x}"[:43]
                status = client.send("GET", "/produtos", headers={"Authorization": f"Bearer {token}"}).status
                # None of the attempts at a password.
                status = 0 if status == http.client.UNAUTHORIZED else status
            statuses[status] += 1
        client.close()

    began = time.monotonic()
    threads = [threading.Thread(target=guess, args=(number,)) for number in range(_GUESSERS)]
    for thread in threads:
        thread.start()
    problems: list[str] = []
    people = ((From(server.port, OWNERS_ADDRESS), OWNER), (From(server.port, OTHERS_ADDRESS), OTHER))
    while any(thread.is_alive() for thread in threads):
        for client, name in people:
            status = client.log_in(name, PASSWORD)
            if status != http.client.OK:
                problems.append(f"{name} was answered with {status}")
        time.sleep(0.2)
    for thread in threads:
        thread.join()
    for client, _name in people:
        client.close()
    return Siege(statuses, time.monotonic() - began, problems)


def most_evaluated(seconds: float) -> int:
    """Return how many attempts at one account may be looked at in so long: 20, and one after each pause.

    The pauses are 1, 2, 4, … and at the most 60 seconds, as docs/decisions/0029 says.
    """
    attempts, pause, passed = _FREE_ATTEMPTS, 1, 0.0
    while passed <= seconds:
        passed += pause
        pause = min(2 * pause, _LONGEST_PAUSE_S)
        attempts += 1
    return attempts


def returns(server: ApiServer) -> tuple[float, bool]:
    """Let the owner come from a new place after the siege; return how long that took, and whether he was let in."""
    client = From(server.port, NEW_ADDRESS)
    began = time.monotonic()
    answer = client.post("/login", {"username": OWNER, "password": PASSWORD})
    if answer.status == http.client.TOO_MANY_REQUESTS:
        time.sleep(min(int(answer.headers["Retry-After"]), _LONGEST_PAUSE_S))
        answer = client.post("/login", {"username": OWNER, "password": PASSWORD})
    client.close()
    return time.monotonic() - began, answer.status == http.client.OK


class Times(NamedTuple):
    """Medians of a log-in with a wrong password, and of the difference between two that were tried in turn."""

    known_s: float
    unknown_s: float
    difference_s: float


def time_log_ins(server: ApiServer, dice: random.Random, tries: int) -> Times:
    """Try existing and unknown users in turn, so many of each, with a wrong password."""
    for number in range(-(-tries // _TRIES_AN_ACCOUNT)):
        client = From(server.port, f"127.6.{number}.1")
        body = {"username": f"usuario{number}", "password": PASSWORD}
        assert client.post("/registrar_usuario_app", body).status == http.client.CREATED
        client.close()
    known: list[float] = []
    unknown: list[float] = []
    for number in range(tries):
        client = From(server.port, f"127.7.{number // 200}.{number % 200 + 1}")
        # The connection is there before anything is timed.
        client.get("/saude")
        turns = [(known, f"usuario{number // _TRIES_AN_ACCOUNT}"), (unknown, f"ninguem{number}")]
        dice.shuffle(turns)
        for times, name in turns:
            began = time.perf_counter()
            status = client.log_in(name, "palpite errado")
            times.append(time.perf_counter() - began)
            assert status == http.client.UNAUTHORIZED, status
        client.close()
    differences = [one - other for one, other in zip(known, unknown, strict=True)]
    return Times(median(known), median(unknown), median(differences))
