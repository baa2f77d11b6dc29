"""How many connections are let in where the system gives so many handles, or will not give more."""

from __future__ import annotations

from typing import NoReturn

import pytest

from almoxarife.server import handles

resource = pytest.importorskip("resource", reason="only systems like Unix count handles so")


@pytest.mark.parametrize(
    ("soft", "hard", "allowed"),
    [
        (1_024, 1_048_576, 12_000),
        (1_024, resource.RLIM_INFINITY, 12_000),
        (resource.RLIM_INFINITY, resource.RLIM_INFINITY, 12_000),
        (1_024, 4_096, 3_896),
        (20_000, 20_000, 12_000),
        (64, 128, 1),
    ],
)
def test_as_many_are_asked_for_as_connections_need(
    monkeypatch: pytest.MonkeyPatch, soft: int, hard: int, allowed: int
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _which: (soft, hard))
    monkeypatch.setattr(resource, "setrlimit", lambda _which, _limits: None)
    assert handles.allow(12_000) == allowed


def test_a_system_that_refuses_more_is_served_with_what_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_which: int, _limits: tuple[int, int]) -> NoReturn:
        raise ValueError("current limit exceeds maximum limit")

    monkeypatch.setattr(resource, "getrlimit", lambda _which: (1_024, resource.RLIM_INFINITY))
    monkeypatch.setattr(resource, "setrlimit", refuse)
    assert handles.allow(12_000) == 824
