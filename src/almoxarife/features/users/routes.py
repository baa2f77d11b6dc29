"""Routes of the administration of users."""

from __future__ import annotations

from flask import Response

from almoxarife.clock import to_rfc3339
from almoxarife.contract.base import Done
from almoxarife.contract.sessions import SessionRow, SessionsOf, UserSessionEnd
from almoxarife.contract.users import Named, PasswordReset, RoleChange, UserRow
from almoxarife.features.accounts.rules import Account
from almoxarife.features.accounts.service.sessions import Sessions, row_of
from almoxarife.features.users.service import Users
from almoxarife.i18n import _
from almoxarife.identity import Role
from almoxarife.routing.access import Access, caller
from almoxarife.routing.answers import answer, answer_messages
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

routes = Routes("usuarios", _("Users"))
_ADMINISTRATOR = Access(least=Role.ADMINISTRATOR)


@routes.get(
    "/usuarios", summary=_("Every account, oldest first"), answers={200: [UserRow]}, access=_ADMINISTRATOR
)
def users() -> Response:
    """Show every account."""
    return answer_messages(_row(account) for account in service(Users).listing())


@routes.post(
    "/usuarios/aprovar",
    summary=_("Let a waiting account log in"),
    answers={200: UserRow},
    refusals=(404, 409),
    access=_ADMINISTRATOR,
)
def approve(body: Named) -> Response:
    """Approve an account."""
    return answer(_row(service(Users).approve(caller(), body.username)))


@routes.post(
    "/usuarios/papel",
    summary=_("Give an account another role"),
    answers={200: UserRow},
    refusals=(404, 409),
    access=_ADMINISTRATOR,
)
def set_role(body: RoleChange) -> Response:
    """Change what an account may do."""
    return answer(_row(service(Users).set_role(caller(), body.username, Role(body.role))))


@routes.post(
    "/usuarios/desativar",
    summary=_("Shut an account out: its sessions end and it may not log in"),
    answers={200: UserRow},
    refusals=(404, 409),
    access=_ADMINISTRATOR,
)
def deactivate(body: Named) -> Response:
    """Deactivate an account; nothing of what it did is lost."""
    return answer(_row(service(Users).deactivate(caller(), body.username)))


@routes.post(
    "/usuarios/reativar",
    summary=_("Let a deactivated account log in again"),
    answers={200: UserRow},
    refusals=(404, 409),
    access=_ADMINISTRATOR,
)
def reactivate(body: Named) -> Response:
    """Reactivate an account."""
    return answer(_row(service(Users).reactivate(caller(), body.username)))


@routes.post(
    "/usuarios/senha",
    summary=_("Set the password of somebody else, whose sessions end"),
    answers={200: UserRow},
    refusals=(404, 409),
    access=_ADMINISTRATOR,
)
def reset_password(body: PasswordReset) -> Response:
    """Reset a forgotten password."""
    return answer(_row(service(Users).reset_password(caller(), body.username, body.new)))


@routes.get(
    "/usuarios/sessoes",
    summary=_("Where people are logged in, the newest use first"),
    answers={200: [SessionRow]},
    refusals=(404,),
    access=_ADMINISTRATOR,
)
def sessions(query: SessionsOf) -> Response:
    """Show the sessions of all accounts, or of one."""
    who = caller()
    return answer_messages(row_of(one, who) for one in service(Sessions).listing(query.username))


@routes.post(
    "/usuarios/sessoes/encerrar",
    summary=_("End one session of somebody, or all of them"),
    answers={200: Done},
    refusals=(404,),
    access=_ADMINISTRATOR,
)
def end_sessions(body: UserSessionEnd) -> Response:
    """End sessions of an account; of the caller's own, the present one stays unless it is named."""
    service(Users).end_sessions(caller(), body.username, body.id)
    text = _("The sessions have ended.") if body.id is None else _("The session has ended.")
    return answer(Done(message=text))


@routes.get(
    "/contas",
    summary=_("The same as GET /usuarios, under its first name"),
    answers={200: [UserRow]},
    access=_ADMINISTRATOR,
)
def accounts() -> Response:
    """Show every account to programs written before there was ``/usuarios``."""
    return users()


@routes.post(
    "/contas/aprovar",
    summary=_("The same as POST /usuarios/aprovar, under its first name"),
    answers={200: UserRow},
    refusals=(404, 409),
    access=_ADMINISTRATOR,
)
def approve_account(body: Named) -> Response:
    """Approve an account, for programs written before there was ``/usuarios``."""
    return approve(body)


def _row(account: Account) -> UserRow:
    return UserRow(
        username=account.username,
        role=account.role,
        status=account.status,
        created_at=to_rfc3339(account.created_at),
    )
