"""``almoxarife importar`` with products that bring their codes: each code once, by the same rules as typed ones."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from almoxarife.features.audit.service import Audit
from almoxarife.features.codes.rules.codes import gtin_key
from almoxarife.features.codes.service.codes import Codes, Part, Wish
from almoxarife.features.codes.service.giving import Giving
from almoxarife.features.codes.service.printed import PrintedReader
from almoxarife.features.codes.service.reading import CodeReader
from almoxarife.features.imports import products
from almoxarife.features.imports.service import Imports
from almoxarife.features.locations.service import Locations
from almoxarife.features.lots.service import Lots
from almoxarife.features.partners.service import Partners
from almoxarife.features.products.change_service import ProductChanges
from almoxarife.features.settings.service import ShopSettings
from almoxarife.identity import Identity

from .importing import Shop

FIRST = ["Parafuso 10mm", "Porca", "Cabo 2,5 mm"]
# Check digits by hand: weights 3 and 1 in turn from the right (GS1 General Specifications, 7.9.1).
COFFEE, SUGAR, SMALL, UPC, CASE = (
    "7891000315507",
    "7891910000197",
    "96385074",
    "042100005264",
    "17891000315504",
)
REAL = Path(__file__).parents[3] / "shared" / "data" / "produtos_gtin.csv"


class CodedShop:
    """The shop, with what is known of its codes."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        database, products = shop.database, shop.products
        accounts = shop.accounts
        partners = Partners(database)
        self.settings = ShopSettings(database, Audit(database, accounts))
        masks = self.settings.scale_masks
        printed = PrintedReader(products, Locations(database), Lots(database, products))
        reader = CodeReader(products, partners, printed, masks)
        self.codes = Codes(database, products, partners, reader, masks)
        self.changes = ProductChanges(database, products, self.codes.follow_merge)
        self.giving = Giving(database, products, masks)
        self.maria: Identity = Imports(database, products, accounts).registrant(None)

    def attach(self, product_id: str, text: str, *others: str, quantity: int = 1) -> None:
        parts = [Part(one, Decimal(quantity), None) for one in (product_id, *others)]
        self.codes.attach(self.maria, Wish(None, text, None, None, parts))

    def imported(self, content: str, *options: str) -> tuple[int, str]:
        seen = self.shop.run(self.shop.file(content, "produtos.csv"), *options)
        assert seen.errors == ""
        return seen.status, seen.output

    def codes_of(self, name: str) -> list[tuple[str, str]]:
        with self.shop.database.snapshot() as connection:
            number = self.shop.products.numbers(connection, [name])[name]
        return [(one.code.row.kind, one.code.row.text) for one in self.codes.of_product(f"p{number}")]

    def state(self) -> Mapping[str, list[tuple[str, str]]]:
        return {name: self.codes_of(name) for name in self.shop.names()}


@pytest.fixture
def coded(shop: Shop) -> CodedShop:
    return CodedShop(shop)


def test_products_come_with_their_codes(coded: CodedShop) -> None:
    content = (
        "nome;gtin;codigo\n"
        f"Café;{COFFEE};CAF-1\n"
        f"café;{CASE};\n"
        f"Açúcar; {SUGAR} ;\n"
        f"PORCA;{SMALL};0007\n"
        f"Sem código;;\n"
        f"Importado;{UPC};\n"
    )
    status, said = coded.imported(content)
    assert "Linhas boas: 6. Linhas com problema: 0. Já estavam: 0." in said
    assert "Gravadas agora: 4," in said
    assert "Códigos novos: 7." in said
    assert (status, coded.state()) == (
        0,
        {
            "Parafuso 10mm": [],
            "Porca": [("gtin", SMALL), ("proprio", "0007")],
            "Cabo 2,5 mm": [],
            "Café": [("gtin", COFFEE), ("proprio", "CAF-1"), ("gtin", CASE)],
            "Açúcar": [("gtin", SUGAR)],
            "Sem código": [],
            # A UPC is the same number as an EAN with a zero before it.
            "Importado": [("gtin", f"0{UPC}")],
        },
    )
    [line] = coded.codes.read(COFFEE, None).lines
    assert (line.facts.name, line.unit) == ("Café", "UN")
    assert line.quantity == 1
    [first, *_rest] = coded.changes.changes(f"p{line.product}", 0, 10)
    assert (first.username, first.after) == ("maria", f'{{"codigo":"{COFFEE} (gtin, 1 UN)"}}')
    before = coded.state()
    status, said = coded.imported(content)
    assert "Já estavam: 6." in said
    assert "Gravadas agora: 0," in said
    assert "Códigos novos: 0." in said
    assert (status, coded.state()) == (0, before)
    assert coded.shop.is_whole()


def test_a_dry_run_changes_nothing(coded: CodedShop) -> None:
    status, said = coded.imported(f"nome;codigo;gtin\nCafé;C;{COFFEE}\nCafé;C;{COFFEE}\n", "--simular")
    assert "Linha 3: o mesmo produto da linha 2; conta uma vez só." in said
    assert "Foi só uma simulação: nada foi alterado." in said
    assert (status, coded.shop.names()) == (0, FIRST)


