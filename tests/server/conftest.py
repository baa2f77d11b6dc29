"""Fixtures of the server's tests."""

from __future__ import annotations

from tests.server.fixtures import all_balances, app, caller, server, start_server

__all__ = ["all_balances", "app", "caller", "server", "start_server"]
