"""Decisions of the tab on which people count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from almoxarife.client.accounts import Account
from almoxarife.client.codes import Reading
from almoxarife.client.counts import OPEN, Count, Line
from almoxarife.client.errors import SessionExpired
from almoxarife.client.places import Place
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.count.beginning import Beginning, BeginningApi, BeginningView
from almoxarife.desktop.cadastro.count.keeping import Keeping
from almoxarife.desktop.cadastro.count.late import LateScans
from almoxarife.desktop.cadastro.count.lines import CountLines, LinesApi, LinesView
from almoxarife.desktop.cadastro.count.running import Running
from almoxarife.desktop.cadastro.count.scans import Scans, ScansApi
from almoxarife.desktop.cadastro.count.shelves import Shelf, Shelves, ShelvesView
from almoxarife.desktop.cadastro.count.typed import Typed, TypedApi, TypedView
from almoxarife.desktop.cadastro.count.words import said_of
from almoxarife.desktop.cadastro.pages import Page
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _


class CountingApi(BeginningApi, LinesApi, ScansApi, TypedApi, Protocol):
    """What the tab asks of the server; each call runs in a thread."""

    def unfinished_counts(self) -> list[Count]:
        """Return the counts that have not ended, newest first."""

    def close_count(self, count_id: str) -> Count:
        """Let nothing more be counted."""


class CountingView(LinesView, ShelvesView, TypedView, Protocol):
    """What the presenter tells the tab to do."""

    @property
    def beginning(self) -> BeginningView:
        """The form of a new count."""

    def set_counts(self, labels: Sequence[str], chosen: str) -> None:
        """Set which counts can be chosen, and which one is."""

    def show_counting(self, shown: bool, *, may_close: bool) -> None:
        """Show the form with which to count, or the one for a new count."""

    def ring(self) -> None:
        """Ring the bell: what was scanned is no product, or was counted before."""

    def ask(self, text: str) -> None:
        """Ask whether to close the count."""

    def stop_asking(self) -> None:
        """Ask no more."""


class CountingPresenter(Page):
    """Begins counts, adds lines by typing or scanning, and closes counts.

    While scanning, each Enter counts one of what stands in the field, which is free for the next scan at once.
    """

    def __init__(
        self,
        api: CountingApi,
        calls: Jobs,
        timer: Timer,
        view: CountingView,
        running: Running,
        keeping: Keeping,
        *,
        new_id: Callable[[], str],
        say: Callable[[str, MessageKind], None],
    ) -> None:
        self._api = api
        self._calls = calls
        self._view = view
        self._running = running
        self._say = say
        self._shelves = Shelves(view, running, new_id)
        self.beginning = Beginning(api, calls, view.beginning, new_id=new_id, say=say, begun=self.open)
        self.lines = CountLines(
            api, calls, timer, view, running, new_id=new_id, say=say, changed=self._show_count
        )
        self._scans = Scans(
            api,
            calls,
            timer,
            keeping,
            LateScans(say),
            new_id=new_id,
            counted=self._counted,
            placed=self._placed,
            wrong=self._wrong_scan,
            changed=self._show_waiting,
        )
        self.typed = Typed(api, calls, timer, view, running, new_id=new_id, say=say, counted=self._counted)
        self.typed.picker.scanned = self.take_text

    def begin(self, account: Account) -> None:
        """Send what this person has scanned before, and is kept on this computer."""
        if not account.offline:
            self._scans.begin(account.username)

    def start(self) -> None:
        """Show the counts that there are now."""
        self.resume()
        if self._running.chosen is not None:
            self._view.focus_product()
        else:
            self._view.beginning.focus_field("place")

    def leave(self) -> None:
        """Ask no more."""
        self.lines.stop()
        self._view.stop_asking()

    def reset(self) -> None:
        """Forget what somebody else had typed."""
        self._calls.drop(self)
        self._running.forget()
        self._scans.forget()
        self._shelves.renew()
        self.beginning.reset()
        self.lines.reset()
        self.typed.reset()
        self._view.stop_asking()

    def resume(self) -> None:
        """Ask again, because the server is back; send what was scanned meanwhile."""
        self.beginning.load()
        self._calls.run(self._api.places, self._take_places, lambda error: None, self)
        self._calls.run(self._api.unfinished_counts, self._take_counts, self._failed_to_load, self)
        self._scans.resume()

    def choose(self, label: str) -> None:
        """Choose a count, or to begin a new one."""
        if self._running.choose(label):
            self._view.stop_asking()
            self._show_count()

    def open(self, count: Count) -> None:
        """Show a count that was begun."""
        self._running.update(count)
        self._show_count()
        self._view.focus_product()

    # -- counting

    def set_scanning(self, scanning: bool) -> None:
        """Let each Enter count one of what stands in the field, or choose a product."""
        self.typed.picker.clear()
        self.typed.picker.scanning = scanning
        self._view.focus_product()

    def choose_place(self, path: str) -> None:
        """Count at another place from now on."""
        self._shelves.choose(path)

    def take_text(self, text: str) -> bool:
        """Count what was scanned, on whatever field; without a count it is for others to tell what it is."""
        count = self._running.chosen
        if count is None:
            return False
        self._scans.take(count, text, self._shelves.here)
        self._show_waiting()
        return True

    def paste(self, text: str) -> None:
        """Count what a pasted text of several lines says, as if each had been scanned so often."""
        count = self._running.chosen
        if count is not None:
            self._scans.take_lines(count, text, self._shelves.here)
            self._show_waiting()

    @property
    def is_sending(self) -> bool:
        """Whether something that was typed is being counted."""
        return self.typed.busy

    @property
    def has_scanned(self) -> bool:
        """Whether something that was scanned is neither counted yet nor kept on this computer."""
        return self._scans.would_be_lost

    @property
    def farewell(self) -> str:
        """What to say to who leaves before everything is counted."""
        return self._scans.farewell

    def scan(self, reading: Reading) -> bool | None:
        """Put what was scanned into the list of a new count, or choose its place."""
        if self._running.chosen is not None:
            return None
        if self.beginning.take(reading):
            return True
        # It may have been made since the places were asked for.
        self._calls.run(self._api.places, self._take_places, lambda error: None, self)
        said = _("{place} is not among the places that this page knows yet. Scan it again.")
        self._say(said.format(place=reading.place_name), "danger")
        return False

    def submit(self, quantity: str, lot: str) -> None:
        """Count so much of the chosen product."""
        self.typed.submit(quantity, self._shelves.here.place_id, lot)

    def count_again(self, row: int) -> None:
        """Fill in the item of a row that is to be counted anew."""
        item = self.lines.again_at(row)
        if item is None:
            return
        self._shelves.choose_by_id(item.place_id)
        self.typed.take(item)

    # -- closing

    def ask_to_close(self) -> None:
        """Ask whether to close the count."""
        if self._running.chosen is not None:
            self._view.ask(_("Close the count? Nothing more is counted then, and differences are looked at."))

    def confirm(self) -> None:
        """Close the count."""
        count = self._running.chosen
        self._view.stop_asking()
        if count is not None:
            self._calls.run(lambda: self._api.close_count(count.id), self._closed, self._failed, self)

    def cancel(self) -> None:
        """Go on counting."""
        self._view.stop_asking()

    # -- outcomes

    def _take_places(self, places: list[Place]) -> None:
        self.beginning.take_places(places)
        self._shelves.take(places)

    def _take_counts(self, counts: list[Count]) -> None:
        self._running.take(counts)
        self._show_count()

    def _show_count(self) -> None:
        count, new = self._running.chosen, _("New count")
        self._view.set_counts([*self._running.labels, new], self._running.label or new)
        self._view.show_counting(count is not None, may_close=count is not None and count.state == OPEN)
        self._shelves.show()
        self.lines.show()

    def _counted(self, line: Line) -> None:
        text, kind = said_of(line)
        if kind == "danger":
            self._view.ring()
        self._say(text, kind)
        self._show_waiting()
        if not len(self._scans):
            self.lines.look()

    def _placed(self, shelf: Shelf, reading: Reading) -> None:
        place = self._shelves.place(shelf, reading.place_id)
        if place is None:
            said = _("{place} is not inside the place of this count.")
            self._wrong_scan(said.format(place=reading.place_name))
            return
        self._say(_("Counting at {place}.").format(place=place.path), "plain")

    def _wrong_scan(self, text: str) -> None:
        self._view.ring()
        self._say(text, "danger")
        self._show_waiting()

    def _show_waiting(self) -> None:
        self.lines.waiting(len(self._scans))

    def _closed(self, count: Count) -> None:
        self._running.update(count)
        self._say(_("Count {id} is closed. Its differences are under Review.").format(id=count.id), "success")
        self._show_count()

    def _failed_to_load(self, error: Exception) -> None:
        if not isinstance(error, SessionExpired):
            self._view.show_empty(sentence(error))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, SessionExpired):
            self._say(sentence(error), "danger")
