"""The lock under which the main process starts other programs."""

from __future__ import annotations

import os
import threading

# A process that is copied from this one (the worker) while another is being started would keep the ends of pipes that
# tell of the start, or of the end, and who reads there would wait for its end. So one waits for the other.
STARTING = threading.Lock()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=STARTING.acquire, after_in_parent=STARTING.release, after_in_child=STARTING.release
    )
