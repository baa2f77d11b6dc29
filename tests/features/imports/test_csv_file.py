"""Reading CSV: what is a row, on which line it begins, and what is no CSV at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from almoxarife.features.imports.csv_file import CsvFile, Row, is_unreadable
from almoxarife.features.imports.rules import FileKind, UnusableFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "produtos.csv"


def rows_of(path: Path, content: str | bytes, size: int = 1_000) -> list[Row]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with CsvFile(path) as file:
        return [row for batch in file.batches(size) for row in batch.rows()]


def cells_of(path: Path, content: str | bytes) -> list[list[str] | str]:
    return [row.cells for row in rows_of(path, content)]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("delimiter", [";", ","])
def test_dialects(path: Path, delimiter: str, mark: str, ending: str) -> None:
    lines = ["nome;gtin", "Café;1", '"Tinta; ""fosca"", 5 l";2', "Último;3"]
    text = mark + ending.join(lines).replace(";", delimiter)
    assert cells_of(path, text) == [
        ["Café", "1"],
        [f'Tinta{delimiter} "fosca", 5 l', "2"],
        ["Último", "3"],
    ]


def test_a_comma_in_a_file_of_one_column_belongs_to_the_name(path: Path) -> None:
    assert cells_of(path, 'nome\nCabo 2,5 mm\n"Cabo; 4 mm"\n') == [["Cabo 2,5 mm"], ["Cabo; 4 mm"]]


def test_inches_are_no_quotation_marks(path: Path) -> None:
    assert cells_of(path, 'nome;x\nTubo 3/4" PVC;1\n') == [['Tubo 3/4" PVC', "1"]]


def test_lines_are_counted_as_an_editor_does(path: Path) -> None:
    text = '\n\nnome;x\nA;1\n\n;\n"B\nb";2\nC;3\n   \n"D"d;4\nE;5'
    found = rows_of(path, text)
    assert [(row.number, row.line) for row in found] == [(1, 4), (2, 7), (3, 9), (4, 10), (5, 11), (6, 12)]
    assert [row.cells for row in found] == [
        ["A", "1"],
        ["B\nb", "2"],
        ["C", "3"],
        ["   "],
        '"D"d;4',
        ["E", "5"],
    ]


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_batches_put_together_are_the_file(path: Path, size: int) -> None:
    text = "nome\n" + "\n".join(f"Produto {number}" for number in range(6))
    found = rows_of(path, text, size)
    assert [row.number for row in found] == [1, 2, 3, 4, 5, 6]
    assert [row.cells for row in found] == [[f"Produto {number}"] for number in range(6)]


@pytest.mark.parametrize(
    ("content", "parameters"),
    [
        (b"", {"reason": "empty_file"}),
        (b"\n \r\n\n", {"reason": "empty_file"}),
        (b"PK\x03\x04 and so on", {"reason": "workbook"}),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", {"reason": "workbook"}),
        ("nome\nCafé\n".encode("utf-16"), {"reason": "utf_16"}),
        (b'nome\n"never closed\nB\nC\n', {"reason": "quotes", "line": 2}),
        (b'nome\nA\n"B\nb" c\nD\n', {"reason": "quotes", "line": 3}),
        (b'nome\n"' + b"x\n" * 100_000, {"reason": "quotes", "line": 2}),
        (b'\n"nome\nA\n', {"reason": "quotes", "line": 2}),
        (b"x" * 100_000, {"reason": "no_header", "found": "x" * 40}),
        (bytes(range(128, 256)), None),
        (b"\0" * 100, None),
        (b"<html>\n", {"reason": "no_header", "found": "<html>"}),
    ],
    ids=range(13),
)
def test_what_is_no_csv(path: Path, content: bytes, parameters: dict[str, object] | None) -> None:
    with pytest.raises(UnusableFile) as refusal:
        rows_of(path, content)
    if parameters is not None:
        assert refusal.value.parameters == parameters


def test_bytes_that_are_no_utf_8_are_told_by_their_cell(path: Path) -> None:
    [first, second] = cells_of(path, "nome;x\nCafé;1\n".encode() + "Maçã;2\n".encode("latin-1"))
    assert [is_unreadable(cell) for cell in first] == [False, False]
    assert [is_unreadable(cell) for cell in second] == [True, False]


def content_of(path: Path, text: str) -> bytes:
    path.write_bytes(text.encode())
    with CsvFile(path) as file:
        for _batch in file.batches(1_000):
            pass
        return file.content


def test_the_same_cells_are_the_same_content_however_they_are_written(path: Path) -> None:
    plain = content_of(path, "produto_id,quantidade\np1,5\np2,7\n")
    assert content_of(path, '\ufeffproduto_id;"quantidade"\r\np1;"5"\r\n\r\n"p2";7') == plain


@pytest.mark.parametrize(
    "text",
    [
        "produto_id,quantidade\np1,5\np2,8\n",
        "produto_id,quantidade\np2,7\np1,5\n",
        "produto_id,quantidade\np1,5\np2,7\np2,7\n",
        "produto_id,quantidade,nota\np1,5,\np2,7,\n",
        "produto_id,quantidade\np15\np2,7\n",
        "produto_id,quantidade\np1,5\n",
    ],
)
def test_other_cells_are_another_content(path: Path, text: str) -> None:
    assert content_of(path, text) != content_of(path, "produto_id,quantidade\np1,5\np2,7\n")


def test_more_rows_than_ids_can_count(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("almoxarife.features.imports.csv_file.MOST_ROWS", 2)
    assert len(rows_of(path, "nome\nA\nB\n")) == 2
    with pytest.raises(UnusableFile) as refusal:
        rows_of(path, "nome\nA\nB\nC\n")
    assert refusal.value.parameters == {"reason": "too_many_rows", "maximum": 2}


def test_a_file_of_a_kind_that_was_said(path: Path) -> None:
    path.write_text("nome;quantidade\nA;1\n", encoding="utf-8")
    with CsvFile(path, FileKind.PRODUCTS) as file:
        assert file.columns.kind is FileKind.PRODUCTS


def test_a_file_that_is_not_there(path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        CsvFile(path)
