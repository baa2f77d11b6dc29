"""Who may vouch for a server."""

from __future__ import annotations

import ssl
from pathlib import Path


def context_of(authority: Path | str | None) -> ssl.SSLContext:
    """Return the context of a client that trusts one authority (a file, or PEM itself), or the system's for None.

    Raises OSError for a file that is no authority.
    """
    if authority is None:
        return ssl.create_default_context()
    if isinstance(authority, Path):
        context = ssl.create_default_context(cafile=str(authority))
    else:
        context = ssl.create_default_context(cadata=authority)
    # What a person has agreed to is the end of the chain, also when somebody else has signed it.
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    return context
