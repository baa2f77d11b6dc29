"""How far a long command has come: a bar on a terminal, else a line now and then."""

from __future__ import annotations

import signal
import sys
import time
from types import FrameType, TracebackType
from typing import Self

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TaskProgressColumn, TextColumn

from almoxarife.i18n import N_, _, format_quantity

# Without a terminal, so that a log does not fill up.
_LINE_EVERY_S = 10.0
_BAR_EVERY_S = 0.2


class Meter:
    """Shows stage after stage of a command; between two steps Ctrl-C ends it, in the midst of one the second does."""

    def __init__(self, *, console: Console | None = None) -> None:
        """``console``: where the bar is shown; by default the terminal of the error output."""
        self._console = console or Console(stderr=True)
        self._bar: Progress | None = None
        if self._console.is_terminal:
            self._bar = Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                TaskProgressColumn(),
                TextColumn("{task.fields[note]}"),
                console=self._console,
                # What is meant for a file must not be caught.
                redirect_stdout=sys.stdout.isatty(),
            )
        self._asked_to_stop = False
        self._before: signal._HANDLER = None
        self.begin("", 0)

    def __enter__(self) -> Self:
        self._before = signal.signal(signal.SIGINT, self._stop)
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
        signal.signal(signal.SIGINT, self._before)

    def begin(
        self, stage: str, total: int, *, rate: str = N_("{rate} rows/s"), amount: str = N_("{rows} rows")
    ) -> None:
        """Begin a stage of ``total`` parts of whatever kind; ``rate`` and ``amount`` say what is counted."""
        self._stage, self._total = stage, total
        self._rate, self._amount = rate, amount
        self._rows = self._parts = 0
        self._begun = self._shown = time.monotonic()
        self._task: TaskID | None = None
        if self._bar is not None and stage:
            for task in self._bar.task_ids:
                self._bar.remove_task(task)
            self._task = self._bar.add_task(stage, total=total or None, note="")

    def step(self, rows: int, parts: int) -> None:
        """So many more rows are done, and so many parts altogether. Raises KeyboardInterrupt after Ctrl-C."""
        self._rows, self._parts = self._rows + rows, parts
        now = time.monotonic()
        pause_s = _LINE_EVERY_S if self._task is None else _BAR_EVERY_S
        if now - self._shown >= pause_s or (self._task is not None and parts >= self._total):
            self._shown = now
            self._show()
        if self._asked_to_stop:
            raise KeyboardInterrupt

    def expect(self, total: int) -> None:
        """Say of how many parts the stage is, where that is known only now."""
        if total != self._total:
            self._total = total
            if self._bar is not None and self._task is not None:
                self._bar.update(self._task, total=total or None)

    @property
    def seconds(self) -> float:
        """How long the stage has taken so far."""
        return time.monotonic() - self._begun

    @property
    def rows_per_second(self) -> int:
        """How many rows the stage has done a second so far."""
        return int(self._rows / max(self.seconds, 1e-6))

    def _show(self) -> None:
        note = _(self._rate).format(rate=format_quantity(self.rows_per_second))
        if 0 < self._parts <= self._total:
            left = format_quantity(round(self.seconds * (self._total - self._parts) / self._parts))
            note = _("{note}, {seconds} s left").format(note=note, seconds=left)
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=self._parts, note=note)
        else:
            amount = _(self._amount).format(rows=format_quantity(self._rows))
            text = _("{stage}: {amount}, {note}").format(stage=self._stage, amount=amount, note=note)
            click.echo(text, err=True)

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        if self._asked_to_stop:
            raise KeyboardInterrupt
        self._asked_to_stop = True
