"""The API as it is, but with copies every few seconds and, for a control, a leak: ``python -m soak.hurried_api api …``.

Environment: ``SOAK_COPY_EVERY_S`` seconds between copies; ``SOAK_LEAK_BYTES`` that each request leaves behind,
with an open file; 0: none. (Of requests in Flask's hands, that is.)
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import IO, Any
from unittest.mock import patch

from flask import Flask

from almoxarife.cli import main as cli
from almoxarife.config import Settings
from almoxarife.server import copy_keeper, run
from almoxarife.server.feed_keeper import FeedPort

COPY_EVERY, LEAK = "SOAK_COPY_EVERY_S", "SOAK_LEAK_BYTES"


def main() -> int:
    """Run a command of the product with these changes."""
    every_s = float(os.environ[COPY_EVERY])
    leak = int(os.environ.get(LEAK, "0"))
    keeper = partial(copy_keeper.CopyKeeper, first_look_s=every_s, look_every_s=every_s)
    load = partial(_load_leaking, run.load, leak) if leak else run.load
    with (
        patch.object(run, "CopyKeeper", keeper),
        patch.object(copy_keeper, "is_due", lambda _last, _now, _every_h: True),
        patch.object(run, "load", load),
    ):
        return cli.run(sys.argv[1:])


def _load_leaking(
    load: Callable[[FeedPort, Settings], Flask], leak: int, port: FeedPort, settings: Settings
) -> Flask:
    app = load(port, settings)
    answer = app.wsgi_app
    left: list[bytes | IO[str]] = []

    def leaking(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        # Random, because pages of zeros take no memory.
        left.append(os.urandom(leak))
        left.append(Path(os.devnull).open())  # noqa: SIM115 - that it stays open is the point
        return answer(environ, start_response)

    setattr(app, "wsgi_app", leaking)  # noqa: B010 - mypy knows it as a method
    return app


if __name__ == "__main__":
    sys.exit(main())
