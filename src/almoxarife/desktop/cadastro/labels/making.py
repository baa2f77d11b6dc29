"""Makes sheets piece by piece, a request to each job, so that progress shows and it can be stopped."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from almoxarife.client.labels import Order
from almoxarife.desktop.cadastro.labels.lines import Piece
from almoxarife.desktop.cadastro.labels.paper import joined
from almoxarife.desktop.login.presenter import Jobs


class Making:
    """One run; ``went_on`` is told how many labels are drawn, ``done`` when the end of it has come about.

    ``failed`` gets the error and the place of the piece's first line.
    """

    def __init__(
        self,
        calls: Jobs,
        *,
        went_on: Callable[[int], None],
        done: Callable[[], None],
        failed: Callable[[Exception, int], None],
    ) -> None:
        self._calls = calls
        self._tell_went_on = went_on
        self._tell_done = done
        self._tell_failed = failed
        self._drawn: list[bytes] = []
        self.busy = False

    def start(
        self,
        pieces: Sequence[Piece],
        order: Callable[[Piece], Order],
        draw: Callable[[Order], bytes],
        finish: Callable[[bytes], None],
    ) -> None:
        """Draw all pieces; ``draw`` and ``finish``, which gets the whole, run in threads."""
        self.busy = True
        self._drawn = []
        waiting = list(pieces)
        labels = 0

        def go_on() -> None:
            if not waiting:
                parts = self._drawn
                self._calls.run(
                    lambda: finish(joined(parts)), lambda nothing: self._end(), self._trouble, self
                )
                return
            piece = waiting.pop(0)
            self._calls.run(
                lambda: draw(order(piece)),
                lambda content: taken(piece, content),
                lambda error: self._trouble(error, piece.begin),
                self,
            )

        def taken(piece: Piece, content: bytes) -> None:
            nonlocal labels
            labels += piece.labels
            self._drawn.append(content)
            self._tell_went_on(labels)
            go_on()

        go_on()

    def stop(self) -> None:
        """Give it up; what is under way is let go."""
        self._calls.drop(self)
        self._drawn = []
        self.busy = False

    def _end(self) -> None:
        self.stop()
        self._tell_done()

    def _trouble(self, error: Exception, begin: int = 0) -> None:
        self.stop()
        self._tell_failed(error, begin)
