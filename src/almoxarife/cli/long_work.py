"""Long work of a command: how far it is, on the error output."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from almoxarife import long_work
from almoxarife.cli.progress import Meter
from almoxarife.i18n import N_, _
from almoxarife.long_work import Stage

_STAGES: Mapping[Stage, str] = {
    Stage.COSTS: N_("Working out costs (Ctrl-C stops)"),
    Stage.SUMS: N_("Summing up movements (Ctrl-C stops)"),
    Stage.FILE: N_("Writing the file (Ctrl-C stops)"),
}


@contextmanager
def metered() -> Iterator[None]:
    """Show how far the work within the block is; Ctrl-C ends it at its next step."""
    with Meter() as meter, long_work.told(_Shown(meter).tell):
        meter.begin(_("Working it out… (Ctrl-C stops)"), 0)
        yield


class _Shown:
    """Begins a meter's stages as they come."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self._stage: Stage | None = None
        self._done = 0

    def tell(self, stage: Stage, done: int, total: int) -> None:
        if stage is not self._stage:
            self._stage, self._done = stage, 0
            self._meter.begin(_(_STAGES[stage]), total, rate=N_("{rate} a second"), amount=N_("{rows} parts"))
        self._meter.expect(total)
        self._meter.step(done - self._done, done)
        self._done = done
