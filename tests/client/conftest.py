"""A misbehaving server for the client library."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from almoxarife.client.session import Session

from .hostile import HostileServer


@pytest.fixture
def server() -> Iterator[HostileServer]:
    """A server on a free port; give it behaviours."""
    server = HostileServer()
    yield server
    server.stop()


@pytest.fixture
def session(server: HostileServer) -> Session:
    """A session with that server that does not wait between two attempts."""
    return Session(server.url, sleep=lambda seconds: None)
