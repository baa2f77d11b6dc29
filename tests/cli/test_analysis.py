"""``almoxarife analise``: at the terminal, into files, and what it refuses."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from uuid import uuid4

import openpyxl

from almoxarife.ledger.rules import CUSTOMER_LOCATION, DEFAULT_LOCATION, SUPPLIER_LOCATION, Draft, Kind
from almoxarife.ledger.store import Appended, append

from .importing import Shop
from .terminal import Terminal

NOW_US = int(datetime.now(UTC).timestamp()) * 1_000_000


def sell(shop: Shop, units: int) -> None:
    """Buy and sell screws."""
    ways = (
        (Kind.ENTRY, SUPPLIER_LOCATION, DEFAULT_LOCATION),
        (Kind.ISSUE, DEFAULT_LOCATION, CUSTOMER_LOCATION),
    )
    drafts = [
        Draft(uuid4().bytes, kind, 1, source, target, units * 10_000, 1) for kind, source, target in ways
    ]
    with shop.database.unit_of_work() as connection:
        assert all(isinstance(one, Appended) for one in append(connection, drafts, NOW_US))


def test_an_analysis_is_shown_or_written(shop: Shop, terminal: Terminal) -> None:
    sell(shop, 7)
    database = ("--banco", shop.url)
    seen = terminal("analise", "cobertura", *database)
    assert (seen.status, "Parafuso" in seen.output, "Cobertura" in seen.output) == (0, True, True)
    target = shop.folder / "curva.xlsx"
    seen = terminal("analise", "abc", "--saida", str(target), "--limite-a", "70", *database)
    assert (seen.status, seen.output) == (0, f"Gravado: {target}\n")
    sheet = openpyxl.load_workbook(io.BytesIO(target.read_bytes())).worksheets[0]
    assert [sheet[cell].value for cell in ("C2", "E2", "I2")] == ["Parafuso 10mm", 7, "C"]
    for ending, beginning in (
        (".csv", b"\xef\xbb\xbfIn\xc3\xadcio;"),
        (".svg", b"<svg"),
        (".json", b'{"analise"'),
    ):
        target = shop.folder / f"consumo{ending}"
        seen = terminal("analise", "consumo", "--por", "dia", "--saida", str(target), *database)
        assert seen.status == 0
        assert target.read_bytes().startswith(beginning)
    assert list(shop.folder.glob("*.tmp")) == []


def test_what_cannot_be_done_is_said_in_one_line(shop: Shop, terminal: Terminal) -> None:
    for words, status, sentence in (
        (("abcd",), 1, "almoxarife: Não existe a análise “abcd”."),
        (("abc", "--desde", "ontem"), 1, "almoxarife: “desde” deve ser um dia"),
        (("abc", "--limite-a", "96"), 1, "almoxarife: O limite da classe A"),
        (("abc", "--produto", "p99"), 1, "almoxarife: Não existe o produto “p99”."),
        (("abc", "--produto", "7891000001081"), 1, "almoxarife: O dígito verificador"),
        (("abc", "--saida", "curva.pdf"), 2, "almoxarife: O nome do arquivo deve terminar em:"),
        (("abc", "--limite-a", "0"), 2, "almoxarife: O valor de --limite-a"),
    ):
        seen = terminal("analise", *words, "--banco", shop.url)
        assert (seen.status, seen.output) == (status, ""), words
        assert seen.line.startswith(sentence), seen.line
