"""``python -m almoxarife.feed [port]``: started by the API, with its settings in the environment."""

from __future__ import annotations

import sys


def main() -> None:
    """Serve the feed and exit with its status."""
    from almoxarife.config import Settings
    from almoxarife.feed.run import run

    sys.exit(run(Settings.from_environment(), int(sys.argv[1]) if len(sys.argv) > 1 else 0))


if __name__ == "__main__":
    main()
