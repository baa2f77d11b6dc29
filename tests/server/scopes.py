"""Requests as granian tells of them (RSGI's ``scope``)."""

from __future__ import annotations

from types import SimpleNamespace


def scope_of(method: str = "GET", *, client: str = "192.0.2.1:4711", **headers: str) -> SimpleNamespace:
    """Return a request as granian tells of it."""
    return SimpleNamespace(
        server="[::1]:5000",
        client=client,
        method=method,
        path="/",
        query_string="",
        http_version="1.1",
        scheme="http",
        headers=headers,
    )
