"""What the command line says: Portuguese, one line for a refusal, nothing of the library's own words."""

from __future__ import annotations

import re

import click
import pytest

from almoxarife.cli.commands import cli
from tests.server.running import almoxarife

from .terminal import Terminal

COMMANDS = sorted(cli.commands)
# Words of click's own help and refusals, and of a traceback.
ENGLISH = re.compile(
    r"\b(Usage|Options|Commands|Show|Error|Try|Missing|Invalid|No such|Got unexpected|requires|argument|"
    r"Traceback|Exception|default|this message|and exit)\b"
)


def test_every_command_is_known_here() -> None:
    assert COMMANDS == [
        "analise",
        "api",
        "cadastro",
        "compras",
        "copiar",
        "copias",
        "etiquetas",
        "importar",
        "iniciar",
        "migrar",
        "migrar-banco",
        "monitor",
        "refazer-saldos",
        "restaurar",
        "salvar",
        "verificar",
    ]


@pytest.mark.parametrize("command", [None, *COMMANDS])
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_is_in_portuguese(terminal: Terminal, command: str | None, option: str) -> None:
    seen = terminal(*([command] if command else []), option)

    assert (seen.status, seen.errors) == (0, "")
    assert seen.output.startswith(f"Uso: almoxarife{' ' + command if command else ''} [OPÇÕES]")
    assert "Opções:" in seen.output
    assert ENGLISH.findall(seen.output) == []
    described = cli.commands[command].params if command else cli.params
    for parameter in described:
        if isinstance(parameter, click.Argument):
            assert f"[OPÇÕES] {parameter.metavar}" in seen.output
            continue
        assert isinstance(parameter, click.Option)
        assert parameter.help
        assert parameter.opts[0] in seen.output
    if command is None:
        assert all(name in seen.output for name in COMMANDS)


def test_the_version_is_told(terminal: Terminal) -> None:
    assert re.fullmatch(r"almoxarife \d+\.\d+\.\d+", terminal("--version").line)


WRONG = {
    "no command": [],
    "unknown command": ["apagar"],
    "unknown option": ["verificar", "--forçar"],
    "unknown option before": ["--nada", "api"],
    "an option of another command": ["verificar", "--porta", "5000"],
    "a shortened option": ["api", "--port", "5000"],
    "a word too many": ["verificar", "tudo"],
    "an option without its value": ["api", "--porta"],
    "a port that is a word": ["api", "--porta", "cinco"],
    "port zero": ["api", "--porta", "0"],
    "a port too large": ["api", "--porta", "65536"],
    "a negative port": ["api", "--porta=-1"],
    "an unknown HTTP server": ["api", "--servidor-http", "apache"],
    "an unknown rule": ["api", "--registro", "livre"],
    "no address of an API": ["monitor", "--servidor", "loja"],
    "another scheme": ["cadastro", "--servidor", "ftp://127.0.0.1"],
    "another database": ["verificar", "--banco", "mysql://loja@servidor/estoque"],
    "no address of a database": ["migrar", "--banco", "estoque"],
    "a database in memory": ["api", "--banco", "sqlite://"],
    "an import without a file": ["importar"],
    "an import of an unknown kind": ["importar", "a.csv", "--tipo", "coisas"],
    "a host of others": ["api", "--host", "192.0.2.1"],
    "a host of nobody": ["api", "--host", "loja.invalid"],
}


@pytest.mark.parametrize("words", WRONG.values(), ids=WRONG.keys())
def test_a_refusal_is_one_line_in_portuguese(terminal: Terminal, words: list[str]) -> None:
    seen = terminal(*words)

    assert seen.status in (1, 2)
    assert seen.output == ""
    assert re.match(r"(almoxarife: )?[A-ZÀ-Ú“]", seen.line)
    assert ENGLISH.findall(seen.line) == []


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORTA", "abc", "abc"),
        ("SERVIDOR_HTTP", "apache", "--servidor-http"),
        ("REGISTRO", "livre", "--registro"),
        ("BANCO", "estoque", "banco de dados"),
    ],
)
def test_a_bad_setting_of_the_environment_is_named(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(f"ALMOXARIFE_{name}", value)
    seen = terminal("migrar")
    assert (seen.status, said in seen.line) == (1, True), seen


def test_every_program_says_so_as_a_process_of_its_own() -> None:
    done = almoxarife("verificar", "--nada")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "almoxarife: A opção --nada não existe. Veja: almoxarife verificar --help\n"
