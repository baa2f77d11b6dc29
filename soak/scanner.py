"""A scanner at the real register program: keys on a screen of its own, faster than any fingers."""

from __future__ import annotations

import contextlib
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from soak.clicks import Ledger
from soak.line import Outcome
from tests.desktop.monitor.screen import virtual_screen
from tests.journeys.desk import ANOTHER_SCREEN, Desk, Window, difference, wait_until
from tests.server.running import ApiServer, Http, clean_environment, free_port

SCANS_PER_SECOND = 20
REGISTER = "Cadastro"
TO_COUNTING = "alt+0"
USERNAME, PASSWORD = "admin", "1234"
# One of so many products is scanned once more at the end.
ONCE_MORE = 10
_POLL_S = 0.2
# On Contagem the label of a shelf comes before so many products.
PER_SHELF = 25
_SHELVES = ("l6", "l7", "l8")
# What nobody adds to for so long is complete; scans wait two seconds for a server that is away. Where as much is
# there as there should be, only what comes twice is waited for.
_STEADY_S, _COMPLETE_S = 4.0, 0.5
_LIMIT_S = 300.0
_PAGE = 1_000
# What was typed is drawn within that time, if it was taken; a cursor that blinks changes fewer points.
_LISTENS_S, _MORE_THAN_A_CURSOR = 3.0, 50


class Till(NamedTuple):
    """The window at which is scanned, the program behind it, and a way past it to the server."""

    desk: Desk
    window: Window
    program: subprocess.Popen[bytes]
    http: Http


@contextlib.contextmanager
def till(folder: Path, *, module: str = "almoxarife") -> Iterator[Till]:
    """Start an API and the register program, logged in; ``module``: by which the program is started."""
    folder.mkdir(parents=True, exist_ok=True)
    server = ApiServer(folder / "server", free_port())
    try:
        http = server.log_in(USERNAME, PASSWORD, register=True)
        with virtual_screen(96) as screen:
            address = f"http://127.0.0.1:{server.port}"
            options = ["cadastro", "--servidor", address, "--dados", str(folder / "client")]
            program = subprocess.Popen(
                [sys.executable, "-m", module, *options], env={**clean_environment(), "DISPLAY": screen}
            )
            desk = Desk(screen)
            try:
                yield Till(desk, _log_in(desk), program, http)
            finally:
                program.kill()
                program.wait()
                desk.put_away()
    finally:
        server.kill()


def products_with_codes(http: Http, count: int) -> list[str]:
    """Make products p1, p2, … and return the GTIN-13 of each."""
    codes = []
    for number in range(1, count + 1):
        code = with_check_digit(f"789{number:09d}")
        for answer in (
            http.post("/produtos", {"nome": f"Produto {number}"}),
            http.post(f"/produtos/p{number}/codigos", {"codigo": code}),
        ):
            assert answer.status == 201, answer
        codes.append(code)
    return codes


