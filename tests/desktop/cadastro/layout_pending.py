"""Nothing is cut off of what waits on this computer."""

from __future__ import annotations

from almoxarife.client.outbox.rows import Problem

from .cutting import cut_off
from .layout_scanning import LONG_SENTENCE
from .window import ProgramWindow


def check_pending(window: ProgramWindow) -> None:
    """Look at the list with one that waits, and with one that was refused and shall be discarded."""
    outbox, pending = window.program.outbox, window.program.pending
    assert cut_off(window) == []
    assert window.entry.table.visible_rows, "there is room for the list as well"
    window.press("F4")
    window.wait(lambda: pending.table.visible_rows)
    assert cut_off(window) == []
    (kept,) = outbox.open_ones()
    outbox.note_refused(kept.id, Problem(LONG_SENTENCE))
    window.program.dispatch.count()
    window.wait(lambda: window.pending == "⚠ 1 a resolver")
    window.wait(lambda: pending.discard.instate(["!disabled"]))
    assert cut_off(window) == []
    pending.discard.invoke()
    assert pending.question.is_asking
    assert cut_off(window) == []
    assert pending.table.visible_rows, "there is room for the list as well"
    pending.question.yes.invoke()
    window.wait(lambda: window.pending == "")
    assert pending.table.empty_text
    assert cut_off(window) == []
    window.program.flow.go("entry")
