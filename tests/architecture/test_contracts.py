"""The contracts of import-linter refuse what they are there to refuse."""

from __future__ import annotations

import functools
from typing import Any

import grimp
import pytest
from importlinter.api import read_configuration
from importlinter.contracts.acyclic_siblings import AcyclicSiblingsContract
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.layers import LayersContract
from importlinter.domain.contract import Contract

from .sources import ROOT

KINDS: dict[str, type[Contract]] = {
    "acyclic_siblings": AcyclicSiblingsContract,
    "forbidden": ForbiddenContract,
    "layers": LayersContract,
}
# The words with which a contract's name begins, an import that it must refuse.
REFUSED = [
    ("Floors", "almoxarife.ledger.store", "almoxarife.features.products.service"),
    ("Floors", "almoxarife.routing.routes", "almoxarife.features.accounts.service"),
    ("Floors", "almoxarife.errors", "almoxarife.config"),
    ("No cycles", "almoxarife.ledger.rules", "almoxarife.ledger.store"),
    ("Inside a feature", "almoxarife.features.products.store", "almoxarife.features.products.service"),
    ("Inside a feature", "almoxarife.features.products.rules", "almoxarife.features.products.tables"),
    ("Between features", "almoxarife.features.products.service", "almoxarife.features.movements.service"),
    ("Between features", "almoxarife.features.accounts.service", "almoxarife.features.audit.service"),
    ("Between features", "almoxarife.features.movements.service", "almoxarife.features.imports.service"),
    ("A route asks", "almoxarife.features.products.routes", "sqlalchemy"),
    ("A route asks", "almoxarife.features.products.routes", "almoxarife.storage.database"),
    ("Only routes know Flask", "almoxarife.features.products.service", "flask"),
    ("The wire", "almoxarife.contract.products", "sqlalchemy"),
    ("The wire", "almoxarife.features.products.rules", "requests"),
    ("The wire", "almoxarife.ledger.rules", "tkinter"),
    ("Desktop programs", "almoxarife.desktop.login.presenter", "almoxarife.features.accounts.rules"),
    ("Desktop programs", "almoxarife.client.session", "almoxarife.routing.access"),
    ("The server opens", "almoxarife.features.movements.service", "requests"),
    ("Floors", "almoxarife.server.run", "almoxarife.feed.run"),
    ("The feed", "almoxarife.feed.app", "flask"),
    ("The feed", "almoxarife.feed.server", "almoxarife.server.app"),
    ("A presenter", "almoxarife.desktop.login.presenter", "tkinter"),
    ("A presenter", "almoxarife.desktop.login.presenter", "almoxarife.desktop.kit.theme"),
    ("The HTTP library", "almoxarife.client.session", "almoxarife.desktop.kit.formats"),
]


@functools.lru_cache(maxsize=1)
def configuration() -> dict[str, Any]:
    return read_configuration(str(ROOT / "pyproject.toml"))


def graph_with(importer: str, imported: str) -> grimp.ImportGraph:
    """Return the imports as they are, and one more."""
    graph = grimp.build_graph("almoxarife", include_external_packages=True, cache_dir=None)
    assert {importer, imported} <= graph.modules
    graph.add_import(importer=importer, imported=imported)
    return graph


@pytest.mark.parametrize(("name", "importer", "imported"), REFUSED)
def test_a_contract_refuses_what_it_forbids(name: str, importer: str, imported: str) -> None:
    settings = configuration()
    (options,) = (one for one in settings["contracts_options"] if one["name"].startswith(name))
    contract = KINDS[options["type"]](options["name"], settings["session_options"], options)
    assert not contract.check(graph_with(importer, imported), verbose=False).kept


def test_every_contract_is_seen_to_refuse_something() -> None:
    names = [options["name"] for options in configuration()["contracts_options"]]
    assert [name for name in names if not any(name.startswith(start) for start, _, _ in REFUSED)] == []
