"""Start the API: ``python api.py [options]``, with any Python: that of ``.venv`` takes over."""

import sys

from preparo.enter import run_in_environment

if __name__ == "__main__":
    sys.exit(run_in_environment("api", sys.argv[1:]))
