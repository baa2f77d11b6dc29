"""The walk along the chain: what pages prove is what rows prove, wherever a page ends."""

from __future__ import annotations

import struct

import pytest

from almoxarife.ledger.rules import GENESIS_HASH, Detail, Head
from almoxarife.ledger.rules_chain import hashed_bytes, hashes, record, with_detail
from almoxarife.ledger.verify import Fault, Finding, verify
from almoxarife.storage.database import Database
from tests.databases import behind_its_back, only_sqlite

from .shop import NUT, Shop


def findings(database: Database) -> set[Finding]:
    with database.snapshot() as connection:
        return set(verify(connection).findings)


def test_pages_as_they_were_written(busy: Shop) -> None:
    with busy.database.snapshot() as connection:
        report = verify(connection)
    assert (report.rows, report.findings) == (14, ())


@pytest.mark.parametrize("row", range(1, 15))
def test_the_changed_row_is_named_wherever_it_is_in_its_page(busy: Shop, row: int) -> None:
    behind_its_back(busy.database, f"UPDATE movement SET quantity = quantity + 1 WHERE sequence = {row}")
    assert Finding(Fault.CHANGED_ROW, row=row) in findings(busy.database)


@pytest.mark.parametrize("row", [1, 4, 5, 14])
def test_a_changed_hash_is_found_in_its_row(busy: Shop, row: int) -> None:
    other = "SELECT hash FROM movement WHERE sequence = 2"
    behind_its_back(busy.database, f"UPDATE movement SET hash = ({other}) WHERE sequence = {row}")
    assert Finding(Fault.CHANGED_ROW, row=row) in findings(busy.database)


@only_sqlite
@pytest.mark.parametrize(
    "changed", ["hash || x'00'", "CAST(hash || x'00' AS BLOB)", "substr(hash, 1, 31)", "''"]
)
def test_a_hash_of_another_length_is_found_in_its_row(busy: Shop, changed: str) -> None:
    behind_its_back(busy.database, f"UPDATE movement SET hash = {changed} WHERE sequence = 6")
    assert {finding.row for finding in findings(busy.database)} == {6}


@pytest.mark.parametrize("row", [4, 5, 13])
def test_a_missing_row_is_found_at_either_end_of_a_page(busy: Shop, row: int) -> None:
    behind_its_back(busy.database, f"DELETE FROM movement WHERE sequence = {row}")
    assert Finding(Fault.GAP, row=row) in findings(busy.database)


@only_sqlite
@pytest.mark.parametrize("statement", ["DELETE FROM product WHERE id = 2", "DELETE FROM account"])
def test_a_movement_of_what_is_not_there(busy: Shop, statement: str) -> None:
    behind_its_back(busy.database, statement)
    orphans = [finding.detail for finding in findings(busy.database) if "foreign key" in finding.detail]
    assert any(detail.startswith("foreign key: movement ") for detail in orphans)


@only_sqlite
def test_any_other_row_that_points_nowhere(busy: Shop) -> None:
    behind_its_back(busy.database, "DELETE FROM reason WHERE id = 2")
    assert Finding(Fault.DAMAGED_FILE, detail="foreign key: movement_detail 10") in findings(busy.database)


def test_a_page_is_hashed_as_its_rows_are(shop: Shop) -> None:
    plain = record(shop.entry(), Head(0, GENESIS_HASH), 1_795_487_835_123_456)
    detail = Detail(note="caixa amassada")
    draft = shop.entry(NUT, 7)._replace(detail=detail)
    detailed = record(draft, Head(1, plain.hash), 1_795_487_835_123_457)
    rows = [(1, row.kind, row.sequence, row.id, *row[3:]) for row in (plain, detailed)]
    first, second = hashed_bytes(GENESIS_HASH, rows)
    assert hashes([first, with_detail(second, detail)]) == [plain.hash, detailed.hash]
    with pytest.raises(struct.error):
        hashed_bytes(GENESIS_HASH, [(*rows[0][:7], 1.5, *rows[0][8:])])
