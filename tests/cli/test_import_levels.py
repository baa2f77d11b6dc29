"""``almoxarife importar`` with levels: how much there should be, of many products at once."""

from __future__ import annotations

import pytest

from almoxarife.features.audit.service import Audit
from almoxarife.features.codes.rules.codes import GTIN, OWN
from almoxarife.features.codes.service.giving import Giving, check
from almoxarife.features.imports import levels
from almoxarife.features.imports.service import Imports
from almoxarife.features.levels.service import Levels
from almoxarife.features.locations.service import Locations
from almoxarife.features.products.change_service import ProductChanges
from almoxarife.identity import Identity
from almoxarife.ledger.rules import QUANTITY_SCALE

from .importing import Shop

COFFEE = "7891000315507"
# Depósito l6, Loja l7, each with a shelf A (l8, l9); Loja with a shelf B (l10); Garagem l11, given up.
PLACES = (("Depósito", None), ("Loja", None), ("A", "l6"), ("A", "l7"), ("B", "l7"), ("Garagem", None))


class LevelShop:
    """The shop with some places, and a product sold by weight, p4."""

    def __init__(self, shop: Shop) -> None:
        self.shop = shop
        database, products = shop.database, shop.products
        self.audit = Audit(database, shop.accounts)
        self.maria: Identity = Imports(database, products, shop.accounts).registrant(None)
        locations = Locations(database)
        for name, parent in PLACES:
            locations.create(name, parent)
        locations.change("l11", active=False)
        products.create("Café", {"unit": "KG"})
        given = [("Café", check(COFFEE, GTIN, ())), ("Porca", check("POR", OWN, ()))]
        Giving(database, products, lambda _connection: "").give(self.maria, given)
        ProductChanges(database, products).deactivate(self.maria, "p3")
        self.levels = Levels(database, products, locations, self.audit)

    def imported(self, content: str, *options: str) -> tuple[int, str]:
        seen = self.shop.run(self.shop.file(content, "niveis.csv"), *options)
        assert seen.errors == ""
        return seen.status, seen.output

    def state(self) -> set[tuple[str, str, float, float | None, float | None]]:
        return {
            (
                one.product_name,
                f"l{one.level.place}" if one.level.place else "",
                one.level.minimum / QUANTITY_SCALE,
                None if one.level.target is None else one.level.target / QUANTITY_SCALE,
                None if one.level.maximum is None else one.level.maximum / QUANTITY_SCALE,
            )
            for one in self.levels.listing(None, None, after=0, limit=1_000)
        }


@pytest.fixture
def kept(shop: Shop) -> LevelShop:
    return LevelShop(shop)


def test_levels_are_set_and_changed(kept: LevelShop) -> None:
    content = (
        "produto;nome;local;minimo;alvo;maximo\n"
        "p1;Parafuso;;1.000;2.000;\n"
        f"{COFFEE};;depósito;2,5;;10,125\n"
        "por;;Loja/a;;;0\n"
        "porca;;l2;5;5;5\n"
        "p2;; loja / B ;1;;\n"
        "p2;;B;1,0;;\n"
    )
    status, said = kept.imported(content, "--simular")
    assert "Foi só uma simulação" in said
    assert (status, kept.state()) == (0, set()), said
    status, said = kept.imported(content)
    assert "Linhas boas: 6. Linhas com problema: 0. Já estavam: 0." in said
    assert "Repetidas no arquivo: 1." in said
    assert "Gravadas agora: 5," in said
    expected = {
        ("Parafuso 10mm", "", 1000.0, 2000.0, None),
        ("Café", "l6", 2.5, None, 10.125),
        ("Porca", "l9", 0.0, None, 0.0),
        ("Porca", "l2", 5.0, 5.0, 5.0),
        ("Porca", "l10", 1.0, None, None),
    }
    assert (status, kept.state()) == (0, expected)
    status, said = kept.imported(content)
    assert "Já estavam: 6." in said
    assert "Gravadas agora: 0," in said
    # What a row leaves out is not said any more; what no row is about stays.
    status, said = kept.imported("produto_id,minimo\np1,3\n", "--usuario", "joão")
    assert "Gravadas agora: 1," in said
    expected = {one for one in expected if one[0] != "Parafuso 10mm"} | {
        ("Parafuso 10mm", "", 3.0, None, None)
    }
    assert (status, kept.state()) == (0, expected)
    [newest] = kept.audit.latest(1)
    assert (newest.action, newest.subject) == ("nivel.definir", "p1")
    assert kept.shop.is_whole()