def with_check_digit(digits: str) -> str:
    """Return a GTIN-13 (GS1 General Specifications, 7.9): weights 1 and 3 from the left, up to the next ten."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"


def drawn(dice: random.Random, codes: Sequence[str]) -> list[str]:
    """Return every code once in an order drawn by lot, and then some of them once more."""
    return [*dice.sample(codes, len(codes)), *dice.sample(codes, len(codes) // ONCE_MORE)]


def scan_entries(at: Till, codes: Sequence[str], scans: Sequence[str]) -> Outcome:
    """Scan on the page of entries, press Enter once, and compare the ledger; it is empty before."""
    pace = _scan(at, scans)
    at.window.settle()
    pressed = len(list(Ledger(at.http).rows()))
    at.window.press("Return")
    rows = _steady(lambda: list(Ledger(at.http).rows()), len(set(scans)))
    found: Counter[str] = Counter()
    for row in rows:
        found[row["produto_id"]] += row["quantidade"]
    return _compared(Counter(f"p{codes.index(code) + 1}" for code in scans), found, pace, pressed)


def scan_a_count(at: Till, codes: Sequence[str], scans: Sequence[str]) -> Outcome:
    """Begin a count of the whole shop, scan on the page Contagem from shelf to shelf, and compare lines and places."""
    for shelf in _SHELVES:
        made = at.http.post("/locais", {"nome": f"Prateleira {shelf}"})
        assert made.json()["id"] == shelf, made
    begun = at.http.post("/contagens", {})
    assert begun.status == 201, begun
    at.window.press_and_see(TO_COUNTING)
    expected: Counter[str] = Counter()
    sent: list[str] = []
    for number, code in enumerate(scans):
        shelf = _SHELVES[number // PER_SHELF % len(_SHELVES)]
        sent += [code] if number % PER_SHELF else [shelf, code]
        expected[f"p{codes.index(code) + 1} {shelf}"] += 1
    pace = _scan(at, sent)
    found: Counter[str] = Counter()
    for line in _steady(lambda: list(_lines(at.http, begun.json()["id"])), len(scans)):
        found[f"{line['produto_id']} {line['local_id']}"] += line["quantidade"]
    return _compared(expected, found, pace)


def _type_visibly(window: Window, text: str) -> None:
    """Type a text, anew while nothing of it is to be seen: a program that is starting may not listen yet."""
    before = window.picture()

    def is_seen() -> bool:
        window.type(text)
        until = time.monotonic() + _LISTENS_S
        while time.monotonic() < until:
            if difference(before, window.picture()) > _MORE_THAN_A_CURSOR:
                return True
            time.sleep(_POLL_S)
        return False

    wait_until(is_seen, f"“{text}” in a field")


def _log_in(desk: Desk) -> Window:
    window = desk.window(REGISTER)
    window.come_forward()
    window.press_and_see("s")
    before = window.picture()
    for text, key in ((USERNAME, "Tab"), (PASSWORD, "Return")):
        _type_visibly(window, text)
        window.press(key)
    # The navigation at the left appears, and that is more than a message in the form.
    wait_until(lambda: difference(before, window.picture()) > 10 * ANOTHER_SCREEN, "the entry screen")
    window.settle()
    return window


def _scan(at: Till, scans: Sequence[str]) -> str:
    """Scan at the pace, catching up where the machine was too slow for it; return what pace it was."""
    began = time.monotonic()
    for number, code in enumerate(scans):
        time.sleep(max(0.0, began + number / SCANS_PER_SECOND - time.monotonic()))
        at.desk.x11.scan(code)
    return f"{len(scans) / (time.monotonic() - began):.1f} scans a second"


def _lines(http: Http, count_id: str) -> Iterator[Mapping[str, Any]]:
    last = 0
    while page := http.get(f"/contagens/{count_id}/linhas?depois_de={last}&limite={_PAGE}").json():
        yield from page
        last = page[-1]["numero"]


def _steady(read: Callable[[], list[Mapping[str, Any]]], expected: int) -> list[Mapping[str, Any]]:
    """Return what is there once nothing has come for a while."""
    end = time.monotonic() + _LIMIT_S
    there, since = read(), time.monotonic()
    while time.monotonic() < min(since + (_STEADY_S if len(there) < expected else _COMPLETE_S), end):
        time.sleep(_POLL_S)
        now = read()
        if len(now) != len(there):
            there, since = now, time.monotonic()
    return there


def _compared(expected: Counter[str], found: Counter[str], pace: str, wrong: int = 0) -> Outcome:
    """Compare how much was scanned with how much there is; what was never scanned is wrong."""
    wrong += sum(1 for key in found if key not in expected)
    lost, twice = expected - found, Counter({key: found[key] for key in expected}) - expected
    return Outcome(expected.total(), found.total(), lost.total(), twice.total(), wrong, pace)
