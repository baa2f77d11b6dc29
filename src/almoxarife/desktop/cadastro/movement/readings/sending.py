"""Registers many movements together: all are kept at once, then sent one after another, and it can be stopped."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from almoxarife.client.movements import Entry
from almoxarife.client.outbox.rows import Outgoing, Problem
from almoxarife.desktop.cadastro.movement.readings.lines import Line
from almoxarife.desktop.cadastro.movement.sending import Dispatcher
from almoxarife.desktop.cadastro.pending.dispatch import Waiter

# What became of a line; None: it is kept on this computer and sent later.
Answer = Entry | Problem | None


class LinesSending:
    """One run through the lines; ``went_on`` is told of each, ``ended`` when no more is to come.

    ``ended`` gets what kept the lines from being kept, if anything did.
    """

    def __init__(
        self,
        build: Callable[[Line, Mapping[str, object]], Outgoing],
        dispatch: Dispatcher,
        *,
        went_on: Callable[[Line, Answer], None],
        ended: Callable[[Exception | None], None],
    ) -> None:
        self._build = build
        self._dispatch = dispatch
        self._tell_went_on = went_on
        self._tell_ended = ended
        self._under_way: dict[str, Line] = {}

    @property
    def busy(self) -> bool:
        """Whether lines are being registered."""
        return bool(self._under_way)

    def start(self, lines: Sequence[Line], details: Mapping[str, object]) -> None:
        """Register these lines in this order, with the details that all of them have."""
        for line in lines:
            line.fixed = True
        self._under_way = {line.id: line for line in lines}
        self._dispatch.register(
            [self._build(line, details) for line in lines],
            Waiter(self._settle, self._settle, lambda id: self._settle(id, None), self._failed),
        )

    def stop(self) -> None:
        """Register no more than what has left."""
        self._dispatch.withdraw(list(self._under_way), self._withdrawn)

    def reset(self) -> None:
        """Forget what somebody else had sent; it is sent all the same."""
        self._dispatch.let_go(list(self._under_way))
        self._under_way.clear()

    def discard(self, lines: Sequence[Line]) -> None:
        """Let lines that were refused never go out."""
        self._dispatch.withdraw([line.id for line in lines], lambda withdrawn: None)

    def _settle(self, id: str, answer: Answer) -> None:
        line = self._under_way.pop(id, None)
        if line is None:
            return
        line.fixed = False
        self._tell_went_on(line, answer)
        if not self.busy:
            self._tell_ended(None)

    def _withdrawn(self, ids: list[str]) -> None:
        was_busy = self.busy
        for id in ids:
            line = self._under_way.pop(id, None)
            if line is not None:
                line.fixed = False
        if was_busy and not self.busy:
            self._tell_ended(None)

    def _failed(self, error: Exception) -> None:
        for line in self._under_way.values():
            line.fixed = False
        self._under_way.clear()
        self._tell_ended(error)
