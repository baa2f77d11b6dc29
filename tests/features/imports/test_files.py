"""Files of entries through the service: what is remembered of them has a bound, and a busy database is waited for."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection

from almoxarife.errors import Unavailable
from almoxarife.features.imports import entries, reading
from almoxarife.features.imports.csv_file import CsvFile, Row
from almoxarife.features.imports.rules import Fault
from almoxarife.features.imports.service import Written
from almoxarife.ledger.rules import QUANTITY_SCALE

from .conftest import MARIA, Shop


class Watch:
    """Looks on."""

    def __init__(self) -> None:
        self.checks = self.rows = 0
        self.faults: list[Fault] = []

    def checked(self, rows: int, bytes_read: int) -> None:
        self.checks += rows

    def faulty(self, faults: Sequence[Fault], rows: Iterable[Row]) -> None:
        self.faults += faults

    def written(self, rows: int) -> None:
        self.rows += rows


def import_entries(shop: Shop, path: Path, text: str) -> tuple[Written, Watch]:
    """Import a file of entries as the command does."""
    path.write_text(text, encoding="utf-8")
    watch = Watch()
    with CsvFile(path) as file, shop.imports.checked_entries(file, MARIA, watch, again=False) as found:
        return shop.imports.write_entries(found, MARIA, watch), watch


def test_texts_are_remembered_within_a_bound(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entries, "ROWS_PER_BATCH", 3)
    monkeypatch.setattr(reading, "_MOST_PRODUCTS", 1)
    monkeypatch.setattr(reading, "_MOST_QUANTITIES", 1)
    shop.products.create_all([f"Produto {number}" for number in range(3, 8)])
    wanted = [(f"p{1 + n % 7}", 1 + n % 5) for n in range(40)]
    rows = "".join(f"{product},{quantity}\n" for product, quantity in wanted)
    done, watch = import_entries(shop, tmp_path / "a.csv", f"produto_id,quantidade\n{rows}p99,1\n")
    stored = [
        (f"p{row.product_id}", row.quantity // QUANTITY_SCALE) for row in shop.movements.following(0, 99)
    ]
    assert stored == wanted
    assert (done.new, watch.rows, watch.checks) == (40, 40, 41)
    assert [(fault.line, fault.reason) for fault in watch.faults] == [(42, "unknown_product")]
    assert shop.is_whole()


def test_a_database_that_is_busy_is_asked_again(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_first(shop, monkeypatch, 4)
    done, _watch = import_entries(shop, tmp_path / "a.csv", "produto_id,quantidade\np1,5\np2,6\n")
    assert (done.new, len(shop.movements.following(0, 9))) == (2, 2)


def test_a_database_that_stays_busy_ends_the_import(
    shop: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse_first(shop, monkeypatch, 5)
    with pytest.raises(Unavailable):
        import_entries(shop, tmp_path / "a.csv", "produto_id,quantidade\np1,5\n")
    assert shop.movements.following(0, 9) == []


def refuse_first(shop: Shop, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """Let the database refuse to be written so many times."""
    real, refused = shop.database.unit_of_work, iter(range(times))

    @contextmanager
    def unit_of_work(**options: bool) -> Iterator[Connection]:
        if next(refused, None) is not None:
            raise Unavailable(retry_after_s=1)
        with real(**options) as connection:
            yield connection

    monkeypatch.setattr(shop.database, "unit_of_work", unit_of_work)
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
