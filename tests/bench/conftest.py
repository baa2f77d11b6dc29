"""The benchmark measures on Linux, for whose processes it knows how to ask."""

from __future__ import annotations

import sys

collect_ignore_glob = [] if sys.platform == "linux" else ["test_*.py"]
