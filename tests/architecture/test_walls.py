"""Walls between the modules that import-linter cannot express; its own are in pyproject.toml."""

from __future__ import annotations

import ast
import graphlib
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch

import grimp
import pytest

from .sources import Source, package_sources, planted

WINDOWS = ("tkinter", "ttkbootstrap")
MAY_OPEN_WINDOWS = (
    "almoxarife.desktop.kit.*",
    "almoxarife.desktop.*.view",
    "almoxarife.desktop.*_view",
    "almoxarife.desktop.*.app",
    # Says in one line why no window can be opened.
    "almoxarife.cli.windows",
)
MAY_SPEAK_SQL = (
    # A desktop program's own files.
    "almoxarife.client.held_file",
    "almoxarife.client.outbox.file",
    "almoxarife.client.outbox.scans",
    "almoxarife.client.outbox.store",
    "almoxarife.client.visit.store",
    "almoxarife.features.*.store",
    "almoxarife.features.*_store",
    "almoxarife.features.*.tables",
    "almoxarife.ledger.bulk",
    "almoxarife.ledger.chain",
    "almoxarife.ledger.damage",
    "almoxarife.ledger.details",
    "almoxarife.ledger.second_process",
    "almoxarife.ledger.statements",
    "almoxarife.ledger.statements_postgresql",
    "almoxarife.ledger.store",
    "almoxarife.ledger.tables",
    "almoxarife.ledger.verify",
    "almoxarife.ledger.walk",
    "almoxarife.storage.*",
)
# What a service needs to own a transaction: a connection to hand on, and the constraint that was violated.
NOT_SQL = {"Connection", "DatabaseError", "IntegrityError"}
MAY_OWN_TRANSACTIONS = (
    "almoxarife.features.*.service",
    "almoxarife.features.*.service.*",
    "almoxarife.features.*_service",
    "almoxarife.storage.*",
)
TRANSACTIONS = {"unit_of_work", "snapshot", "schema_change", "commit", "rollback"}
# Names of a feature that other features may import: what it does, and its rules (errors, ids).
FACES = {"service", "rules"}
# Lists of movements and of acts show the names of what their rows point to: one join instead of a look-up for each
# (docs/decisions/0010). They only read.
READS_NEIGHBOURS_TABLES = {
    # Analyses sum up what all features keep; they only read (docs/decisions/0032).
    ("almoxarife.features.analysis.store", "almoxarife.features.costs.tables"),
    ("almoxarife.features.analysis.store", "almoxarife.features.products.tables"),
    ("almoxarife.features.analysis.store", "almoxarife.features.reasons.tables"),
    ("almoxarife.features.audit.store", "almoxarife.features.accounts.tables"),
    ("almoxarife.features.movements.store", "almoxarife.features.accounts.tables"),
    ("almoxarife.features.movements.store", "almoxarife.features.lots.tables"),
    ("almoxarife.features.movements.store", "almoxarife.features.partners.tables"),
    ("almoxarife.features.movements.store", "almoxarife.features.products.tables"),
    ("almoxarife.features.movements.store", "almoxarife.features.reasons.tables"),
    # Reports show what all features keep; they only read, too (docs/decisions/0022).
    ("almoxarife.features.reports.store", "almoxarife.features.accounts.tables"),
    ("almoxarife.features.reports.store", "almoxarife.features.costs.tables"),
    ("almoxarife.features.reports.store", "almoxarife.features.products.tables"),
}


def matches(name: str, patterns: Iterable[str]) -> bool:
    """Tell whether a module is one of those that some patterns mean."""
    return any(fnmatch(name, pattern) for pattern in patterns)


def imports(source: Source) -> Iterator[tuple[str, str]]:
    """Yield module and name of everything that a source imports."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", alias.name) for alias in node.names)


def calls(source: Source) -> Iterator[str]:
    """Yield the last name of everything that a source calls."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr


def opens_windows(source: Source) -> list[str]:
    """Return the window libraries that a source imports where none may be."""
    if matches(source.name, MAY_OPEN_WINDOWS):
        return []
    return [f"{source.name}: {module}" for module, _ in imports(source) if module.split(".")[0] in WINDOWS]


def speaks_sql(source: Source) -> list[str]:
    """Return what a source has of SQL where none may be."""
    if matches(source.name, MAY_SPEAK_SQL):
        return []
    found = [
        f"{source.name}: {module} {name}"
        for module, name in imports(source)
        if module.split(".")[0] in {"sqlalchemy", "sqlite3", "psycopg", "alembic"} and name not in NOT_SQL
    ]
    return found + [f"{source.name}: .{name}()" for name in calls(source) if name.startswith("execute")]


def owns_transactions(source: Source) -> list[str]:
    """Return the transactions that a source opens or ends where that is not its business."""
    if matches(source.name, MAY_OWN_TRANSACTIONS):
        return []
    return [f"{source.name}: .{name}()" for name in calls(source) if name in TRANSACTIONS]


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("almoxarife", cache_dir=None)


def cycle(imports_of: dict[str, set[str]]) -> list[str]:
    """Return the modules of a cycle of imports, or nothing."""
    try:
        graphlib.TopologicalSorter(imports_of).prepare()
    except graphlib.CycleError as found:
        return list(found.args[1])
    return []


def reaches_behind(importer: str, imported: str) -> bool:
    """Tell whether an import between two modules reaches behind a feature's face."""
    start, end = importer.split("."), imported.split(".")
    between = start[:2] == end[:2] == ["almoxarife", "features"] and start[2:3] != end[2:3]
    return between and (len(end) < 4 or end[3] not in FACES)


def test_only_views_and_the_kit_open_windows() -> None:
    assert [line for source in package_sources() for line in opens_windows(source)] == []
    assert opens_windows(planted("from tkinter import ttk", "almoxarife.desktop.login.presenter"))


def test_only_stores_speak_sql() -> None:
    assert [line for source in package_sources() for line in speaks_sql(source)] == []
    name = "almoxarife.features.products.service"
    assert speaks_sql(planted("from sqlalchemy import select", name))
    assert speaks_sql(planted("connection.execute(statement)", name))
    assert not speaks_sql(planted("from sqlalchemy import Connection", name))


def test_only_services_own_transactions() -> None:
    assert [line for source in package_sources() for line in owns_transactions(source)] == []
    text = "with database.unit_of_work() as connection: pass"
    assert owns_transactions(planted(text, "almoxarife.features.products.routes"))
    assert owns_transactions(planted("connection.commit()", "almoxarife.features.products.store"))


def test_a_feature_reaches_another_by_its_face_alone(graph: grimp.ImportGraph) -> None:
    found = {
        (importer, imported)
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
        if reaches_behind(importer, imported)
    }
    assert found == READS_NEIGHBOURS_TABLES
    movements, products = "almoxarife.features.movements.service", "almoxarife.features.products"
    assert reaches_behind(movements, f"{products}.store")
    assert reaches_behind(movements, products)
    assert not reaches_behind(movements, f"{products}.service")
    assert not reaches_behind(f"{products}.service", f"{products}.store")


def test_no_modules_import_each_other_in_a_circle(graph: grimp.ImportGraph) -> None:
    assert cycle({module: graph.find_modules_directly_imported_by(module) for module in graph.modules}) == []
    assert cycle({"a": {"b"}, "b": {"c"}, "c": {"a"}})
