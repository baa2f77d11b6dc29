"""What goes on whichever page is shown: sending what waits, and taking along what is needed without the server."""

from __future__ import annotations

from collections.abc import Callable

from almoxarife.client.accounts import Account
from almoxarife.desktop.cadastro.pages import Page
from almoxarife.desktop.cadastro.pending.dispatch import Dispatch
from almoxarife.desktop.login.presenter import Jobs


class InBackground(Page):
    """Sends in the name of who works, from the log-in on.

    ``remember`` takes along what is needed while the server is away; it runs in a thread.
    """

    def __init__(self, dispatch: Dispatch, jobs: Jobs, remember: Callable[[], None]) -> None:
        self._dispatch = dispatch
        self._jobs = jobs
        self._remember = remember

    def begin(self, account: Account) -> None:
        """Send from now on what waits in this person's name, and get ready for when the server is away."""
        self._jobs.run(self._remember, lambda nothing: None, self._not_remembered, self._remember)
        self._dispatch.begin(account.username)

    def reset(self) -> None:
        """Send nothing any more in the name of who has gone."""
        self._dispatch.reset()

    def resume(self) -> None:
        """Send what waits, because the server is back."""
        self._dispatch.server_back()

    def _not_remembered(self, error: Exception) -> None:
        """Go on with what was remembered before."""
