"""Work of who was let in while the server was away, until the server is back."""

from __future__ import annotations

from typing import Protocol

from almoxarife.client.accounts import Account
from almoxarife.client.errors import SessionExpired
from almoxarife.desktop.cadastro.calls import Calls, Timer
from almoxarife.desktop.cadastro.flow import Flow
from almoxarife.i18n import _

_RETRY_S = 5.0


class AccountView(Protocol):
    """Where it is shown who is logged in."""

    def show_account(self, text: str) -> None:
        """Show who is logged in."""


class Server(Protocol):
    """What is asked of the server, or of this computer."""

    @property
    def lets_somebody_in(self) -> bool:
        """Whether anybody could log in without the server."""

    def come_in(self) -> Account:
        """Log in at the server who was let in without it."""


class OfflineWork:
    """Stands between the calls and the flow: a server that is back is first told who works here."""

    def __init__(self, flow: Flow, view: AccountView, server: Server, calls: Calls, timer: Timer) -> None:
        self._flow = flow
        self._view = view
        self._server = server
        self._calls = calls
        self._timer = timer
        self._is_offline = self._coming_in = False
        calls.expired, calls.back = self.session_expired, self.server_back

    def advice(self) -> str:
        """Return what to say above an empty log-in while the server is away."""
        if self._calls.connected is not False or not self._server.lets_somebody_in:
            return ""
        if self._calls.meets_stranger:
            # Nobody shall be asked for a password while somebody else answers.
            return ""
        return _(
            "The server does not answer. Who has logged in at this computer in the last 3 days may log in all the "
            "same: what you register is kept here and sent when it is back."
        )

    def logged_in(self, account: Account) -> None:
        """Go to the work, and say how it is done without the server."""
        # What comes late of somebody who was here before is about nobody now.
        self._calls.drop(self)
        self._coming_in = False
        self._is_offline = account.offline
        self._flow.logged_in(account)
        if account.offline:
            self._view.show_account(f"{account.username} · {account.role} · {_('without server')}")
            self._flow.say(
                _("Without the server: what you register is kept on this computer and sent when it is back."),
                "plain",
            )

    def server_back(self) -> None:
        """Log in at the server first, who works without it."""
        if self._is_offline and self._flow.here is not None:
            self._come_in()
        else:
            self._flow.server_back()

    def session_expired(self, error: SessionExpired) -> None:
        """Log in at the server, who works without it, and ask for the password only when that does not go."""
        if self._is_offline and self._flow.here is not None:
            self._come_in()
        else:
            self._flow.session_expired(error)

    def _come_in(self) -> None:
        if not self._coming_in:
            self._coming_in = True
            self._calls.run(self._server.come_in, self._came_in, self._failed, self)

    def _came_in(self, account: Account) -> None:
        self._coming_in = False
        if self._is_offline and self._flow.here is not None:
            self.logged_in(account)
            self._flow.say(_("The server is back, and you are logged in there."), "success")

    def _failed(self, error: Exception) -> None:
        self._coming_in = False
        if isinstance(error, SessionExpired):
            self._is_offline = False
            self._flow.session_expired(error)
        else:
            self._timer.call_later(_RETRY_S, self._try_again)

    def _try_again(self) -> None:
        if self._is_offline and self._flow.here is not None:
            self._come_in()
