"""Rules of the administration of users."""

from __future__ import annotations

from almoxarife.errors import DomainError

# What the audit list calls what an administrator does to an account.
APPROVED = "usuario.aprovar"
ROLE_CHANGED = "usuario.papel"
DEACTIVATED = "usuario.desativar"
REACTIVATED = "usuario.reativar"
PASSWORD_RESET = "usuario.senha"  # noqa: S105 - the name of an action

SESSION_ENDED = "usuario.sessao"
SESSIONS_ENDED = "usuario.sessoes"


class WrongStatus(DomainError):
    """The account ``username`` is ``status``, from where this does not lead on."""


class OwnPassword(DomainError):
    """An administrator's own password is changed like everybody's: with the present one."""
