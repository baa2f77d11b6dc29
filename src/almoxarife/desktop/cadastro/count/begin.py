"""Sends the wish to begin a count, once whatever happens in between."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from almoxarife.client.counts import Count, Wanted
from almoxarife.client.errors import Refused, SessionExpired
from almoxarife.desktop.cadastro.attempt import Attempt
from almoxarife.desktop.cadastro.count.scans import is_definite
from almoxarife.desktop.kit.failure import sentence
from almoxarife.desktop.kit.status_kind import MessageKind
from almoxarife.desktop.login.presenter import Jobs
from almoxarife.i18n import _


class BeginApi(Protocol):
    """What is asked of the server; each call runs in a thread."""

    def begin_count(self, wanted: Wanted) -> Count:
        """Begin a count."""


class Begin:
    """Begins counts, one at a time; ``begun`` is called with each.

    The same again after a lost answer is the same count. ``refused`` gets the field at fault and a sentence, and
    returns whether it has said so there.
    """

    def __init__(
        self,
        api: BeginApi,
        calls: Jobs,
        *,
        set_busy: Callable[[bool], None],
        new_id: Callable[[], str],
        say: Callable[[str, MessageKind], None],
        begun: Callable[[Count], None],
        refused: Callable[[str, str], bool] = lambda field, text: False,
    ) -> None:
        self._api = api
        self._calls = calls
        self._show_busy = set_busy
        self._say = say
        self._begun = begun
        self._refused = refused
        self._busy = False
        self._attempt = Attempt(new_id)

    def __call__(self, wanted: Wanted) -> None:
        """Begin a count; its id is made here."""
        if self._busy:
            return
        sent = replace(wanted, id=self._attempt.id_of(wanted))
        self._set_busy(True)
        self._calls.run(lambda: self._api.begin_count(sent), self._done, self._failed, self)

    def reset(self) -> None:
        """Forget what somebody else had begun."""
        self._calls.drop(self)
        self._attempt.forget()
        self._set_busy(False)

    def _done(self, count: Count) -> None:
        self._attempt.forget()
        self._set_busy(False)
        self._say(_("Count {id} is open.").format(id=count.id), "success")
        self._begun(count)

    def _failed(self, error: Exception) -> None:
        self._set_busy(False)
        if isinstance(error, SessionExpired):
            return
        text = sentence(error)
        if isinstance(error, Refused) and is_definite(error):
            self._attempt.forget()
            if self._refused(error.field or "", text):
                return
        self._say(text, "danger")

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._show_busy(busy)
