"""A shop's real products, five thousand entries from sixteen clients, and proof that the ledger is right."""

from __future__ import annotations

import csv
import os
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.server.running import ApiServer, Http

from .load import ENTRIES, Entry, Load, at_once, check, entries
from .verification import assert_green, assert_red, change_one_byte

REAL_PRODUCTS = Path(__file__).parents[3] / "shared" / "data" / "produtos_gtin.csv"
ROWS, DISTINCT = 1_004, 946
SAME_INSTANT = 200


@pytest.fixture
def real_names() -> list[str]:
    """The names of real products, in their order, with their duplicates."""
    if not REAL_PRODUCTS.exists():
        reason = f"the real products are not at {REAL_PRODUCTS}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with REAL_PRODUCTS.open(encoding="utf-8", newline="") as file:
        return [row["nome"] for row in csv.DictReader(file)]


def create(server: ApiServer, token: str, names: Sequence[str]) -> list[str]:
    """Create products from four clients at once; return the ids of those that were new."""

    def part(first: int) -> list[tuple[int, str]]:
        client = Http(server.port, token)
        answers = [client.post("/produtos", {"nome": name}) for name in names[first::4]]
        client.close()
        return [(answer.status, answer.json().get("id", "")) for answer in answers]

    with ThreadPoolExecutor(4) as pool:
        answers = [answer for answers in pool.map(part, range(4)) for answer in answers]
    assert Counter(status for status, _ in answers) == {201: DISTINCT, 409: ROWS - DISTINCT}
    return [product_id for status, product_id in answers if status == 201]


def test_real_products_and_five_thousand_entries(
    server: ApiServer, database_url: str, real_names: list[str]
) -> None:
    assert len(real_names) == ROWS
    client = server.log_in("admin", "1234", register=True)
    products = create(server, client.token or "", real_names)
    assert [row["id"] for row in client.get("/produtos").json()] == [f"p{n}" for n in range(1, DISTINCT + 1)]
    assert set(products) == {f"p{number}" for number in range(1, DISTINCT + 1)}
    load = Load(server, client.token or "", entries(products))

    def verify_half_way() -> None:
        load.wait_for(ENTRIES // 2)
        assert_green(database_url, server.data_dir)

    load.run(meanwhile=verify_half_way)

    check(load, database_url)
    assert_green(database_url, server.data_dir, "5.000")
    assert server.stop() == 0
    assert_green(database_url, server.data_dir, "5.000")
    change_one_byte(database_url, row=3_210)
    assert_red(database_url, server.data_dir, row="3.210")


def test_the_same_entry_at_the_same_instant_is_one_row(server: ApiServer, database_url: str) -> None:
    client = server.log_in("admin", "1234", register=True)
    client.post("/produtos", {"nome": "Parafuso 10mm"})
    planned = [
        Entry(entry.id, "p1", entry.quantity, 2, at_once=True) for entry in entries(["p1"], SAME_INSTANT)
    ]
    load = Load(server, client.token or "", planned)
    first, second = server.connect(client.token), server.connect(client.token)

    for entry in planned:
        answers = at_once(first, second, entry)
        load.acknowledged[entry.id] = [(answer.status, answer.json()) for answer in answers]

    check(load, database_url)
