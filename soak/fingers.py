"""The register program that takes a scanner for fingers: ``python -m soak.fingers cadastro …``; a negative control."""

from __future__ import annotations

import sys
from unittest.mock import patch

from almoxarife.cli.main import run
from almoxarife.desktop.cadastro import scan_pages


def main() -> int:
    """Run a command with nobody who tells what comes too fast for fingers."""
    with patch.object(scan_pages, "ScanKeys"):
        return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
