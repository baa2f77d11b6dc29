"""Who makes a request, and what roles there are: known to every floor of the house."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """What an account may do, from the least to the most; each may do what those before it may.

    The values are stored and go over the wire.
    """

    READER = "leitor"
    OPERATOR = "operador"
    MANAGER = "gerente"
    ADMINISTRATOR = "administrador"


# A role as it is stored → how far up it stands.
_RANKS: dict[str, int] = {role.value: rank for rank, role in enumerate(Role)}


def reaches(role: str, least: Role) -> bool:
    """Tell whether an account with a role may do what takes at least another one.

    ``role`` comes from the database; what is none of ours reaches nothing.
    """
    return _RANKS.get(role, -1) >= _RANKS[least]


class Identity(NamedTuple):
    """The account that speaks, its role, and the SHA-256 of the token that was shown."""

    account_id: int
    username: str
    role: str
    digest: bytes
