"""Decisions of the strip of alerts: which one is shown, how many there are, and when it sounds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Literal, Protocol

from almoxarife.client.alerts import OPEN, Alert
from almoxarife.desktop.kit.alert_words import ALERT_KINDS, alert_tone, alert_word
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _

NoticeKind = Literal["warning", "danger"]

# The feed tells each change; this is for the time in which there is none.
ASK_EVERY = timedelta(seconds=60)


class AlertStripView(Protocol):
    """What the presenter tells the strip to do."""

    def set_kinds(self, labels: Sequence[str]) -> None:
        """Set by which kinds the alerts can be narrowed."""

    def show_alert(self, text: str, kind: NoticeKind, *, more: bool) -> None:
        """Show an alert, and whether there are others; an empty text: no strip at all."""

    def ring(self) -> None:
        """Sound, unless the person wants it quiet."""


class AlertStrip:
    """Keeps the open alerts as the feed tells them, and shows one at a time, the newest first."""

    def __init__(
        self,
        open_alerts: Callable[[], list[Alert]],
        jobs: Jobs,
        now: Callable[[], datetime],
        view: AlertStripView,
    ) -> None:
        self._open_alerts = open_alerts
        self._jobs = jobs
        self._now = now
        self._view = view
        self._owner = object()
        # None until the first answer: what was open before is shown without a sound.
        self._open: dict[str, Alert] | None = None
        self._asked_at: datetime | None = None
        self._asking = self._again = False
        # What the feed told while a question was out, which its answer may not know yet.
        self._meanwhile: list[Alert] = []
        self._kind = ""
        self._place = 0

    def start(self) -> None:
        """Begin, for somebody who has just logged in."""
        self._view.set_kinds([_("all kinds"), *map(alert_word, ALERT_KINDS)])
        self.start_over()

    def start_over(self) -> None:
        """Forget what is known, and ask."""
        self._jobs.drop(self._owner)
        self._owner = object()
        self._open, self._asking, self._again, self._meanwhile = None, False, False, []
        self._show_newest()
        self._ask()

    def take(self, alerts: Sequence[Alert], *, missed: bool) -> None:
        """Take alerts as they are now; ``missed``: there may be others, which were not told."""
        if self._asking:
            self._meanwhile += alerts
        if alerts and self._open is not None:
            self._keep(self._with(self._open, alerts))
        if missed:
            self._ask()

    def tick(self) -> None:
        """Ask now and then, also when nothing was told."""
        if self._asked_at is not None and self._now() - self._asked_at >= ASK_EVERY:
            self._ask()

    def choose_kind(self, label: str) -> None:
        """Show, and sound for, alerts of one kind; of all for the first label."""
        self._kind = next((kind for kind in ALERT_KINDS if alert_word(kind) == label), "")
        self._show_newest()

    def show_next(self) -> None:
        """Show the next older one; after the oldest the newest again."""
        self._place += 1
        self._show()

    def _ask(self) -> None:
        if self._asking:
            self._again = True
            return
        self._asking, self._asked_at = True, self._now()
        self._jobs.run(self._open_alerts, self._answered, self._failed, self._owner)

    def _answered(self, alerts: list[Alert]) -> None:
        told, self._meanwhile = self._meanwhile, []
        self._keep(self._with({alert.id: alert for alert in alerts}, told))
        self._settle()

    def _failed(self, error: Exception) -> None:
        # The state of the connection says so already, and the next minute asks again.
        self._meanwhile = []
        self._settle()

    def _settle(self) -> None:
        self._asking = False
        if self._again:
            self._again = False
            self._ask()

    def _with(self, known: dict[str, Alert], told: Sequence[Alert]) -> dict[str, Alert]:
        changed = {alert.id: alert for alert in told}
        return {id_: alert for id_, alert in {**known, **changed}.items() if alert.situation == OPEN}

    def _keep(self, now_open: dict[str, Alert]) -> None:
        before, self._open = self._open, now_open
        if before == now_open:
            return
        raised = [] if before is None else [one for one in self._wanted() if one.id not in before]
        self._show_newest()
        if raised:
            self._view.ring()

    def _wanted(self) -> list[Alert]:
        wanted = [alert for alert in (self._open or {}).values() if self._kind in ("", alert.kind)]
        return sorted(wanted, key=lambda alert: (alert.raised_at, alert.id), reverse=True)

    def _show_newest(self) -> None:
        self._place = 0
        self._show()

    def _show(self) -> None:
        if not self._open:
            self._view.show_alert("", "warning", more=False)
            return
        wanted = self._wanted()
        if not wanted:
            self._view.show_alert(_("No open alert of this kind."), "warning", more=False)
            return
        self._place %= len(wanted)
        shown = wanted[self._place]
        text = _("{place} of {count} · {kind}: {text}").format(
            place=self._place + 1, count=len(wanted), kind=alert_word(shown.kind), text=shown.text
        )
        self._view.show_alert(
            text, "danger" if alert_tone(shown.kind) == "out" else "warning", more=len(wanted) > 1
        )
