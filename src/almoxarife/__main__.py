"""``python -m almoxarife <command>``."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command that the arguments name and exit with its status."""
    from almoxarife.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
