"""What ``almoxarife importar`` refuses of a file of entries: by line, column and reason, and nothing is imported."""

from __future__ import annotations

import csv

import pytest

from tests.databases import migrated_sqlite, only_sqlite

from .importing import Shop

A, B = "7f3b2c1e-9a4d-4e8f-b1a2-3c4d5e6f7a8b", "0b9c5f3e-3d6f-4a43-8f0e-6b7a3c1d2e4f"

BAD_ROWS = {
    "p1,0": "quantidade: precisa ser maior que zero",
    "p1,-5": "quantidade: precisa ser um número inteiro, como 50 ou 1.234",
    "p1,1.5": "quantidade: precisa ser um número inteiro, como 50 ou 1.234",
    'p1,"1,5"': "quantidade: precisa ser um número inteiro, sem casas decimais",
    "p1,muitos": "quantidade: precisa ser um número inteiro, como 50 ou 1.234",
    "p1,": "quantidade: está vazia",
    "p1": "quantidade: está vazia",
    "p1,1000000000": "quantidade: pode ser no máximo 999.999.999",
    "p1,=1+1": "quantidade: precisa ser um número inteiro, como 50 ou 1.234",
    "p9,5": "produto_id: não existe este produto em uso: “p9”",
    "Porca,5": "produto_id: não existe este produto em uso: “Porca”",
    "p01,5": "produto_id: não existe este produto em uso: “p01”",
    "p\x001,5": "produto_id: não existe este produto em uso: “p�1”",
    "=cmd|' /C calc'!A0,5": "produto_id: não existe este produto em uso: “=cmd|' /C calc'!A0”",
    ",5": "produto_id: está vazia",
    '"p1\n",5,': None,
    '"p1\nx",5': "produto_id: não existe este produto em uso: “p1�x”",
    "p1,5,6": "tem 3 células, mas as colunas são 2",
    '"p1"x,5': "as aspas não combinam",
}


@pytest.mark.parametrize(("row", "sentence"), BAD_ROWS.items(), ids=range(len(BAD_ROWS)))
def test_one_bad_row_and_nothing_is_imported(shop: Shop, row: str, sentence: str | None) -> None:
    ran = shop.imported(f"produto_id,quantidade\np1,5\n{row}\np2,6\n")
    if sentence is None:
        # A line break around an id is a space around it.
        assert (ran.status, len(shop.rows())) == (0, 3)
        return
    assert (ran.status, shop.rows()) == (1, [])
    column = "" if sentence.startswith(("tem", "as aspas")) else ", coluna "
    assert f"Linha 3{column}{': ' if not column else ''}{sentence}." in ran.output
    assert "Nada foi importado." in ran.output


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (f"{A},p1,6", "id: pertence a uma entrada já registrada com outro conteúdo"),
        (f"{B},p1,6", "id: está na linha 2 com outro conteúdo"),
        ("x,p1,5", "id: precisa ser um UUID; o id de um produto vai em uma coluna “produto_id”"),
        (",p1,5", "id: está vazia"),
        (f"{{{A}}},p1,5", "id: precisa ser um UUID; o id de um produto vai em uma coluna “produto_id”"),
    ],
)
def test_bad_ids(shop: Shop, row: str, sentence: str) -> None:
    shop.imported(f"id,produto_id,quantidade\n{A},p1,5\n")
    ran = shop.imported(f"id,produto_id,quantidade\n{B},p2,5\n{row}\n")
    assert (ran.status, len(shop.rows())) == (1, 1)
    assert f"Linha 3, coluna {sentence}." in ran.output


def test_latin_1_is_told_by_row_and_column(shop: Shop) -> None:
    ran = shop.imported("produto;quantidade\nPorca;5\nPeça;6\n".encode("latin-1"))
    assert (ran.status, shop.rows()) == (1, [])
    assert "Linha 3, coluna produto: não está em UTF-8; salve o arquivo como “CSV UTF-8”." in ran.output


def test_a_dry_run_shows_every_bad_row_and_changes_nothing(shop: Shop) -> None:
    rows = "".join(f"p{number % 5},5\n" for number in range(100))
    text = f"produto_id,quantidade\n{rows}"
    ran = shop.imported(text, "--simular")
    assert (ran.status, shop.rows()) == (1, [])
    assert ran.output.count("não existe este produto") == 40
    assert "Linhas boas: 60. Linhas com problema: 40." in ran.output
    assert "Foi só uma simulação: nada foi alterado." in ran.output
    assert [path.name for path in shop.folder.iterdir() if "recusadas" in path.name] == []
    assert shop.imported("produto_id,quantidade\np1,5\n", "--simular").status == 0
    assert shop.rows() == []


