"""Fixtures of the contract's tests."""

from __future__ import annotations

from tests.server.fixtures import app, caller, server, start_server

__all__ = ["app", "caller", "server", "start_server"]
