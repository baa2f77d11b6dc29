"""Logging in: at the server, or at this computer while the server is away."""

from __future__ import annotations

import threading
from http import HTTPStatus
from pathlib import Path

from almoxarife.client import accounts
from almoxarife.client.accounts import Account
from almoxarife.client.alone.passes import Passes
from almoxarife.client.errors import ClientError, Refused, SessionExpired, Unavailable, Unreachable
from almoxarife.client.session import Session
from almoxarife.client.visit.session import RememberingSession, note_trouble
from almoxarife.client.visit.store import Visit
from almoxarife.desktop.cadastro.pages import pages_of
from almoxarife.i18n import _

PROGRAM = "almoxarife-cadastro"


class LogInApi:
    """Who is logged in, in whose name what is sent.

    Who was let in while the server was away has no token yet. The password stays in memory, until the server has
    taken it or refused it; on the disk it never is.
    """

    def __init__(self, server_url: str, visit: Visit, authority: Path | None = None) -> None:
        """``authority``: who alone may vouch for the server; None for those of the system."""
        self._session = RememberingSession(server_url, visit, authority=authority, program=PROGRAM)
        self._passes = Passes(visit.folder, server_url)
        self._newest_log_in = object()
        # By the name of who is logged in.
        self._tokens: dict[str, str] = {}
        self._account: Account | None = None
        # Name and password of who was let in without the server.
        self._waiting: tuple[str, str] | None = None
        self._coming_in = threading.Lock()

    def log_in(self, username: str, password: str) -> Account:
        """Log in; of several log-ins under way only the newest one counts.

        While the server is away, who has logged in at this computer not long ago is let in to register.
        """
        this = self._newest_log_in = object()
        try:
            account, token = self._asked(username, password)
        except (Unreachable, Unavailable) as error:
            account = self._let_in(username, password, error)
            if self._newest_log_in is this:
                self._session.token, self._tokens = None, {}
                self._account, self._waiting = account, (account.username, password)
            return account
        if self._newest_log_in is this:
            self._take(account, token)
        return account

    def come_in(self) -> Account:
        """Log in at the server, which is back, who was let in without it. Raises SessionExpired if it says no."""
        with self._coming_in:
            waiting = self._waiting
            if waiting is None:
                if self._account is None or not self._tokens:
                    raise SessionExpired(
                        _("Your session has ended. Log in again."), status=HTTPStatus.UNAUTHORIZED
                    )
                return self._account
            try:
                account, token = self._asked(*waiting)
            except Unavailable:
                raise
            except Refused as refusal:
                self._passes.forget(waiting[0])
                # Who has been let in meanwhile is not shut out by it.
                if self._waiting is waiting:
                    self._waiting = None
                text = _("The server is back, but did not let you in: {reason}").format(
                    reason=refusal.message
                )
                raise SessionExpired(text, status=refusal.status, code=refusal.code) from refusal
            # Who has logged out meanwhile is not to be logged in.
            if self._waiting is waiting:
                self._take(account, token)
            return account

    @property
    def lets_somebody_in(self) -> bool:
        """Whether anybody could log in without the server."""
        return self._passes.has_any

    def log_out(self) -> None:
        """Log out."""
        token = self._session.token
        self._waiting = self._account = None
        self._tokens = {username: own for username, own in self._tokens.items() if own != token}
        accounts.log_out(self._session)

    def register_account(self, username: str, password: str) -> str:
        """Create an account."""
        return accounts.register(self._session, username, password)

    def change_password(self, current: str, new: str) -> str:
        """Change the password."""
        answer = accounts.change_password(self._session, current, new)
        if self._account is not None:
            self._passes.keep(self._account.username, self._account.role, new)
        return answer

    def _asked(self, username: str, password: str) -> tuple[Account, str]:
        # One that was given up and is answered late must not put its token in place of a newer one.
        attempt = Session(self._session.server_url, authority=self._session.authority, program=PROGRAM)
        account = accounts.log_in(attempt, username, password)
        self._passes.keep(account.username, account.role, password)
        return account, attempt.token or ""

    def _take(self, account: Account, token: str) -> None:
        self._session.token, self._tokens = token, {account.username: token}
        self._account, self._waiting = account, None

    def _let_in(self, username: str, password: str, error: ClientError) -> Account:
        """Return who is let in without the server. Raises the error when that is nobody, Refused."""
        if isinstance(error, Unavailable) and error.status < HTTPStatus.INTERNAL_SERVER_ERROR:
            raise error
        known = self._passes.let_in(username, password)
        account = Account(known.username, known.role, offline=True) if known is not None else None
        # Who may not register has nothing to do here.
        if account is None or not pages_of(account):
            raise error
        note_trouble(error)
        return account
