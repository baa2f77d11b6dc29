"""Who makes a request: known to the features, to the tools of their routes, and to the server."""

from __future__ import annotations

from typing import NamedTuple


class Identity(NamedTuple):
    """The account that speaks, its role, and the SHA-256 of the token that was shown."""

    account_id: int
    username: str
    role: str
    digest: bytes
