"""Decisions of the tab with what a webhook was told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from almoxarife.client.errors import SessionExpired
from almoxarife.client.webhooks import SITUATIONS, Delivery, Webhook
from almoxarife.desktop.cadastro.alerts.webhook_words import row_of, whole
from almoxarife.desktop.cadastro.listing.growing import Growing, GrowingView
from almoxarife.desktop.cadastro.listing.presenter import ListWords
from almoxarife.desktop.cadastro.pages import Page
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.kinds import Tone
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import N_, _, ngettext

# So many are shown at first, and more when the person gets to the end.
PAGE = 200
_SITUATION_LABELS = dict(
    zip(SITUATIONS, (N_("all deliveries"), N_("that wait"), N_("that arrived")), strict=True)
)


class DeliveriesApi(Protocol):
    """What the tab asks of the server; each call runs in a thread."""

    def webhooks(self) -> list[Webhook]:
        """Return all webhooks, oldest first, those that were ended included."""

    def deliveries(self, webhook_id: str, situation: str, before: int | None, limit: int) -> list[Delivery]:
        """Return at most so many deliveries of a webhook, newest first, before a number."""

    def set_webhook_active(self, webhook: Webhook, active: bool) -> None:
        """Send a webhook something, at once, or nothing."""


class DeliveriesView(GrowingView, Protocol):
    """What the presenter tells the tab to do."""

    def set_webhooks(self, labels: Sequence[str]) -> None:
        """Set whose deliveries can be shown; one that is still there stays chosen."""

    def set_situations(self, labels: Sequence[str]) -> None:
        """Set by what the list can be narrowed."""

    def show_state(self, text: str) -> None:
        """Say how the webhook is."""

    def allow_trying(self, allowed: bool) -> None:
        """Let it be tried again at once, or not."""

    def set_busy(self, busy: bool) -> None:
        """Show that something is under way, and take no other meanwhile."""

    def focus(self) -> None:
        """Put the keyboard where the webhook is chosen."""


class DeliveriesPresenter(Page):
    """Shows the deliveries of a webhook, and ends its pause after a failure."""

    def __init__(
        self,
        api: DeliveriesApi,
        calls: Jobs,
        view: DeliveriesView,
        *,
        say: Callable[[str, MessageKind], None],
    ) -> None:
        self._api = api
        self._calls = calls
        self._view = view
        self._say = say
        self.list: Growing[Delivery] = Growing(
            self._behind,
            calls,
            view,
            ListWords(row=row_of, count=_count, empty=lambda text: self._empty(), tone=_tone),
            page=PAGE,
        )
        self._webhooks: dict[str, Webhook] = {}
        self._label = ""
        self._situation = SITUATIONS[0]
        self._busy = False

    def start(self) -> None:
        """Show what there is now."""
        self._view.set_situations([_(label) for label in _SITUATION_LABELS.values()])
        self.refresh()
        self._view.focus()

    def reset(self) -> None:
        """Forget what somebody else had looked at."""
        self._calls.drop(self)
        self._set_busy(False)
        self._situation, self._label = SITUATIONS[0], ""
        self._view.set_situations([])
        self._take([])

    def resume(self) -> None:
        """Ask again, because the server is back."""
        self.refresh()

    def refresh(self) -> None:
        """Ask how the webhooks are, and then for the deliveries."""
        self._calls.run(self._api.webhooks, self._take, self.list.fail, self)

    def choose(self, label: str) -> None:
        """Show the deliveries of another webhook."""
        if label != self._label:
            self._label = label
            self._show_webhook()

    def choose_situation(self, label: str) -> None:
        """Show deliveries of one situation."""
        chosen = next((key for key, word in _SITUATION_LABELS.items() if _(word) == label), SITUATIONS[0])
        if chosen != self._situation:
            self._situation = chosen
            self._show_webhook()

    def try_now(self) -> None:
        """End the pause after a failure."""
        webhook = self._webhook
        if webhook is None or self._busy or not _pauses(webhook):
            return
        self._set_busy(True)
        self._calls.run(
            lambda: self._api.set_webhook_active(webhook, True),
            lambda nothing: self._tried(),
            self._not_tried,
            self,
        )

    @property
    def _webhook(self) -> Webhook | None:
        return self._webhooks.get(self._label)

    def _take(self, webhooks: list[Webhook]) -> None:
        self._webhooks = {}
        for place, webhook in enumerate(webhooks, start=1):
            # The same address may be told twice, of different things.
            label = f"{webhook.url} ({place})" if webhook.url in self._webhooks else webhook.url
            self._webhooks[label] = webhook
        if self._label not in self._webhooks:
            self._label = next(iter(self._webhooks), "")
        self._view.set_webhooks(list(self._webhooks))
        self._show_webhook()

    def _show_webhook(self) -> None:
        webhook = self._webhook
        self._view.show_state("" if webhook is None else whole(webhook))
        self._allow()
        if webhook is None:
            self.list.forget()
        else:
            self.list.ask()

    def _behind(self, last: Delivery | None) -> Callable[[], list[Delivery]]:
        webhook, situation = self._webhook, self._situation
        assert webhook is not None, "without a webhook nothing is asked"
        before = None if last is None else last.number
        return lambda: self._api.deliveries(webhook.id, situation, before, PAGE)

    def _empty(self) -> str:
        if self._webhook is None:
            return _("No webhooks. Make one in the tab before this one.")
        narrowed = self._situation != SITUATIONS[0]
        return _("Nothing found.") if narrowed else _("Nothing has happened that it is told of.")

    def _tried(self) -> None:
        self._set_busy(False)
        self._say(_("It is tried now. F5 shows what came of it."), "success")
        self.refresh()

    def _not_tried(self, error: Exception) -> None:
        self._set_busy(False)
        if not isinstance(error, SessionExpired):
            self._say(sentence(error), "danger")

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._view.set_busy(busy)
        self._allow()

    def _allow(self) -> None:
        webhook = self._webhook
        self._view.allow_trying(not self._busy and webhook is not None and _pauses(webhook))


def _pauses(webhook: Webhook) -> bool:
    return webhook.active and webhook.failures > 0


def _tone(one: Delivery) -> Tone:
    if one.arrived:
        return ""
    return "out" if one.attempts else "changed"


def _count(deliveries: Sequence[Delivery]) -> str:
    shown = len(deliveries)
    return ngettext("{count} delivery", "{count} deliveries", shown).format(count=shown)
