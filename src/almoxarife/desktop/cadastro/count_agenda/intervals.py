"""Decisions of the form that sets after how many days a class is counted again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from almoxarife.client.accounts import Account
from almoxarife.client.errors import Refused, SessionExpired
from almoxarife.contract.count_calendar import MOST_DAYS
from almoxarife.desktop.cadastro.pages import may
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _, format_quantity

CLASSES = ("A", "B", "C")
SETS = "administrador"
# With more digits it cannot be a number of days, whatever they are.
_MOST_DIGITS = 9


class IntervalsApi(Protocol):
    """What the form asks of the server; each call runs in a thread."""

    def set_count_intervals(self, days: Mapping[str, int]) -> dict[str, int]:
        """Set after how many days a product of each class is counted again."""


class IntervalsView(Protocol):
    """What the presenter tells the form to do; fields are named by the class."""

    def offer_intervals(self, shown: bool) -> None:
        """Offer the form to those who may use it."""

    def show_intervals(self, shown: bool) -> None:
        """Show the form, or fold it away."""

    def set_interval(self, abc: str, text: str) -> None:
        """Put a text into a field."""

    def show_interval_error(self, abc: str, text: str) -> None:
        """Say what is wrong with a field; an empty text takes it back."""

    def focus_interval(self, abc: str) -> None:
        """Put the cursor into a field."""

    def set_intervals_busy(self, busy: bool) -> None:
        """Show that the days are being set, and take nothing else meanwhile."""


class Intervals:
    """Sets the days of all classes together; ``changed`` is called then."""

    def __init__(
        self,
        api: IntervalsApi,
        calls: Jobs,
        view: IntervalsView,
        *,
        say: Callable[[str, MessageKind], None],
        changed: Callable[[], None],
    ) -> None:
        self._api = api
        self._calls = calls
        self._view = view
        self._say = say
        self._changed = changed
        self._days: Mapping[str, int] = {}
        self._busy = False

    def begin(self, account: Account) -> None:
        """Offer the form to those who may use it."""
        self._view.offer_intervals(may(account, SETS))

    def reset(self) -> None:
        """Forget what somebody else had filled in."""
        self._calls.drop(self)
        self._set_busy(False)
        self.close()

    def take(self, days: Mapping[str, int]) -> None:
        """Take note of the days as they are."""
        self._days = days

    def open(self) -> None:
        """Show the form with the days as they are."""
        for abc in CLASSES:
            days = self._days.get(abc)
            self._view.set_interval(abc, "" if days is None else str(days))
            self._view.show_interval_error(abc, "")
        self._view.show_intervals(True)
        self._view.focus_interval(CLASSES[0])

    def close(self) -> None:
        """Fold the form away."""
        self._view.show_intervals(False)

    def submit(self, texts: Mapping[str, str]) -> None:
        """Set the days that the fields say."""
        if self._busy:
            return
        days = {abc: _days(texts.get(abc, "")) for abc in CLASSES}
        said = _("A whole number from 1 to {maximum}.").format(maximum=format_quantity(MOST_DAYS))
        for abc, number in days.items():
            self._view.show_interval_error(abc, "" if number else said)
        wrong = next((abc for abc, number in days.items() if not number), None)
        if wrong is not None:
            self._view.focus_interval(wrong)
            return
        self._set_busy(True)
        self._calls.run(lambda: self._api.set_count_intervals(days), self._done, self._failed, self)

    def _done(self, days: Mapping[str, int]) -> None:
        self._set_busy(False)
        self.take(days)
        self.close()
        self._say(_("The intervals of counting are set."), "success")
        self._changed()

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        if isinstance(error, SessionExpired):
            return
        if isinstance(error, Refused) and error.field in CLASSES:
            self._view.show_interval_error(error.field, sentence(error))
            self._view.focus_interval(error.field)
        else:
            self._say(sentence(error), "danger")

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._view.set_intervals_busy(busy)


def _days(text: str) -> int:
    """Return a number of days, 0 for what is none."""
    typed = text.strip()
    if not (typed.isascii() and typed.isdigit()) or len(typed) > _MOST_DIGITS:
        return 0
    return int(typed) if int(typed) <= MOST_DAYS else 0
