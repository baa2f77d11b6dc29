"""Registers many movements one after another, a few to each job, so that progress shows and it can be stopped."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from almoxarife.client.errors import ClientError, Refused, SessionExpired, Unavailable
from almoxarife.client.movements import Entry
from almoxarife.desktop.cadastro.movement.readings.lines import Line
from almoxarife.desktop.login.presenter import Jobs

# Few enough that stopping is felt at once.
PER_JOB = 20


@dataclass
class Sent:
    """What became of some lines; ``trouble`` kept the rest from being sent, the first of them without an answer."""

    answers: list[tuple[Line, Entry | Refused]] = field(default_factory=list)
    trouble: Exception | None = None


class LinesSending:
    """One run through the lines; ``went_on`` is told of each part, ``ended`` when there is no more to send."""

    def __init__(
        self,
        register: Callable[[Line, Mapping[str, object]], Entry],
        calls: Jobs,
        *,
        went_on: Callable[[Sent], None],
        ended: Callable[[Exception | None], None],
    ) -> None:
        self._register = register
        self._calls = calls
        self._tell_went_on = went_on
        self._tell_ended = ended
        self._waiting: list[Line] = []
        self._details: Mapping[str, object] = {}
        self.busy = False

    def start(self, lines: Sequence[Line], details: Mapping[str, object]) -> None:
        """Send these lines in this order, with the details that all of them have."""
        self._waiting, self._details = list(lines), details
        self.busy = True
        self._go_on()

    def stop(self) -> None:
        """Send no more than what is under way."""
        self._waiting.clear()

    def reset(self) -> None:
        """Forget what somebody else had sent."""
        self._calls.drop(self)
        self._waiting.clear()
        self.busy = False

    def _go_on(self) -> None:
        part, self._waiting = self._waiting[:PER_JOB], self._waiting[PER_JOB:]
        if not part:
            self._end(None)
            return
        for line in part:
            line.fixed = True
        self._calls.run(
            lambda: self._send(part),
            lambda sent: self._sent(part, sent),
            # Nobody foresaw it, and nobody knows how far it came.
            self._end,
            self,
        )

    def _send(self, part: Sequence[Line]) -> Sent:
        sent = Sent()
        for line in part:
            try:
                sent.answers.append((line, self._register(line, self._details)))
            except (SessionExpired, Unavailable) as error:
                sent.trouble = error
            except Refused as refusal:
                sent.answers.append((line, refusal))
            except ClientError as error:
                sent.trouble = error
            if sent.trouble is not None:
                break
        return sent

    def _sent(self, part: Sequence[Line], sent: Sent) -> None:
        answered = [line for line, _answer in sent.answers]
        # The one that got no answer keeps what it was sent with; those after it were never sent.
        for place, line in enumerate(part):
            line.fixed = sent.trouble is not None and place == len(answered)
        self._tell_went_on(sent)
        if sent.trouble is not None:
            self._waiting.clear()
            self._end(sent.trouble)
        else:
            self._go_on()

    def _end(self, trouble: Exception | None) -> None:
        self.busy = False
        self._tell_ended(trouble)
