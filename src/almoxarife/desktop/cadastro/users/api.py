"""What this program asks of the server about accounts."""

from __future__ import annotations

from almoxarife.client import sessions, users
from almoxarife.client.session import Session
from almoxarife.client.sessions import OpenSession
from almoxarife.client.users import User


class UsersApi:
    """Calls to one server; each may take seconds and raise errors of ``client.errors``."""

    _session: Session

    def users(self) -> list[User]:
        """Return every account."""
        return users.listing(self._session)

    def approve(self, username: str) -> User:
        """Let a waiting account log in."""
        return users.approve(self._session, username)

    def set_role(self, username: str, role: str) -> User:
        """Give an account another role."""
        return users.set_role(self._session, username, role)

    def deactivate(self, username: str) -> User:
        """Shut an account out."""
        return users.deactivate(self._session, username)

    def reactivate(self, username: str) -> User:
        """Let an account in again."""
        return users.reactivate(self._session, username)

    def reset_password(self, username: str, new: str) -> User:
        """Set the password of somebody else."""
        return users.reset_password(self._session, username, new)

    def own_sessions(self) -> list[OpenSession]:
        """Return where one is logged in."""
        return sessions.own(self._session)

    def end_own_session(self, session: OpenSession) -> None:
        """End one of one's own sessions."""
        sessions.end(self._session, session.id)

    def all_sessions(self) -> list[OpenSession]:
        """Return where people are logged in."""
        return sessions.everybody(self._session)

    def end_session_of(self, session: OpenSession) -> None:
        """End a session of somebody."""
        sessions.end_of(self._session, session.username, session.id)
