"""Refusals of the server about itself."""

from __future__ import annotations

from almoxarife.errors import DomainError


class NoCertificate(DomainError):
    """This server does not encrypt, so nothing vouches for it."""
