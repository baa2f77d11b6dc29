"""A misbehaving server for the client library."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .hostile import HostileServer


@pytest.fixture
def server() -> Iterator[HostileServer]:
    """A server on a free port; give it behaviours."""
    server = HostileServer()
    yield server
    server.stop()
