"""What an administrator can do with accounts; each act is in the audit list, in the same transaction."""

from __future__ import annotations

from almoxarife.features.accounts.rules import Account, Status
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.accounts.service.sessions import end_all, end_one
from almoxarife.features.audit.service import Audit
from almoxarife.features.users import rules
from almoxarife.identity import Identity, Role


class Users:
    """The administration of users. What is so already is done again without a word in the audit list."""

    def __init__(self, accounts: Accounts, audit: Audit) -> None:
        self._accounts = accounts
        self._audit = audit

    def approve(self, who: Identity, username: str) -> Account:
        """Let a waiting account log in. Raises AccountNotFound, WrongStatus."""
        return self._set_status(who, username, Status.ACTIVE, rules.APPROVED, wrong=Status.INACTIVE)

    def deactivate(self, who: Identity, username: str) -> Account:
        """Shut an account out; its tokens end. Raises AccountNotFound, LastAdministrator."""
        return self._set_status(who, username, Status.INACTIVE, rules.DEACTIVATED)

    def reactivate(self, who: Identity, username: str) -> Account:
        """Let an account in again. Raises AccountNotFound, WrongStatus."""
        return self._set_status(who, username, Status.ACTIVE, rules.REACTIVATED, wrong=Status.PENDING)

    def set_role(self, who: Identity, username: str, role: Role) -> Account:
        """Give an account another role, at once. Raises AccountNotFound, LastAdministrator."""
        with self._accounts.changing(username) as (connection, account):
            if account.role == role:
                return account
            changed = self._accounts.set_role(connection, account, role)
            details = {"antes": account.role, "depois": role}
            self._audit.write(connection, who, rules.ROLE_CHANGED, account.username, details)
        return changed

    def reset_password(self, who: Identity, username: str, new: str) -> Account:
        """Set the password of somebody else, whose tokens end. Raises AccountNotFound, InvalidField, OwnPassword."""
        chosen = self._accounts.new_password(username, new, field="senha_nova")
        with self._accounts.changing(username) as (connection, account):
            if account.id == who.account_id:
                raise rules.OwnPassword()
            self._accounts.set_password(connection, account, chosen)
            self._audit.write(connection, who, rules.PASSWORD_RESET, account.username)
        return account

    def end_sessions(self, who: Identity, username: str, session_id: str | None = None) -> None:
        """End one session of somebody, or all of them but the caller's own present one.

        Raises AccountNotFound, SessionNotFound.
        """
        with self._accounts.changing(username) as (connection, account):
            if session_id is None:
                end_all(connection, account.id, kept=who.digest)
                self._audit.write(connection, who, rules.SESSIONS_ENDED, account.username)
                return
            end_one(connection, account.id, session_id)
            self._audit.write(connection, who, rules.SESSION_ENDED, account.username)

    def listing(self) -> list[Account]:
        """Return every account, oldest first."""
        return self._accounts.listing()

    def _set_status(
        self, who: Identity, username: str, status: Status, action: str, *, wrong: Status | None = None
    ) -> Account:
        """``wrong``: the status from which ``action`` does not lead on."""
        with self._accounts.changing(username) as (connection, account):
            if account.status == wrong:
                raise rules.WrongStatus(username=account.username, status=account.status)
            if account.status == status:
                return account
            changed = self._accounts.set_status(connection, account, status)
            self._audit.write(connection, who, action, account.username)
        return changed
