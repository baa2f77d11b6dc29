"""Set up what is missing, then start the system, run the tests or measure: what the .sh and .bat files call."""

import sys

from preparo.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
