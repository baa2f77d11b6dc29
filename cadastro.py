"""Start the register program: ``python cadastro.py [options]``, any Python: that of ``.venv`` takes over."""

import sys

from preparo.enter import run_in_environment

if __name__ == "__main__":
    sys.exit(run_in_environment("cadastro", sys.argv[1:]))
