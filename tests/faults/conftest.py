"""Fixtures of the tests of faults."""

from __future__ import annotations

from tests.server.fixtures import server, start_server

__all__ = ["server", "start_server"]
