"""The API with one of its guards taken away, for negative controls: ``python -m soak.unguarded GUARD api …``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from almoxarife.__main__ import main
from almoxarife.features.accounts import passwords
from almoxarife.features.accounts.throttle import Throttle
from almoxarife.server import granian_server
from almoxarife.server.rsgi_body import Bodies
from tests.server.running import ApiServer, Running

FEW_CONNECTIONS = 100


def few_connections() -> None:
    """Let in fewer clients than there are slow ones."""
    granian_server.MOST_CONNECTIONS = FEW_CONNECTIONS


def first_come() -> None:
    """Make no room: who comes when it is full is refused, whoever fills it."""
    Bodies.make_room = lambda _self, _needed: None  # type: ignore[assignment, method-assign]


def no_pauses() -> None:
    """Let everybody guess as often as he likes."""

    @contextmanager
    def guess(_self: Throttle, **_who: object) -> Iterator[None]:
        yield

    Throttle.guess = guess  # type: ignore[assignment, method-assign]


def no_decoy() -> None:
    """Look at no password where there is no such user: that is answered at once."""
    passwords.DECOY_HASH = ""


GUARDS: dict[str, Callable[[], None]] = {
    guard.__name__: guard for guard in (few_connections, first_come, no_pauses, no_decoy)
}


def without(guard: Callable[[], None]) -> type[ApiServer]:
    """Return the kind of server that lacks a guard."""

    class Unguarded(ApiServer):
        PROGRAM = "soak.unguarded"

        def _launch(self, arguments: list[str], environment: dict[str, str]) -> Running:
            return super()._launch([guard.__name__, *arguments], environment)

    return Unguarded


if __name__ == "__main__":
    GUARDS[sys.argv.pop(1)]()
    main()