# Each row, and what is wrong with it. A code is the same in whichever column it stands, and without regard to case.
BAD_ROWS = {
    "Café;7891000315508;": "gtin: tem o dígito verificador errado; o último deveria ser 7.",
    "Café;7,891E+12;": "gtin: precisa ser um GTIN: 8, 12, 13 ou 14 dígitos.",
    f"Café;;{'x' * 61}": "codigo: pode ter no máximo 60 caracteres.",
    "Café;;a\u202eb": "codigo: tem um caractere que não pode ser mostrado, como uma quebra de linha.",
    "Café;;V3": "codigo: se lê como uma etiqueta da própria loja; escreva de outro modo, como V-3.",
    f"Café;{SUGAR};": "gtin: já é de “Porca” (p2).",
    f"Café;;0{SUGAR}": "codigo: já é de “Porca” (p2).",
    "Café;;kit": "codigo: já é de “Parafuso 10mm” (p1).",
    "Parafuso 10mm;;KIT": "codigo: já é de “Parafuso 10mm” (p1).",
    "Cabo 2,5 mm;;X": "codigo: não pode ser dado: “Cabo 2,5 mm” não está em uso.",
    "Café;2000123012345;": "gtin: tem o dígito verificador errado; o último deveria ser 6.",
    "Café;2000123012346;": "gtin: é a etiqueta de uma peça pesada; na balança o produto tem o número 123.",
}


def test_what_cannot_be_is_told_by_line_and_column(coded: CodedShop) -> None:
    coded.settings.change(coded.maria, scale_masks="2CCCCCCPPPPPD")
    coded.attach("p2", SUGAR)
    coded.attach("p1", "Kit", "p2")
    coded.changes.deactivate(coded.maria, "p3")
    rows = "\n".join(BAD_ROWS)
    content = f"nome;gtin;codigo\nArruela;{COFFEE};A\n{rows}\n;;B\n"
    status, said = coded.imported(content)
    expected = [f"Linha {line}, coluna {why}" for line, why in enumerate(BAD_ROWS.values(), 3)]
    assert said.splitlines()[: len(expected) + 1] == [
        *expected,
        f"Linha {len(BAD_ROWS) + 3}, coluna nome: está vazia.",
    ]
    assert "Nada foi importado." in said
    assert (status, coded.shop.names()) == (1, FIRST)
    status, _said = coded.imported(content, "--aceitar-parcial")
    assert (status, coded.codes_of("Arruela")) == (0, [("gtin", COFFEE), ("proprio", "A")])
    left_out = (coded.shop.folder / "produtos.recusadas.csv").read_text(encoding="utf-8-sig")
    assert left_out.count("\n") == len(BAD_ROWS) + 2


def test_a_code_of_a_product_that_says_more_stays_as_it_is(coded: CodedShop) -> None:
    coded.attach("p2", CASE, quantity=12)
    status, said = coded.imported(f"nome;gtin\nPorca;{CASE}\nCabo 2,5 mm;\n")
    assert "Já estavam: 2." in said
    assert status == 0
    assert coded.codes.read(CASE, None).lines[0].quantity == 12


def test_the_same_code_at_two_products_refuses_the_whole_file(coded: CodedShop) -> None:
    content = f"nome;gtin;codigo\nCafé;{COFFEE};A\nAçúcar;;a\nCafé 500g;0{COFFEE};\nArruela;;B\n"
    status, said = coded.imported(content, "--aceitar-parcial")
    assert "Linha 3, coluna codigo: também está na linha 2, em outro produto." in said
    assert "Linha 4, coluna gtin: também está na linha 2, em outro produto." in said
    assert "Nada foi importado: o mesmo código está em produtos diferentes. Corrija-os." in said
    assert (status, coded.shop.names()) == (1, FIRST)
    assert not (coded.shop.folder / "produtos.recusadas.csv").exists()


def test_it_goes_on_where_it_ended(coded: CodedShop, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"Produto {number}" for number in range(25)]
    content = "nome;codigo\n" + "".join(f"{name};I-{number}\n" for number, name in enumerate(names))
    give, calls = Giving.give, []

    def interrupted(self: Giving, who: Identity, wanted: object) -> int:
        calls.append(wanted)
        if len(calls) == 2:
            # The products of the second block are there, their codes are not.
            raise KeyboardInterrupt
        return give(self, who, wanted)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(Giving, "give", interrupted)
        patched.setattr(products, "ROWS_PER_BATCH", 20)
        seen = coded.shop.run(coded.shop.file(content, "produtos.csv"))
    assert seen.status == 130
    assert len(coded.shop.names()) == len(FIRST) + len(names)
    assert coded.codes_of("Produto 24") == []
    status, said = coded.imported(content)
    assert "Já estavam: 20." in said
    assert "Gravadas agora: 0," in said
    assert "Códigos novos: 5." in said
    assert (status, coded.codes_of("Produto 24")) == (0, [("proprio", "I-24")])
    assert coded.shop.is_whole()


def test_columns_that_stand_twice_and_files_of_entries(coded: CodedShop) -> None:
    seen = coded.shop.run(coded.shop.file("nome;GTIN;gtin\nCafé;;\n", "produtos.csv"))
    assert "a coluna “gtin” aparece duas vezes na primeira linha." in seen.errors
    # In a file of entries they are other columns, which nobody reads.
    assert coded.shop.imported("produto;quantidade;gtin;gtin\nPorca;5;1;2\n").status == 0


def test_real_products_with_their_codes(coded: CodedShop) -> None:
    with REAL.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert coded.imported(REAL.read_text(encoding="utf-8"))[0] == 0
    with coded.shop.database.snapshot() as connection:
        owners = coded.giving.owners(connection, {gtin_key(row["gtin"]) or "" for row in rows})
        numbers = coded.shop.products.numbers(connection, {row["nome"] for row in rows})
    expected = {gtin_key(row["gtin"]): numbers[row["nome"]] for row in rows}
    assert {key: owner.product for key, owner in owners.items()} == expected
