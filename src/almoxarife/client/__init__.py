"""The HTTP library of the desktop programs: typed calls, typed errors, bounded time."""
