"""Who may call a route: said where the route is declared, enforced by ``server.authentication``."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from flask import g

from almoxarife.identity import Identity

_MARK = "almoxarife_access"


class Access(NamedTuple):
    """``token``: whether one is needed; ``role``: the only role that may, None for every account."""

    token: bool = True
    role: str | None = None


ACCOUNT = Access()
PUBLIC = Access(token=False)


def mark(view: Callable[..., object], access: Access) -> None:
    """Write down on a view function who may call it."""
    setattr(view, _MARK, access)


def access_to(view: Callable[..., object]) -> Access:
    """Return who may call a view function; a token is needed where nothing was said."""
    access: Access = getattr(view, _MARK, ACCOUNT)
    return access


def caller() -> Identity:
    """Return who makes the present request, on a route that needs a token."""
    identity: Identity = g.identity
    return identity
