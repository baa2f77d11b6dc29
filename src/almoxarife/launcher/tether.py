"""Run a command of almoxarife as a child that ends with its launcher, however the launcher ends.

The child's standard input is a pipe that only the launcher holds open. When
the launcher is gone, even by SIGKILL, the kernel closes the pipe: the child
reads its end and stops itself. This needs no help of the system beyond
pipes, so it is the same on Linux and macOS. (On Windows a job object does it:
``windows_job``.)
"""

from __future__ import annotations

import os
import signal
import threading
import time

# Longer than the API needs to finish the requests in progress.
STOP_LIMIT_S = 10.0
STANDARD_INPUT = 0


def main() -> None:
    """Run ``python -m almoxarife`` with the arguments of this process, tied to the launcher."""
    threading.Thread(target=_end_with_launcher, name="tether", daemon=True).start()
    from almoxarife.__main__ import main as almoxarife

    almoxarife()


def _end_with_launcher() -> None:
    while os.read(STANDARD_INPUT, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_LIMIT_S)
    # The launcher made this process the head of a group of its own: workers of a server belong to it too.
    os.killpg(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