# Each row, and what is wrong with it.
BAD_ROWS = {
    "p9;;1;;": "produto: não existe este produto em uso: “p9”.",
    "p3;;1;;": "produto: não existe este produto em uso: “p3”.",
    ";;1;;": "produto: está vazia.",
    "p1;Sótão;1;;": "local: não existe este local em uso: “Sótão”.",
    "p1;l3;1;;": "local: não existe este local em uso: “l3”.",
    "p1;Garagem;1;;": "local: não existe este local em uso: “Garagem”.",
    "p1;a;1;;": "local: vários locais têm este nome; escreva também dentro de qual ele fica: Depósito / a.",
    "p1;;2.5;;": "minimo: precisa ser um número como 50, 2,5 ou 1.234.",
    "p1;;-1;;": "minimo: precisa ser um número como 50, 2,5 ou 1.234.",
    "p1;;2,5;;": "minimo: pode ter no máximo 0 casas decimais.",
    "p4;;;2,12345;": "alvo: pode ter no máximo 4 casas decimais.",
    "p1;;;;9999999999": "maximo: pode ser no máximo 999.999.999.",
    "p1;;0;;": "minimo: está vazia, e as outras também; diga ao menos um de minimo, alvo e maximo.",
    "p1;;5;4;": "alvo: é menor que “minimo”.",
    "p1;;5;;4": "maximo: é menor que “minimo”.",
}


def test_what_cannot_be_is_told_by_line_and_column(kept: LevelShop) -> None:
    content = "produto;local;minimo;alvo;maximo\np1;;7;;\n" + "\n".join(BAD_ROWS)
    status, said = kept.imported(content)
    expected = [f"Linha {line}, coluna {why}" for line, why in enumerate(BAD_ROWS.values(), 3)]
    assert said.splitlines()[: len(expected)] == expected
    assert (status, kept.state()) == (1, set())
    status, _said = kept.imported(content, "--aceitar-parcial")
    assert (status, kept.state()) == (0, {("Parafuso 10mm", "", 7.0, None, None)})
    assert (kept.shop.folder / "niveis.recusadas.csv").exists()


def test_two_rows_that_contradict_each_other_refuse_the_whole_file(kept: LevelShop) -> None:
    content = "produto;local;minimo\np1;A;1\np4;Depósito;1\nCafé;l6;2\n".replace(";A;", ";;")
    status, said = kept.imported(content, "--aceitar-parcial")
    assert "Linha 4: está na linha 3 com outro conteúdo." in said
    assert "Nada foi importado: linhas sobre o mesmo produto e local se contradizem." in said
    assert (status, kept.state()) == (1, set())


def test_which_files_are_of_levels(kept: LevelShop) -> None:
    # Without a column that names products they are products, as before.
    assert kept.imported("nome;minimo\nArruela;5\n")[0] == 0
    assert kept.shop.names()[-1] == "Arruela"
    seen = kept.shop.run(kept.shop.file("produto;local\np1;\n"), "--tipo", "niveis")
    assert "para niveis falta a coluna “minimo” na primeira linha." in seen.errors
    seen = kept.shop.run(kept.shop.file("produto;minimo;minimo\np1;1;2\n"))
    assert "a coluna “minimo” aparece duas vezes" in seen.errors


def test_it_goes_on_where_it_ended(kept: LevelShop, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.shop.products.create_all([f"Produto {number}" for number in range(60)])
    content = "produto;minimo\n" + "".join(f"Produto {number};{number + 1}\n" for number in range(60))
    put, calls = Levels.put_all, []

    def interrupted(self: Levels, who: Identity, wanted: object) -> int:
        calls.append(wanted)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return put(self, who, wanted)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(Levels, "put_all", interrupted)
        patched.setattr(levels, "ROWS_PER_BATCH", 50)
        assert kept.shop.run(kept.shop.file(content)).status == 130
    assert len(kept.state()) == 50
    status, said = kept.imported(content)
    assert "Já estavam: 50." in said
    assert "Gravadas agora: 10," in said
    assert (status, len(kept.state())) == (0, 60)
