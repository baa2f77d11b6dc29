"""The documents keep up with the program: no option, variable, route or refusal without its line."""

from __future__ import annotations

import ast
import os
import re
import sys
from pathlib import Path

import click
import pytest

from almoxarife.cli.commands import cli
from almoxarife.config import Settings
from almoxarife.server.app import create_app

from .sources import ROOT, package_sources, set_up_sources

ARCHITECTURE = ROOT / "docs" / "architecture.md"
API = ROOT / "docs" / "api.md"
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
READMES = ("README.md", "README.pt-BR.md")
DOCUMENTS = [
    *(ROOT / name for name in (*READMES, "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")),
    *sorted((ROOT / "docs").rglob("*.md")),
]
VARIABLE = re.compile(r"ALMOXARIFE_[A-Z_]+")
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def mentions(path: Path, word: str) -> bool:
    """Tell whether a document says a word, not only as a part of a longer one."""
    text = path.read_text(encoding="utf-8")
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) is not None


def anchors(path: Path) -> set[str]:
    """Return the names that links use for the headings of a document: lower case, words joined by hyphens."""
    headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def leads_somewhere(path: Path, target: str) -> bool:
    """Tell whether a link in a document leads to a file, and to a heading of it where it names one."""
    name, _, anchor = target.partition("#")
    file = path.parent / name if name else path
    return file.exists() and (not anchor or anchor in anchors(file))


def commands() -> list[tuple[str, click.Command]]:
    """Return every command of the command line, the group itself included."""
    return [("almoxarife", cli), *((f"almoxarife {name}", command) for name, command in cli.commands.items())]


def variables() -> set[str]:
    """Return every environment variable that the program or its set-up reads."""
    texts = (
        node.value
        for source in package_sources() + set_up_sources()
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return {name for text in texts for name in VARIABLE.findall(text)}


def routes(tmp_path: Path) -> set[str]:
    """Return every route of the document that the API serves, as ``GET /produtos``."""
    url = f"sqlite:///{(tmp_path / 'almoxarife.db').as_posix()}"
    app = create_app(Settings.from_environment(data_dir=tmp_path, database_url=url))
    document = app.test_client().get("/openapi.json").get_json()
    return {
        f"{method.upper()} {path}" for path, methods in document["paths"].items() for method in methods
    } | {"GET /openapi.json", "GET /docs"}


def codes() -> set[str]:
    """Return the ``codigo`` of every refusal that the server can make."""
    return {
        node.args[1].value
        for source in package_sources()
        if source.name.startswith("almoxarife.server.")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Refusal"
        and isinstance(node.args[1], ast.Constant)
        and isinstance(node.args[1].value, str)
    }


def test_every_command_and_option_is_documented() -> None:
    for name, command in commands():
        assert mentions(ARCHITECTURE, name), name
        for option in (name for parameter in command.params for name in parameter.opts):
            assert mentions(ARCHITECTURE, option), f"{name} {option}"


def test_every_environment_variable_is_documented() -> None:
    assert variables() >= {"ALMOXARIFE_PORTA", "ALMOXARIFE_IDIOMA"}
    assert [name for name in sorted(variables()) if not mentions(ARCHITECTURE, name)] == []


def test_no_document_names_a_variable_that_nobody_reads() -> None:
    named = {name for path in DOCUMENTS for name in VARIABLE.findall(path.read_text(encoding="utf-8"))}
    assert named <= variables()


def test_every_route_is_documented_and_no_other(tmp_path: Path) -> None:
    headings = set(re.findall(r"^### `([A-Z]+ /\S*)`$", API.read_text(encoding="utf-8"), re.MULTILINE))
    assert headings == routes(tmp_path)


def test_every_refusal_is_documented_and_no_other() -> None:
    rows = re.findall(r"^\| `(\w+)` \| \d{3} \|", API.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(codes()) > 10
    assert sorted(rows) == sorted(codes())


def test_decisions_are_numbered_without_gaps_and_have_their_three_parts() -> None:
    numbers = [path.name.split("-")[0] for path in DECISIONS]
    assert numbers == [f"{number:04d}" for number in range(1, len(DECISIONS) + 1)]
    for path in DECISIONS:
        headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
        assert headings[1:] == ["Context", "Decision", "Consequences"], path.name
        assert mentions(ROOT / "docs" / "decisions" / "README.md", path.name), path.name


@pytest.mark.parametrize("name", READMES)
def test_a_readme_begins_with_the_two_commands_that_are_there_to_run(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    beginning = text[: text.index("\n## ")]
    for command in ("start_sistema_completo", "testar"):
        assert f"./{command}.sh" in beginning
        assert f"{command}.bat" in beginning
        assert (ROOT / f"{command}.bat").is_file()
        assert (ROOT / f"{command}.sh").is_file()
        assert sys.platform == "win32" or os.access(ROOT / f"{command}.sh", os.X_OK)


def test_both_readmes_have_the_same_parts() -> None:
    shapes = [
        re.findall(r"^(#+) ", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE) for name in READMES
    ]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_inside_the_project_lead_somewhere(path: Path) -> None:
    targets = LINK.findall(path.read_text(encoding="utf-8"))
    inside = [target for target in targets if "://" not in target]
    assert [target for target in inside if not leads_somewhere(path, target)] == []


def test_a_link_that_leads_nowhere_is_found() -> None:
    assert leads_somewhere(API, "architecture.md#the-ledger")
    assert leads_somewhere(API, "#post-contasaprovar")
    assert not leads_somewhere(API, "architecture.md#the-library")
    assert not leads_somewhere(API, "nowhere.md")
