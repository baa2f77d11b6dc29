"""Start the monitor: ``python monitor_ui.py [options]``, with any Python: that of ``.venv`` takes over."""

import sys

from preparo.enter import run_in_environment

if __name__ == "__main__":
    sys.exit(run_in_environment("monitor", sys.argv[1:]))
