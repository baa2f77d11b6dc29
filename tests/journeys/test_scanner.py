"""A fast scanner at the real register program with a real server: none of its scans is lost."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from tests.server.running import ApiServer, Http, clean_environment

from .desk import ANOTHER_SCREEN, Desk, difference, wait_until
from .test_first_use import REGISTER, fill_in

PRODUCTS = 100
SCANS_PER_SECOND = 20
# So many products are scanned once more at the end.
TWICE = 10


@pytest.fixture
def register(desk: Desk, api: ApiServer) -> Iterator[subprocess.Popen[bytes]]:
    """The register program, at the log-in."""
    server = ["--servidor", f"http://127.0.0.1:{api.port}", "--dados", str(api.data_dir)]
    program = subprocess.Popen(
        [sys.executable, "-m", "almoxarife", "cadastro", *server],
        env={**clean_environment(), "DISPLAY": desk.screen},
    )
    yield program
    program.kill()
    program.wait()


def test_a_fast_scanner_loses_no_scan(desk: Desk, api: ApiServer, register: subprocess.Popen[bytes]) -> None:
    http = api.log_in("admin", "1234", register=True)
    codes = products_with_codes(http, PRODUCTS)
    window = desk.window(REGISTER)
    window.come_forward()
    window.press_and_see("s")
    before = window.picture()
    fill_in(window.type, window.press, "admin", "1234")
    wait_until(lambda: difference(before, window.picture()) > 10 * ANOTHER_SCREEN, "the entry screen")
    window.settle()

    scans = [*random.Random(5).sample(codes, len(codes)), *codes[:TWICE]]
    began = time.monotonic()
    for number, code in enumerate(scans):
        time.sleep(max(0.0, began + number / SCANS_PER_SECOND - time.monotonic()))
        desk.x11.scan(code)
    window.settle()
    assert http.get("/inventario").json() == [], "no scan presses a button"
    window.press("Return")

    wait_until(lambda: len(http.get("/inventario?ultimos=1000").json()) == PRODUCTS, "all lines")
    registered = {row["produto_id"]: row["quantidade"] for row in http.get("/inventario?ultimos=1000").json()}
    expected = {f"p{place}": 2 if place <= TWICE else 1 for place in range(1, PRODUCTS + 1)}
    assert registered == expected
    assert register.poll() is None


def products_with_codes(http: Http, count: int) -> list[str]:
    """Make products p1, p2, … and return the GTIN-13 of each."""
    codes = []
    for number in range(1, count + 1):
        code = with_check_digit(f"789{number:09d}")
        assert http.post("/produtos", {"nome": f"Produto {number}"}).status == 201
        answer = http.post(f"/produtos/p{number}/codigos", {"codigo": code})
        assert answer.status == 201, answer.body
        codes.append(code)
    return codes


def with_check_digit(digits: str) -> str:
    """Return a GTIN-13 (GS1 General Specifications, 7.9): weights 1 and 3 from the left, up to the next ten."""
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-total % 10}"
