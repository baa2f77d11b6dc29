"""``almoxarife importar`` with products: each name once, whatever is there already."""

from __future__ import annotations

import re

import pytest

from .importing import Shop

FIRST = ["Parafuso 10mm", "Porca", "Cabo 2,5 mm"]


def products(shop: Shop, content: str | bytes, *options: str) -> tuple[int, str]:
    """Import a file of products; return the status and what was said."""
    seen = shop.run(shop.file(content, "produtos.csv"), *options)
    assert seen.errors == ""
    return seen.status, seen.output


def test_new_names_become_products_in_the_order_of_the_file(shop: Shop) -> None:
    status, said = products(shop, "marca;nome\n789;Arruela\n;Prego 17x27\n")
    assert (status, shop.names()) == (0, [*FIRST, "Arruela", "Prego 17x27"])
    assert "Linhas boas: 2. Linhas com problema: 0. Já estavam: 0." in said
    assert re.search(r"Gravadas agora: 2, em ", said)
    assert shop.is_whole()
    # They are found, and entries can be imported by these names.
    assert [found.name for found in shop.products.search("17x2", 5)] == ["Prego 17x27"]
    assert shop.imported("produto;quantidade\narruela;5\n").status == 0


def test_names_that_exist_or_are_repeated_count_once(shop: Shop) -> None:
    status, said = products(shop, "nome\nPORCA\nArruela\n parafuso   10MM\narruela\nPrego\nARRUELA\n")
    assert (status, shop.names()) == (0, [*FIRST, "Arruela", "Prego"])
    assert (
        "Linha 5: o mesmo produto da linha 3; conta uma vez só.\nLinha 7: o mesmo produto da linha 3;" in said
    )
    assert "Já estavam: 2." in said
    assert "Repetidas no arquivo: 2." in said
    assert "Gravadas agora: 2," in said


def test_the_same_file_again_changes_nothing(shop: Shop) -> None:
    products(shop, "nome\nArruela\nPrego\n")
    status, said = products(shop, "nome\nArruela\nPrego\n")
    assert (status, len(shop.names())) == (0, 5)
    assert "Já estavam: 2." in said


def test_names_that_look_like_formulas_or_statements_are_kept_as_they_are(shop: Shop) -> None:
    names = [
        "=1+1",
        "@SUM(A1)",
        "-x",
        "'; DROP TABLE product; --",
        'Tubo 3/4" PVC',
        "%s {0}",
        "<script>",
        "p1",
    ]
    rows = "".join('"' + name.replace('"', '""') + '"\n' for name in names)
    assert products(shop, f"nome\n{rows}")[0] == 0
    assert shop.names() == [*FIRST, *names]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ('"a\nb";x', "nome: tem um caractere que não pode ser mostrado, como uma quebra de linha"),
        ("a\u202eb;x", "nome: tem um caractere que não pode ser mostrado, como uma quebra de linha"),
        (f"{'x' * 201};x", "nome: pode ter no máximo 200 caracteres"),
        (" ;x", "nome: está vazia"),
        (";x", "nome: está vazia"),
    ],
)
def test_one_bad_name_and_nothing_is_imported(shop: Shop, row: str, sentence: str) -> None:
    status, said = products(shop, f"nome;x\nArruela;\n{row}\nPrego;\n")
    assert (status, shop.names()) == (1, FIRST)
    assert f"Linha 3, coluna {sentence}." in said
    assert "Nada foi importado." in said


def test_latin_1_is_told_by_row_and_column(shop: Shop) -> None:
    status, said = products(shop, "nome\nArruela\nPeça\n".encode("latin-1"))
    assert (status, shop.names()) == (1, FIRST)
    assert "Linha 3, coluna nome: não está em UTF-8; salve o arquivo como “CSV UTF-8”." in said


def test_a_dry_run_changes_nothing(shop: Shop) -> None:
    status, said = products(shop, "nome\nArruela\nPorca\nArruela\n", "--simular")
    assert (status, shop.names()) == (0, FIRST)
    assert "Já estavam: 1." in said
    assert "Repetidas no arquivo: 1." in said
    assert "Foi só uma simulação: nada foi alterado." in said


def test_bad_names_can_be_left_out(shop: Shop) -> None:
    status, _said = products(shop, 'nome\nArruela\n""\n"a\nb"\n', "--aceitar-parcial")
    assert (status, shop.names()) == (0, [*FIRST, "Arruela"])
    left_out = (shop.folder / "produtos.recusadas.csv").read_text(encoding="utf-8-sig").splitlines()
    assert left_out[0] == "linha;coluna;motivo;nome"
    assert left_out[1].startswith("4;nome;tem um caractere")


def test_a_file_can_be_said_to_hold_products(shop: Shop) -> None:
    status, _said = products(shop, "nome;quantidade\nArruela;5\n", "--tipo", "produtos", "--usuario", "maria")
    assert (status, shop.names()) == (0, [*FIRST, "Arruela"])
    assert shop.rows() == []


def test_a_wrong_user_is_a_mistake_here_too(shop: Shop) -> None:
    seen = shop.run(shop.file("nome\nArruela\n"), "--usuario", "ninguém")
    assert (seen.status, shop.names()) == (1, FIRST)


def test_thousands_of_products(shop: Shop) -> None:
    names = [f"Produto {number}" for number in range(5_000)]
    assert products(shop, "nome\n" + "\n".join(names))[0] == 0
    assert shop.names() == [*FIRST, *names]
    assert shop.is_whole()
