"""Every route states which role it takes: nothing is open, or closed, because somebody forgot to think of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from almoxarife.config import Settings
from almoxarife.contract.base import Done
from almoxarife.routing.access import _MARK
from almoxarife.routing.routes import Routes
from almoxarife.server.app import create_app

from .sources import Source, package_sources, planted

METHODS = {"get", "post", "put", "patch", "delete"}


def declarations(source: Source) -> Iterator[ast.Call]:
    """Yield the decorators by which the views of a source become routes."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef):
            for decorator in node.decorator_list:
                name = decorator.func if isinstance(decorator, ast.Call) else decorator
                if isinstance(name, ast.Attribute) and name.attr in METHODS | {"route"}:
                    assert isinstance(decorator, ast.Call), f"{source.where}:{decorator.lineno}"
                    yield decorator


def silent(source: Source) -> list[str]:
    """Return the routes of a source that do not state who may call them."""
    return [
        f"{source.where}:{call.lineno}"
        for call in declarations(source)
        if not any(keyword.arg == "access" for keyword in call.keywords)
    ]


def test_every_route_states_its_access() -> None:
    sources = [one for one in package_sources() if fnmatch(one.name, "almoxarife.features.*.routes")]
    assert len(sources) >= 5
    assert all(list(declarations(source)) for source in sources)
    assert [line for source in package_sources() for line in silent(source)] == []


def test_a_route_that_states_nothing_is_found() -> None:
    text = '@routes.get("/nada", summary="")\ndef nothing(): pass\n'
    assert silent(planted(text)) == ["planted.py:1"]
    assert not silent(planted(text.replace('summary=""', "access=PUBLIC")))


def test_nor_can_it_be_declared() -> None:
    def nothing() -> None:
        """Never called."""

    declare = Routes("nada", "Nada").get("/nada", summary="Nada", answers={200: Done})
    with pytest.raises(TypeError, match="access"):
        declare(nothing)  # type: ignore[type-var]


def test_what_the_app_answers_states_its_access(tmp_path: Path) -> None:
    url = f"sqlite:///{(tmp_path / 'almoxarife.db').as_posix()}"
    app = create_app(Settings.from_environment(data_dir=tmp_path, database_url=url))
    views = {rule.rule: app.view_functions[rule.endpoint] for rule in app.url_map.iter_rules()}
    assert [address for address, view in views.items() if not hasattr(view, _MARK)] == []