def test_without_a_dry_run_the_first_bad_rows_are_shown(shop: Shop) -> None:
    ran = shop.imported("produto_id,quantidade\n" + "p9,5\n" * 30)
    assert ran.output.count("não existe este produto") == 20
    assert "… e mais 10; --simular mostra todas." in ran.output


def test_bad_rows_can_be_left_out_corrected_and_imported(shop: Shop) -> None:
    text = 'nota;produto;quantidade\n=2+3;Porca;5\n=cmd;Pora;6\n"a\nb";Porca;0\nx;Parafuso 10mm;7\n"y"z;Porca;1\n'
    ran = shop.imported(text, "--aceitar-parcial")
    assert ran.status == 0
    assert shop.entries() == [("Porca", 5), ("Parafuso 10mm", 7)]
    path = shop.folder / "entradas.recusadas.csv"
    assert str(path) in ran.output
    with path.open(encoding="utf-8-sig", newline="") as file:
        rejected = list(csv.reader(file, delimiter=";"))
    assert rejected == [
        ["linha", "coluna", "motivo", "nota", "produto", "quantidade"],
        ["3", "produto", "não existe este produto em uso: “Pora”", "'=cmd", "Pora", "6"],
        ["4", "quantidade", "precisa ser maior que zero", "a\nb", "Porca", "0"],
        ["7", "", "as aspas não combinam", '"y"z;Porca;1'],
    ]
    # The original again writes nothing new, and leaves corrections alone.
    path.write_text(
        "linha;coluna;motivo;nota;produto;quantidade\n3;;;;Porca;6\n4;;;;Porca;8\n", encoding="utf-8"
    )
    assert shop.imported(text, "--aceitar-parcial").status == 0
    assert (shop.folder / "entradas.recusadas-2.csv").exists()
    assert len(shop.rows()) == 2
    assert shop.run(path).status == 0
    assert [entry[1] for entry in shop.entries()] == [5, 7, 6, 8]


def test_rows_that_contradict_each_other_are_not_left_out(shop: Shop) -> None:
    text = f"id,produto_id,quantidade\n{A},p1,5\n{A},p1,6\n"
    ran = shop.imported(text, "--aceitar-parcial")
    assert (ran.status, shop.rows()) == (1, [])
    assert "há linhas com o mesmo id que se contradizem" in ran.output
    assert [path.name for path in shop.folder.iterdir() if "recusadas" in path.name] == []


@only_sqlite
def test_files_that_cannot_be_read(shop: Shop) -> None:
    told = {
        b"": "está vazio",
        b"PK\x03\x04": "isto é uma planilha, não CSV",
        "produto_id".encode("utf-16"): "o arquivo está em UTF-16",
        b"p1,50\n": "a primeira linha precisa ter os nomes das colunas",
        b"quantidade\n5\n": "para entradas falta a coluna “produto_id” na primeira linha",
        b"nome,quantidade,nome\n": "a coluna “nome” aparece duas vezes na primeira linha",
        b'produto_id,quantidade\np1,5\n"p1,6\np2,7\n': "linha 3: as aspas não combinam; dali em diante",
    }
    for content, sentence in told.items():
        ran = shop.imported(content)
        assert (ran.status, ran.output) == (1, "")
        assert ran.errors.startswith("almoxarife: entradas.csv: ")
        assert sentence in ran.errors
    nowhere = shop.run(shop.folder / "nenhum.csv")
    assert (nowhere.status, nowhere.errors.count("\n")) == (1, 1)
    assert nowhere.line == "almoxarife: nenhum.csv: o arquivo não existe."
    assert shop.run(shop.folder).line.endswith("isto é uma pasta, não um arquivo.")
    with_ids = shop.imported(f"id,produto_id,quantidade\n{A},p1,5\n", "--de-novo")
    assert "--de-novo é para arquivos sem a coluna id" in with_ids.errors
    assert shop.rows() == []


@only_sqlite
def test_the_command_called_wrongly(shop: Shop) -> None:
    path = shop.file("produto_id,quantidade\np1,5\n")
    assert shop.run(path, "--tipo", "coisas").status == 2
    assert shop.run(path, "outro.csv").status == 2
    assert shop.run(path, "--tipo", "produtos").status == 1
    assert shop.rows() == []


@only_sqlite
def test_without_an_account_there_is_nobody_to_import_for(
    tmp_path_factory: pytest.TempPathFactory, shop: Shop
) -> None:
    empty = migrated_sqlite(tmp_path_factory.mktemp("vazio") / "a.db")
    path = shop.file("produto_id,quantidade\np1,5\n")
    ran = shop.run(path, "--banco", f"sqlite:///{empty.as_posix()}")
    assert (ran.status, ran.errors) == (
        1,
        "almoxarife: Ainda não há nenhuma conta. Registre a primeira no cadastro.\n",
    )
