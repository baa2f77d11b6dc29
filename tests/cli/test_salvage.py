"""A damaged file saved at the terminal, and who says that it can be."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.databases import only_postgresql, only_sqlite
from tests.server.filling import fill

from .terminal import Terminal

PAGE = 4_096


def root_of(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        ((root,),) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,))
    return int(root)


@only_sqlite
def test_a_damaged_file_is_saved_and_put_in_its_place(
    terminal: Terminal, database_url: str, tmp_path: Path
) -> None:
    where = ("--banco", database_url, "--dados", str(tmp_path))
    path = Path(database_url.removeprefix("sqlite:///"))
    fill(database_url, products=2, entries=120)
    assert terminal("copiar", *where).status == 0
    root = root_of(path, "movement")
    with path.open("r+b") as file:
        file.seek((root - 1) * PAGE)
        file.write(bytes(PAGE))
    before = path.read_bytes()

    seen = terminal("verificar", *where)
    assert seen.status == 1
    assert "O que um arquivo danificado ainda tem é salvo num novo com: almoxarife salvar" in seen.output

    seen = terminal("salvar", *where, "--recibo", "120:" + "0" * 64)
    assert seen.status == 1
    lines = seen.output.splitlines()
    assert lines[0] == "movement: 120 linhas salvas, 120 delas fora da tabela, 1 página ilegível."
    assert lines[1].startswith("O livro está íntegro até o movimento nº 120, de ")
    assert lines[2] == "PROBLEMA: nada do que foi salvo tem o recibo nº 120."
    assert lines[3].startswith("PROBLEMA: nem tudo pôde ser salvo. O arquivo novo: ")
    assert path.read_bytes() == before

    receipt = lines[1].rpartition(" ")[2]
    seen = terminal("salvar", *where, "--recibo", f"120:{receipt}", "--no-lugar")
    assert "O livro salvo contém o recibo nº 120." in seen.output
    (kept,) = path.parent.glob("*.danificado-em-*.db")
    assert f"O arquivo danificado fica guardado: {kept}" in seen.output
    assert kept.read_bytes() == before
    assert terminal("verificar", *where, "--recibo", f"120:{receipt}").status == 0


@only_sqlite
def test_a_whole_file_lacks_nothing_and_a_copy_that_goes_further_is_named(
    terminal: Terminal, database_url: str, tmp_path: Path
) -> None:
    where = ("--banco", database_url, "--dados", str(tmp_path))
    path = Path(database_url.removeprefix("sqlite:///"))
    fill(database_url, products=2, entries=120)
    new = tmp_path / "novo.db"
    seen = terminal("salvar", *where, "--para", str(new))
    assert (seen.status, seen.output.splitlines()[-1]) == (0, f"Não falta nada. O arquivo novo: {new}")
    taken = terminal("salvar", *where, "--para", str(new))
    assert (taken.status, taken.line) == (
        1,
        f"almoxarife: Já existe {new}, e nada é sobrescrito. Escolha outro nome com --para.",
    )

    terminal("copiar", *where)
    page = root_of(path, "movement")
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE)
        root = file.read(PAGE)
        last = int.from_bytes(root[8:12])
        file.seek((last - 1) * PAGE)
        file.write(b"\xff" * PAGE)
    seen = terminal("salvar", *where)
    assert seen.status == 1
    assert "Uma cópia boa vai mais longe, até o movimento nº 120: almoxarife restaurar " in seen.output
    assert "Havia mais " in seen.output


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("nada.db",), "almoxarife: Não há o arquivo nada.db."),
        (
            ("--recibo", "12"),
            "almoxarife: “12” não é um recibo: o número, dois-pontos e os 64 caracteres do hash.",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(terminal: Terminal, words: tuple[str, ...], line: str) -> None:
    seen = terminal("salvar", *words)
    assert (seen.status, seen.line) == (1, line)


@only_postgresql
def test_postgresql_has_its_own_means(terminal: Terminal, database_url: str) -> None:
    seen = terminal("salvar", "--banco", database_url)
    assert (seen.status, "Só arquivos SQLite são salvos assim" in seen.line) == (1, True)
