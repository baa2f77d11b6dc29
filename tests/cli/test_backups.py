"""Copies as the person at the terminal makes them, lists them and puts them back; and those made by themselves."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from almoxarife.config import Settings
from almoxarife.features.backups.service import Backups
from almoxarife.server.copy_keeper import CopyKeeper
from tests.databases import only_sqlite
from tests.faults.verification import change_one_byte
from tests.server.filling import fill
from tests.server.running import wait_until

from .terminal import Terminal

pytestmark = only_sqlite


@pytest.fixture
def where(database_url: str, tmp_path: Path) -> tuple[str, ...]:
    """The options that name a database of twelve movements."""
    fill(database_url, products=2, entries=12)
    return "--banco", database_url, "--dados", str(tmp_path)


def the_copy(tmp_path: Path) -> Path:
    (path,) = (tmp_path / "copias").glob("*.db.gz")
    return path


def test_a_copy_is_made_listed_and_put_back(
    terminal: Terminal, where: tuple[str, ...], database_url: str, tmp_path: Path
) -> None:
    none_yet = terminal("copias", *where[2:])
    assert none_yet.line == f"Ainda não há cópia em {tmp_path / 'copias'}. Faça uma: almoxarife copiar"

    made = terminal("copiar", *where)
    path = the_copy(tmp_path)
    assert (made.status, made.output) == (0, f"Copiado e conferido: 12 movimentos, 1 MB. {path}\n")
    assert terminal("copias", *where[2:]).line.endswith(f"  até o movimento nº 12  {path}")

    restored = terminal("restaurar", *where, "--sim", str(path))
    assert restored.status == 0
    assert "até o movimento nº 12" in restored.output
    assert "O que havia antes: " in restored.output
    receipt = Backups(database_url, tmp_path / "copias").listing()[0].note.receipt
    whole = terminal("verificar", *where, "--recibo", f"12:{receipt}")
    assert whole.status == 0
    assert whole.output.splitlines()[-1] == "O livro-razão contém o recibo nº 12."


def test_without_a_yes_nothing_is_put_back(
    terminal: Terminal, where: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal("copiar", *where)
    answers, asked = ["", "n", "talvez", "s", " Sim "], list[str]()

    def answer(question: str, **_options: object) -> str:
        asked.append(question)
        return answers.pop(0)

    monkeypatch.setattr("click.prompt", answer)
    for _refusal in range(3):
        left = terminal("restaurar", *where, str(the_copy(tmp_path)))
        assert (left.status, left.output.splitlines()[-1]) == (1, "Nada foi alterado.")
        first = left.output.splitlines()[0]
        assert first.startswith("A cópia: o livro-razão de ")
        assert first.endswith(", até o movimento nº 12.")
    assert [path.name for path in tmp_path.glob("*substituido*")] == []
    missing = terminal("restaurar", *where, str(tmp_path / "nada.db.gz"))
    assert (missing.status, missing.line) == (1, "almoxarife: Não há o arquivo nada.db.gz.")
    assert len(asked) == 3, "nothing is asked of what cannot be put back"
    assert asked[0] == f"Pôr {the_copy(tmp_path).name} no lugar dele? [s/N]"
    while answers:
        assert terminal("restaurar", *where, str(the_copy(tmp_path))).status == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such rights")
def test_what_commands_write_is_for_their_user_alone(
    terminal: Terminal, where: tuple[str, ...], tmp_path: Path
) -> None:
    # As the server makes it; what replaces it takes its rights over.
    (tmp_path / "almoxarife.db").chmod(0o600)
    mask = os.umask(0o022)
    try:
        terminal("copiar", *where)
        terminal("restaurar", *where, "--sim", str(the_copy(tmp_path)))
        assert (
            terminal("migrar-banco", *where[2:], "--de", where[1], "--para", f"{where[1]}.novo").status == 0
        )
        assert os.umask(0o022) == 0o022, "others than these commands write as they like"
    finally:
        os.umask(mask)
    open_to_others = [path.name for path in tmp_path.rglob("*") if path.stat().st_mode & 0o077]
    assert open_to_others == []


def test_a_broken_chain_is_refused_and_its_row_is_named(
    terminal: Terminal, where: tuple[str, ...], database_url: str, tmp_path: Path
) -> None:
    change_one_byte(database_url, row=7)
    refused = terminal("copiar", *where)
    assert refused.status == 1
    assert refused.output.splitlines() == [
        "O movimento nº 7 foi alterado, ou um anterior foi retirado.",
        "PROBLEMA: a cópia não está boa e não foi guardada.",
    ]
    assert list((tmp_path / "copias").iterdir()) == []


@pytest.mark.parametrize(
    ("receipt", "status", "line"),
    [
        ("12:" + "0" * 64, 1, "PROBLEMA: o livro-razão não contém o recibo nº 12: perdeu o fim, ou é outro."),
        ("13:" + "0" * 64, 1, "PROBLEMA: o livro-razão não contém o recibo nº 13: perdeu o fim, ou é outro."),
        ("0:" + "0" * 64, 0, "O livro-razão contém o recibo nº 0."),
        (
            "12",
            1,
            "almoxarife: “12” não é um recibo: o número, dois-pontos e os 64 caracteres do hash.",
        ),
    ],
)
def test_a_receipt_is_in_the_ledger_or_not(
    terminal: Terminal, where: tuple[str, ...], receipt: str, status: int, line: str
) -> None:
    seen = terminal("verificar", *where, "--recibo", receipt)
    assert (seen.status, (seen.output + seen.errors).splitlines()[-1]) == (status, line)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("restaurar", "nada.db.gz", "--sim"), "almoxarife: Não há o arquivo nada.db.gz."),
        (
            ("api", "--copiar-a-cada", "sempre"),
            "almoxarife: “sempre” não é um número de horas para --copiar-a-cada: 24, por exemplo, ou 0 para nunca.",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    terminal: Terminal, where: tuple[str, ...], words: tuple[str, ...], line: str
) -> None:
    seen = terminal(*words, *where)
    assert (seen.status, seen.line) == (1, line)


def test_the_schedule_makes_a_copy_when_one_is_due(database_url: str, tmp_path: Path) -> None:
    fill(database_url, products=1, entries=3)
    settings = Settings.from_environment(data_dir=tmp_path, database_url=database_url)
    backups = Backups(database_url, settings.copies_dir)
    keeper = CopyKeeper(settings, first_look_s=0, look_every_s=0.05)
    keeper.start()
    wait_until(lambda: backups.last_made_at() is not None, 30)
    keeper.stop()
    # Looked at twenty times a second, it was due once.
    assert [copy.note.sequence for copy in backups.listing()] == [3]


@pytest.mark.logs_errors
def test_a_copy_that_could_not_be_made_is_told_in_the_log(
    database_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    fill(database_url, products=1, entries=3)
    change_one_byte(database_url, row=2)
    settings = Settings.from_environment(data_dir=tmp_path, database_url=database_url)
    keeper = CopyKeeper(settings, first_look_s=0)
    keeper.start()
    wait_until(lambda: "nº 2" in caplog.text, 30)
    keeper.stop()
    assert "no copy was made" in caplog.text
