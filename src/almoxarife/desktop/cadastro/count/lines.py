"""Decisions of the list of what was counted, by everybody who counts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from almoxarife.client.counts import Item, Line
from almoxarife.client.errors import SessionExpired
from almoxarife.desktop.cadastro.again import Again
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.count.running import Running
from almoxarife.desktop.cadastro.count.words import at_place, progress, time_of, what_next
from almoxarife.desktop.cadastro.count_api import Standing
from almoxarife.desktop.cadastro.latest import LatestOnly
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _, format_quantity, ngettext

# So often the others' lines are looked for.
LOOK_S = 5.0


class LinesApi(Protocol):
    """What the list asks of the server; each call runs in a thread."""

    def count_standing(self, count_id: str) -> Standing:
        """Return how far a count is."""

    def void_line(self, count_id: str, id: str, line: Line) -> Line:
        """Take a line back."""


class LinesView(Protocol):
    """What the presenter tells the list to do."""

    def show_progress(self, text: str) -> None:
        """Say how far the count is."""

    def show_lines(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        """Show the newest lines, or what is to be counted anew."""

    def show_empty(self, text: str) -> None:
        """Set what stands in place of the lines when there are none."""


class CountLines:
    """Follows the chosen count while it is shown; ``changed`` is called when somebody else closed or ended it."""

    def __init__(
        self,
        api: LinesApi,
        calls: Jobs,
        timer: Timer,
        view: LinesView,
        running: Running,
        *,
        new_id: Callable[[], str],
        say: Callable[[str, MessageKind], None],
        changed: Callable[[], None],
    ) -> None:
        self._api = api
        self._calls = calls
        self._view = view
        self._running = running
        self._new_id = new_id
        self._say = say
        self._changed = changed
        self._question: LatestOnly[Standing] = LatestOnly(calls)
        self._next_look = Again(timer, LOOK_S, self.look)
        self._lines: list[Line] = []
        # The id with which each line is taken back: an answer that was lost must not count twice.
        self._voiding: dict[str, str] = {}
        # What is to be counted anew stands in place of the lines once counting is closed.
        self._again: list[Item] = []
        self._progress = ""

    def show(self) -> None:
        """Show the chosen count from now on."""
        self.reset()
        count = self._running.chosen
        if count is None:
            self._view.show_empty(_("Choose what to count, and begin."))
        else:
            self._view.show_empty(what_next(count))
            self.look()

    def reset(self) -> None:
        """Show nothing."""
        self.stop()
        self._lines, self._again = [], []
        self._progress = ""
        self._view.show_lines([], [])
        self._view.show_progress("")

    def stop(self) -> None:
        """Look no more, because another page is shown."""
        self._question.forget()
        self._next_look.stop()

    def look(self) -> None:
        """Look how far the chosen count is."""
        self._next_look.stop()
        count = self._running.chosen
        if count is not None:
            self._question.ask(lambda: self._api.count_standing(count.id), self._take, self._not_seen)

    def waiting(self, scans: int) -> None:
        """Say how many scans are not answered yet."""
        said = ngettext("{count} scan is being sent", "{count} scans are being sent", scans)
        self._view.show_progress(
            " · ".join([said.format(count=scans), self._progress]) if scans else self._progress
        )

    def again_at(self, row: int) -> Item | None:
        """Return what is to be counted anew in a row, None of a line."""
        return self._again[row] if row < len(self._again) else None

    def void(self, row: int | None) -> None:
        """Take the selected line back."""
        count = self._running.chosen
        if count is None or row is None or row >= len(self._lines):
            self._say(_("Select the line that was a mistake."), "plain")
            return
        line = self._lines[row]
        id = self._voiding.setdefault(line.id, self._new_id())
        self._calls.run(
            lambda: self._api.void_line(count.id, id, line),
            lambda done: self._voided(line),
            self._failed,
            self,
        )

    def _take(self, standing: Standing) -> None:
        count, before = standing.count, self._running.chosen
        if before is None or before.id != count.id:
            return
        if count.state != before.state:
            self._running.update(count)
            self._changed()
            return
        self._progress = progress(count)
        if standing.again:
            self._progress += " · " + _("Enter on one of them fills it in")
        self._view.show_progress(self._progress)
        if standing.again:
            self._show_again(standing.again)
        else:
            self._show_lines(standing.lines)
        self._next_look.soon()

    def _not_seen(self, error: Exception) -> None:
        if not isinstance(error, SessionExpired):
            self._view.show_empty(sentence(error))
            self._next_look.soon()

    def _show_lines(self, lines: Sequence[Line]) -> None:
        replaced = {line.replaces for line in lines}
        shown = [line for line in lines if line.number not in replaced and (line.is_product or line.quantity)]
        if shown == self._lines and not self._again:
            # Another drawing would take the selection away.
            return
        self._lines, self._again = shown, []
        signs = ["?" if not line.is_product else "⚠" if line.twice else "" for line in shown]
        rows = [
            (
                time_of(line.at),
                f"{sign} {line.name}".strip(),
                format_quantity(line.quantity),
                "" if line.expected is None or not line.is_product else format_quantity(line.expected),
                at_place(line.place, line.lot),
                line.username,
            )
            for line, sign in zip(shown, signs, strict=True)
        ]
        self._view.show_lines(rows, ["changed" if sign else "" for sign in signs])

    def _show_again(self, items: Sequence[Item]) -> None:
        if list(items) == self._again:
            return
        self._lines, self._again = [], list(items)
        rows = [
            (_("recount"), item.product_name, "", "", at_place(item.place, item.lot), ", ".join(item.people))
            for item in items
        ]
        self._view.show_lines(rows, ["changed"] * len(rows))

    def _voided(self, line: Line) -> None:
        self._say(_("{name}: the line counts no more.").format(name=line.name), "success")
        self.look()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, SessionExpired):
            self._say(sentence(error), "danger")
