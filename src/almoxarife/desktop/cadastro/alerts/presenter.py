"""Decisions of the page of alerts: what somebody should look at, and who has."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from almoxarife.client.accounts import Account
from almoxarife.client.alerts import OPEN, SITUATIONS, Alert
from almoxarife.client.codes import Reading
from almoxarife.client.errors import Refused, SessionExpired
from almoxarife.client.places import Place
from almoxarife.client.products import Product
from almoxarife.desktop.cadastro.alerts.rows import row_of, tone_of, whole
from almoxarife.desktop.cadastro.alerts.verbs import AlertsApi, AlertsView
from almoxarife.desktop.cadastro.calls import Timer
from almoxarife.desktop.cadastro.listing.followed import Followed
from almoxarife.desktop.cadastro.listing.presenter import ListWords
from almoxarife.desktop.cadastro.listing.scanned import ScannedRow, is_of
from almoxarife.desktop.cadastro.pages import Page, may
from almoxarife.desktop.kit.alert_words import ALERT_KINDS, alert_word
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import N_, _, ngettext
from almoxarife.ids import number_in

# So many are shown at first, and more when the person gets to the end.
PAGE = 200
_SITUATION_LABELS = dict(
    zip(SITUATIONS, (N_("open ones"), N_("acknowledged ones"), N_("resolved ones"), N_("all")), strict=True)
)


class AlertsPresenter(Page):
    """Lists alerts, acknowledges one, and leads to its product."""

    def __init__(
        self,
        api: AlertsApi,
        calls: Jobs,
        timer: Timer,
        view: AlertsView,
        *,
        say: Callable[[str, MessageKind], None],
        open_product: Callable[[Product], None],
    ) -> None:
        self._api = api
        self._calls = calls
        self._view = view
        self._say = say
        self._open_product = open_product
        self.list: Followed[Alert] = Followed(
            self._behind,
            calls,
            timer,
            view,
            ListWords(row=row_of, count=_count, empty=lambda text: self._empty(), tone=tone_of),
            page=PAGE,
            number=_number,
            begun=lambda: self._select(None),
            renewed=self._follow_selected,
        )
        self._scanned = ScannedRow(self._go_to, say)
        self._selected: Alert | None = None
        self._situation, self._kind, self._place = SITUATIONS[0], "", ""
        self._places: dict[str, str] = {}
        self._may_acknowledge = False
        self._busy = False

    def begin(self, account: Account) -> None:
        """Take note of who works from now on: who only reads acknowledges nothing."""
        self._may_acknowledge = may(account, "operador")

    def start(self) -> None:
        """Show what there is now."""
        self._view.set_choices(
            [_(label) for label in _SITUATION_LABELS.values()],
            [_("all kinds"), *map(alert_word, ALERT_KINDS)],
        )
        self._show_places()
        self._calls.run(self._api.every_place, self._take_places, self._no_places, self)
        self.list.follow()
        self._view.focus()

    def leave(self) -> None:
        """Look no more."""
        self.list.stop()

    def reset(self) -> None:
        """Forget what somebody else had looked at."""
        self._calls.drop(self)
        self._set_busy(False)
        self._situation, self._kind, self._place = SITUATIONS[0], "", ""
        self._places = {}
        self._view.set_choices([], [])
        self._view.set_places([])
        self._view.clear_note()
        self.list.forget()

    def resume(self) -> None:
        """Ask again, because the server is back."""
        self.refresh()

    def refresh(self) -> None:
        """Ask again."""
        self.list.ask()

    def choose_situation(self, label: str) -> None:
        """Show alerts of one situation."""
        chosen = next((key for key, word in _SITUATION_LABELS.items() if _(word) == label), SITUATIONS[0])
        if chosen != self._situation:
            self._situation = chosen
            self.refresh()

    def choose_kind(self, label: str) -> None:
        """Show alerts of one kind; of all for the first label."""
        chosen = next((kind for kind in ALERT_KINDS if alert_word(kind) == label), "")
        if chosen != self._kind:
            self._kind = chosen
            self.refresh()

    def choose_place(self, label: str) -> None:
        """Show alerts about one place and what is inside it; all alerts for the first label."""
        chosen = self._places.get(label, "")
        if chosen != self._place:
            self._place = chosen
            self.refresh()

    def scan(self, reading: Reading) -> bool | None:
        """Select an alert about the product that was scanned, or show those about a place."""
        path = next((path for path, id in self._places.items() if id == reading.place_id), "")
        if path:
            self._view.set_place(path)
            return True
        return self._scanned.find(reading, (is_of(reading, one.product_id) for one in self.list.items))

    def select(self, row: int) -> None:
        """Show the whole of a row, and what can be done with it."""
        self._select(self.list.items[row])

    def open_product(self) -> None:
        """Go to the product of the selected row."""
        if self._selected is not None:
            self._open_product(Product(self._selected.product_id, self._selected.product_name))

    def acknowledge(self, note: str) -> None:
        """Write down that somebody has seen the selected alert."""
        alert = self._selected
        if self._busy or alert is None or not self._can_acknowledge(alert):
            return
        self._set_busy(True)
        self._view.show_note_error("")
        self._calls.run(
            lambda: self._api.acknowledge(alert.id, note.strip()), self._acknowledged, self._refused, self
        )

    def _go_to(self, row: int) -> None:
        self._view.select_row(row)
        self.select(row)

    def _behind(self, last: Alert | None) -> Callable[[], list[Alert]]:
        situation, kind, place = self._situation, self._kind, self._place
        after = "" if last is None else last.id
        return lambda: self._api.alerts(situation, kind, place, after, PAGE)

    def _take_places(self, places: list[Place]) -> None:
        self._places = {place.path: place.id for place in places}
        self._show_places()

    def _no_places(self, error: Exception) -> None:
        """Let the list go unnarrowed: it says itself what the server's trouble is."""

    def _show_places(self) -> None:
        self._view.set_places([_("all places"), *self._places])

    def _select(self, alert: Alert | None) -> None:
        self._selected = alert
        self._view.show_alert("" if alert is None else whole(alert))
        self._view.offer(
            product=alert is not None, acknowledging=alert is not None and self._can_acknowledge(alert)
        )

    def _follow_selected(self) -> None:
        """Show what became of the selected alert; what is being typed about it stays."""
        before = self._selected
        if before is None:
            return
        now = next((one for one in self.list.items if one.id == before.id), None)
        if now != before:
            self._select(now)
        if now is None:
            self._view.show_alert(_("No longer in this list: {text}").format(text=before.text))

    def _can_acknowledge(self, alert: Alert) -> bool:
        return self._may_acknowledge and alert.situation == OPEN

    def _acknowledged(self, alert: Alert) -> None:
        self._set_busy(False)
        self._view.clear_note()
        self._say(_("Acknowledged: {text}").format(text=alert.text), "success")
        self.refresh()
        self._view.focus()

    def _refused(self, error: Exception) -> None:
        self._set_busy(False)
        if isinstance(error, SessionExpired):
            return
        if isinstance(error, Refused) and error.field == "observacao":
            self._view.show_note_error(sentence(error))
            return
        self._say(sentence(error), "danger")
        if isinstance(error, Refused):
            # Its cause went away meanwhile.
            self.refresh()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._view.set_busy(busy)

    def _empty(self) -> str:
        if self._kind or self._place or self._situation != SITUATIONS[0]:
            return _("Nothing found.")
        return _("Nothing to warn of. Levels of stock, lots that expire and rules raise alerts.")


def _number(alert: Alert) -> int:
    return number_in(alert.id, "a") or 0


def _count(alerts: Sequence[Alert]) -> str:
    return ngettext("{count} alert", "{count} alerts", len(alerts)).format(count=len(alerts))
