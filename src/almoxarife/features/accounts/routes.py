"""Routes of accounts."""

from __future__ import annotations

from ipaddress import ip_address

from flask import Response, request

from almoxarife.clock import to_rfc3339
from almoxarife.config import is_loopback
from almoxarife.contract.accounts import Credentials, LoggedIn, PasswordChange
from almoxarife.contract.base import Done
from almoxarife.features.accounts.rules import Status
from almoxarife.features.accounts.service import Accounts
from almoxarife.features.accounts.throttle import Throttle
from almoxarife.i18n import _
from almoxarife.identity import Role
from almoxarife.names import fold
from almoxarife.routing.access import PUBLIC, Access, caller
from almoxarife.routing.answers import answer
from almoxarife.routing.routes import Routes
from almoxarife.routing.services import service

routes = Routes("contas", _("Accounts"))
# What everybody may who has an account.
_READER = Access(least=Role.READER)


@routes.post(
    "/registrar_usuario_app",
    summary=_("Create an account"),
    answers={201: Done},
    refusals=(403, 409, 429),
    access=PUBLIC,
)
def register(body: Credentials) -> Response:
    """Make an account, which may have to wait for an administrator."""
    service(Throttle).registration(address=_address())
    status = service(Accounts).register(body.username, body.password)
    if status is Status.PENDING:
        text = _("User registered. An administrator has to approve it before you can log in.")
    else:
        text = _("User registered. You can log in now.")
    return answer(Done(message=text), 201)


@routes.post("/login", summary=_("Log in"), answers={200: LoggedIn}, refusals=(401, 403, 429), access=PUBLIC)
def log_in(body: Credentials) -> Response:
    """Give a new token for name and password."""
    with service(Throttle).guess(address=_address(), user=fold(body.username)):
        token = service(Accounts).log_in(body.username, body.password, from_network=_from_network())
    return answer(
        LoggedIn(
            message=_("You are logged in."),
            token=token.token,
            username=token.username,
            role=token.role,
            expires_at=to_rfc3339(token.expires_at),
        )
    )


@routes.post("/sair", summary=_("Log out: the token used ends"), answers={200: Done}, access=_READER)
def log_out() -> Response:
    """Revoke the token that was shown."""
    service(Accounts).log_out(caller())
    return answer(Done(message=_("You are logged out.")))


@routes.post(
    "/senha", summary=_("Change one's own password"), answers={200: Done}, refusals=(403, 429), access=_READER
)
def change_password(body: PasswordChange) -> Response:
    """Change the caller's password; the caller's other tokens end."""
    who = caller()
    with service(Throttle).guess(address=_address(), user=fold(who.username)):
        service(Accounts).change_password(who, body.current, body.new)
    return answer(Done(message=_("Password changed. Other sessions of yours have ended.")))


def _from_network() -> bool:
    """Tell whether the client is on another machine; an address that cannot be read counts as one."""
    address = _address()
    try:
        mapped = getattr(ip_address(address), "ipv4_mapped", None)
    except ValueError:
        return True
    return not is_loopback(str(mapped or address))


def _address() -> str:
    return request.remote_addr or ""
