"""How many files and connections this process may have open."""

from __future__ import annotations

import contextlib
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
        more = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        # A system may have a bound of its own, below the one that it tells (macOS); what there is has to do then.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (more, hard))
            soft = more
    return connections if soft == resource.RLIM_INFINITY else max(1, min(connections, soft - _OTHERS))
