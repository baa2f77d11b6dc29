"""Looking once more after a while."""

from __future__ import annotations

from collections.abc import Callable

from almoxarife.desktop.cadastro.calls import Timer


class Again:
    """Calls an action once, some seconds after each ``soon``, unless it is stopped before."""

    def __init__(self, timer: Timer, seconds: float, action: Callable[[], None]) -> None:
        self._timer = timer
        self._seconds = seconds
        self._action = action
        self._next: object | None = None

    def soon(self) -> None:
        """Call the action after those seconds, counted from now."""
        self.stop()
        self._next = self._timer.call_later(self._seconds, self._call)

    def stop(self) -> None:
        """Call it no more."""
        if self._next is not None:
            self._timer.cancel(self._next)
            self._next = None

    def _call(self) -> None:
        self._next = None
        self._action()
