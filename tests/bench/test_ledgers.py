"""What is measured on: names, searches, ledgers."""

from __future__ import annotations

import random
import shutil
import uuid
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from almoxarife.features.products.rules import check_name
from almoxarife.features.verification.service import verify_everything
from almoxarife.names import fold
from almoxarife.storage.database import Database
from bench import names
from bench.ledgers import DATABASE_NAME, Ledgers, random_id


@pytest.fixture(params=["real", "generated"])
def _words(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "produtos.csv"
    if request.param == "real":
        real = ("Leite pó Ninho 400g Fases", "Café torrado Pilão forte 500g", "Sopa creme Maggi 70g Aspargo")
        path.write_text(
            "gtin,nome\n" + "".join(f"{number},{name}\n" for number, name in enumerate(real)),
            encoding="utf-8",
        )
    monkeypatch.setattr(names, "REAL_NAMES", path)


@pytest.mark.usefixtures("_words")
def test_names_are_different_possible_and_the_same_at_every_call() -> None:
    made = names.product_names(50)
    assert len({fold(name) for name in made}) == 50
    assert [check_name(name) for name in made] == made
    assert names.product_names(50) == made


@pytest.mark.usefixtures("_words")
def test_searches_are_short_and_the_same_at_every_call() -> None:
    paths = names.search_paths(names.product_names(50), 200)
    texts = [parse_qs(urlsplit(path).query)["busca"][0] for path in paths]
    assert len(texts) == 200
    assert all(0 < len(text.strip()) <= 11 for text in texts)
    assert names.search_paths(names.product_names(50), 200) == paths


def test_ids_are_random_uuids() -> None:
    choose = random.Random(1)
    made = [uuid.UUID(bytes=random_id(choose)) for _ in range(100)]
    assert {(id.version, id.variant) for id in made} == {(4, uuid.RFC_4122)}


def test_a_ledger_is_written_once_copied_often_and_proves_right(tmp_path: Path) -> None:
    ledgers = Ledgers(tmp_path / "kept")
    first = ledgers.copy(1_234, 30, tmp_path / "first") / DATABASE_NAME
    kept = list((tmp_path / "kept").iterdir())
    second = ledgers.copy(1_234, 30, tmp_path / "second") / DATABASE_NAME
    assert list((tmp_path / "kept").iterdir()) == kept
    assert len(kept) == 1
    assert first.read_bytes() == second.read_bytes()
    shutil.rmtree(tmp_path / "kept")
    with closing(Database(f"sqlite:///{first.as_posix()}")) as database:
        report = verify_everything(database)
    assert (report.rows, report.findings) == (1_234, ())
