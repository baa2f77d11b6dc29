"""Who may call a route: said where the route is declared, enforced by ``server.authentication``."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from flask import g

from almoxarife.identity import Identity, Role
from almoxarife.routing.present import taken

_MARK = "almoxarife_access"


class Access(NamedTuple):
    """``least``: the role that it takes at least; None for everybody, without a token."""

    least: Role | None


PUBLIC = Access(least=None)
# Nobody has said who may call, so only those may who may do everything.
_UNSAID = Access(least=Role.ADMINISTRATOR)


def mark(view: Callable[..., object], access: Access) -> None:
    """Write down on a view function who may call it."""
    setattr(view, _MARK, access)


def access_to(view: Callable[..., object]) -> Access:
    """Return who may call a view function; administrators alone where nothing was said."""
    access: Access = getattr(view, _MARK, _UNSAID)
    return access


def caller() -> Identity:
    """Return who makes the present request, on a route that needs a token."""
    one = taken()
    identity: Identity | None = g.identity if one is None else one.identity
    assert identity is not None
    return identity
