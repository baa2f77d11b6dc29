"""Decisions of the tab that says what to count next, and how right the ledger was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from almoxarife.client.accounts import Account
from almoxarife.client.codes import Reading
from almoxarife.client.count_calendar import Accuracy, Agenda, Due
from almoxarife.client.counts import Count, Wanted
from almoxarife.client.errors import SessionExpired
from almoxarife.client.places import Place
from almoxarife.desktop.cadastro.count.begin import Begin, BeginApi
from almoxarife.desktop.cadastro.count_agenda.intervals import Intervals, IntervalsApi, IntervalsView
from almoxarife.desktop.cadastro.count_agenda.words import count_row, month_row
from almoxarife.desktop.cadastro.count_review.words import how_right
from almoxarife.desktop.cadastro.latest import LatestOnly
from almoxarife.desktop.cadastro.listing.scanned import ScannedRow, is_of
from almoxarife.desktop.cadastro.pages import Page
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.formats import format_date
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _, format_quantity, ngettext

# As many as somebody counts in a round.
ROUND = 40


class AgendaApi(BeginApi, IntervalsApi, Protocol):
    """What the tab asks of the server; each call runs in a thread."""

    def places(self) -> list[Place]:
        """Return the places in use, in the order of the tree."""

    def count_agenda(self, place_id: str) -> Agenda:
        """Return what to count next at a place, everywhere for an empty id."""

    def count_accuracy(self) -> Accuracy:
        """Return how right the ledger was, in all, by month and count by count."""


class AgendaView(IntervalsView, Protocol):
    """What the presenter tells the tab to do."""

    def set_places(self, labels: Sequence[str]) -> None:
        """Set which places can be chosen; the first label stands for everywhere."""

    def set_place(self, label: str) -> None:
        """Choose a place, as if the person had."""

    def show_due(self, rows: Sequence[Sequence[str]], tones: Sequence[Tone]) -> None:
        """Show what is to be counted next."""

    def show_summary(self, text: str) -> None:
        """Say how much is due."""

    def show_empty(self, text: str) -> None:
        """Set what stands in place of the rows when there are none."""

    def show_accuracy(self, text: str, rows: Sequence[Sequence[str]]) -> None:
        """Show how right the ledger was, in all, and count by count or month by month."""

    def select_row(self, row: int) -> None:
        """Select what is due in a row, with the keyboard in the list."""

    def focus_list(self) -> None:
        """Put the keyboard into the list."""

    def set_busy(self, busy: bool) -> None:
        """Show that a count is being begun, and take no other meanwhile."""


class AgendaPresenter(Page):
    """Proposes what to count next; ``begun`` is called with a count that was begun of it.

    ``opened`` is called with the id of a count that is to be looked at.
    """

    def __init__(
        self,
        api: AgendaApi,
        calls: Jobs,
        view: AgendaView,
        *,
        new_id: Callable[[], str],
        say: Callable[[str, MessageKind], None],
        begun: Callable[[Count], None],
        opened: Callable[[str], None],
    ) -> None:
        self._api = api
        self._calls = calls
        self._view = view
        self._say = say
        self._opened = opened
        self._begin = Begin(api, calls, set_busy=view.set_busy, new_id=new_id, say=say, begun=begun)
        self.intervals = Intervals(api, calls, view, say=say, changed=self._load)
        self._scanned = ScannedRow(view.select_row, say)
        self._places: dict[str, str] = {}
        self._place = ""
        self._due: Sequence[Due] = ()
        self._accuracy: Accuracy | None = None
        self._by_month = False
        self._question: LatestOnly[Agenda] = LatestOnly(calls)

    def begin(self, account: Account) -> None:
        """Offer to set the intervals to those who may."""
        self.intervals.begin(account)

    def start(self) -> None:
        """Show what is to be counted now."""
        self.resume()
        self._view.focus_list()

    def reset(self) -> None:
        """Forget what somebody else had looked at."""
        self._calls.drop(self)
        self._question.forget()
        self._begin.reset()
        self.intervals.reset()
        self._accuracy = None
        self._show([])
        self._view.show_summary("")
        self._view.show_accuracy("", [])

    def resume(self) -> None:
        """Ask again, because the server is back."""
        self._calls.run(self._api.places, self._take_places, lambda error: None, self)
        self._calls.run(self._api.count_accuracy, self._take_accuracy, lambda error: None, self)
        self._load()

    def choose_place(self, label: str) -> None:
        """Show what is to be counted at a place and inside it."""
        place = self._places.get(label, "")
        if place != self._place:
            self._place = place
            self._load()

    def scan(self, reading: Reading) -> bool | None:
        """Select what is due of the product that was scanned, or show what is due at a place."""
        path = next((path for path, id in self._places.items() if id == reading.place_id), "")
        if path:
            self._view.set_place(path)
            return True
        return self._scanned.find(reading, (is_of(reading, one.product_id) for one in self._due))

    def show_by_month(self, by_month: bool) -> None:
        """Show how right the ledger was month by month, or count by count."""
        self._by_month = by_month
        if self._accuracy is not None:
            self._take_accuracy(self._accuracy)

    def open_count(self, row: int) -> None:
        """Look at a confirmed count; of a month there is no more to see."""
        if self._accuracy is not None and not self._by_month:
            self._opened(self._accuracy.counts[row].id)

    def begin_round(self, row: int | None, blind: bool) -> None:
        """Begin a count of what is due longest, from the selected row on, of the place of that row."""
        first = row or 0
        if first >= len(self._due):
            self._say(_("There is nothing to count here."), "plain")
            return
        place = self._due[first].place_id
        due = [one.product_id for one in self._due[first:] if one.place_id == place]
        products = tuple(dict.fromkeys(due))[:ROUND]
        self._begin(Wanted("", place, products=products, blind=blind))

    def _load(self) -> None:
        place = self._place
        self._question.ask(lambda: self._api.count_agenda(place), self._take, self._failed)

    def _take_places(self, places: list[Place]) -> None:
        self._places = {place.path: place.id for place in places}
        self._view.set_places([_("everywhere"), *self._places])

    def _take(self, agenda: Agenda) -> None:
        self.intervals.take(agenda.days)
        self._view.show_empty(_("Nothing is in stock here, so nothing is to be counted."))
        days = _("A every {a} days, B every {b}, C every {c}").format(
            a=agenda.days["A"], b=agenda.days["B"], c=agenda.days["C"]
        )
        due = ngettext("{count} item is due", "{count} items are due", agenda.due).format(count=agenda.due)
        self._view.show_summary(f"{due} · {days}")
        self._show(agenda.items)

    def _take_accuracy(self, found: Accuracy) -> None:
        self._accuracy = found
        if not found.counts:
            self._view.show_accuracy(_("No count has been confirmed yet."), [])
            return
        shown = found.months if self._by_month else found.counts
        rows = [month_row(one) if self._by_month else count_row(one) for one in shown]
        self._view.show_accuracy(_("Accuracy: {how}").format(how=how_right(found.total)), rows)

    def _show(self, due: Sequence[Due]) -> None:
        self._due = due
        rows = [
            (
                one.product_name,
                one.place,
                one.abc,
                format_quantity(one.balance),
                format_date(one.counted_at.astimezone().date()) if one.counted_at else _("never"),
                format_date(one.due_on),
            )
            for one in due
        ]
        tones: list[Tone] = ["out" if one.overdue_days >= 0 else "" for one in due]
        self._view.show_due(rows, tones)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, SessionExpired):
            self._view.show_empty(sentence(error))
