"""How many files and connections this process may have open."""

from __future__ import annotations

import sys

# Beside connections: the database, the logs, what the libraries have open.
_OTHERS = 200


def allow(connections: int) -> int:
    """Ask the system for as many handles as connections need; return for how many connections there are enough.

    Many systems give a program 1,024 until it asks, and far more when it does.
    """
    if sys.platform == "win32":
        return connections
    import resource

    wanted = connections + _OTHERS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return connections if soft == resource.RLIM_INFINITY else min(connections, soft - _OTHERS)
